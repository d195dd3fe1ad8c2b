import * as v from "valibot";
import { ask, readJson } from "../backends/ask.ts";
import type { Backends } from "../backends/backends.ts";
import { readRules, RulesError } from "../rules/read_rules.ts";
import { type Finding, listed, met, notMet } from "./outcome.ts";

const WHO = "Prometheus";

const RESULT = v.looseObject({ data: v.looseObject({ result: v.array(v.unknown()) }) });
const FAILURE = v.looseObject({ error: v.string() });

/** Checks a file of rules: each query is valid, computes with measured rates, and has a result now. */
export async function lookAtRules(text: string, { prometheusUrl }: Backends): Promise<Finding> {
  const rules = (() => {
    try {
      return readRules(text);
    } catch (error) {
      if (!(error instanceof RulesError)) throw error;
      return notMet("invalid", error.message);
    }
  })();
  if (!Array.isArray(rules)) return rules;
  for (const { name, expr } of rules) {
    const mistake = expr === ""
      ? "has no expr"
      : !expr.includes("rate(")
      ? "doesn't use rate(): a counter alone only grows"
      : await mistakeOf(expr, prometheusUrl);
    if (mistake !== undefined) return notMet("invalid", `rule ${name} ${mistake}`);
  }
  if (!rules.some(({ isAlert }) => isAlert)) return notMet("invalid", "no rule is an alert");
  return met({ text: `${listed(rules.map(({ name }) => name))} have a result now` });
}

async function mistakeOf(query: string, url: string): Promise<string | undefined> {
  const { text } = await ask(WHO, `${url}/api/v1/query?${new URLSearchParams({ query })}`);
  const answer = readJson(WHO, url, text);
  const failure = v.safeParse(FAILURE, answer);
  if (failure.success) return `is not valid PromQL: ${failure.output.error}`;
  const result = v.safeParse(RESULT, answer);
  return result.success && result.output.data.result.length > 0 ? undefined : "has no result now";
}
