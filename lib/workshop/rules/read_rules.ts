import { parseDocument } from "yaml";
import * as v from "valibot";

/** A rule of Prometheus: a query that is recorded, or that raises an alert. */
export interface Rule {
  name: string;
  isAlert: boolean;
  /** PromQL; empty if there is none yet. */
  expr: string;
}

/** A file that has no rules. */
export class RulesError extends Error {
  override name = "RulesError";
}

const RULE = v.looseObject({
  record: v.optional(v.string()),
  alert: v.optional(v.string()),
  expr: v.nullish(v.union([v.string(), v.number()])),
});

/** The part of a file of rules that matters here: https://prometheus.io/docs/prometheus/latest/configuration/ */
const RULES = v.looseObject({
  groups: v.array(v.looseObject({ name: v.string(), rules: v.array(RULE) })),
});

/**
 * Reads a file of rules.
 *
 * @throws {RulesError} If it isn't one; the message completes "the file is invalid: ".
 */
export function readRules(text: string): Rule[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new RulesError(`it isn't valid YAML: ${error.message.split("\n")[0]}`);
  const parsed = v.safeParse(RULES, document.toJS());
  if (!parsed.success) throw new RulesError("it has no groups with a name and rules");
  return parsed.output.groups.flatMap(({ rules }) => rules).map(({ record, alert, expr }) => {
    const name = alert ?? record;
    if (name === undefined) throw new RulesError("a rule has neither record nor alert");
    return { name, isAlert: alert !== undefined, expr: String(expr ?? "").trim() };
  });
}
