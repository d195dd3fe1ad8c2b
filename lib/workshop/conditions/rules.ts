import { parseDocument } from "yaml";
import * as v from "valibot";
import { ask, readJson } from "../backends/ask.ts";
import type { Backends } from "../backends/backends.ts";
import { type Finding, listed, met, notMet } from "./outcome.ts";

const WHO = "Prometheus";

const RULE = v.looseObject({
  record: v.optional(v.string()),
  alert: v.optional(v.string()),
  expr: v.nullish(v.union([v.string(), v.number()])),
});

/** The part of a file of rules that matters here: https://prometheus.io/docs/prometheus/latest/configuration/ */
const RULES = v.looseObject({
  groups: v.array(v.looseObject({ name: v.string(), rules: v.array(RULE) })),
});

const RESULT = v.looseObject({ data: v.looseObject({ result: v.array(v.unknown()) }) });
const FAILURE = v.looseObject({ error: v.string() });

/** Checks a file of rules: each query is valid, computes with measured rates, and has a result now. */
export async function lookAtRules(text: string, { prometheusUrl }: Backends): Promise<Finding> {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) return notMet("invalid", `it isn't valid YAML: ${error.message.split("\n")[0]}`);
  const parsed = v.safeParse(RULES, document.toJS());
  if (!parsed.success) return notMet("invalid", "it has no groups with a name and rules");
  const rules = parsed.output.groups.flatMap(({ rules }) => rules);
  const names: string[] = [];
  for (const { record, alert, expr } of rules) {
    const name = alert ?? record;
    if (name === undefined) return notMet("invalid", "a rule has neither record nor alert");
    const query = String(expr ?? "").trim();
    const mistake = query === ""
      ? "has no expr"
      : !query.includes("rate(")
      ? "doesn't use rate(): a counter alone only grows"
      : await mistakeOf(query, prometheusUrl);
    if (mistake !== undefined) return notMet("invalid", `rule ${name} ${mistake}`);
    names.push(name);
  }
  if (!rules.some(({ alert }) => alert !== undefined)) {
    return notMet("invalid", "no rule is an alert");
  }
  return met({ text: `${listed(names)} have a result now` });
}

async function mistakeOf(query: string, url: string): Promise<string | undefined> {
  const { text } = await ask(WHO, `${url}/api/v1/query?${new URLSearchParams({ query })}`);
  const answer = readJson(WHO, url, text);
  const failure = v.safeParse(FAILURE, answer);
  if (failure.success) return `is not valid PromQL: ${failure.output.error}`;
  const result = v.safeParse(RESULT, answer);
  return result.success && result.output.data.result.length > 0 ? undefined : "has no result now";
}
