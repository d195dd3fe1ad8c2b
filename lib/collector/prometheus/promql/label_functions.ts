import { joinEqual, withLabel } from "./labels.ts";
import type { Budget } from "./limits.ts";
import { readPattern } from "./matchers.ts";
import type { Matcher } from "./syntax.ts";
import { type Column, type Labels, NAME, QueryError } from "./values.ts";

/** The text arguments of `label_replace`. */
export interface LabelReplacement {
  target: string;
  replacement: string;
  source: string;
  pattern: string;
}

/**
 * Sets a label to a text made from another label's value, if a pattern matches all of that value.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#label_replace
 */
export function labelReplace(
  columns: Column[],
  { target, replacement, source, pattern }: LabelReplacement,
  budget: Budget,
): Column[] {
  checkTarget(target, "label_replace");
  const compiled = readPattern(pattern, "execution");
  return relabeled(columns, (labels) => {
    const text = labels.get(source) ?? "";
    budget.spendPattern(compiled.cost * text.length);
    const groups = compiled.groupsOf(text);
    return groups ? withLabel(labels, target, expand(replacement, groups)) : labels;
  });
}

/** Expands `$1`, `${1}`, `$name`, and `$$`, as in Go; an unknown group is empty. */
function expand(template: string, groups: ReadonlyMap<string, string>): string {
  return template.replaceAll(
    /\$(?:(\$)|\{(\w+)\}|(\w+))/g,
    (_, dollar?: string, braced?: string, bare?: string) =>
      dollar ?? groups.get(braced ?? bare ?? "") ?? "",
  );
}

/** Sets a label to the joined values of other labels. */
export function labelJoin(
  columns: Column[],
  { target, separator, sources }: { target: string; separator: string; sources: string[] },
): Column[] {
  checkTarget(target, "label_join");
  return relabeled(
    columns,
    (labels) =>
      withLabel(labels, target, sources.map((name) => labels.get(name) ?? "").join(separator)),
  );
}

function checkTarget(label: string, name: string): void {
  if (label !== "") return;
  throw new QueryError("execution", `invalid destination label name in ${name}(): it is empty`);
}

function relabeled(columns: Column[], relabel: (labels: Labels) => Labels): Column[] {
  return joinEqual(columns.map((column) => ({ ...column, labels: relabel(column.labels) })));
}

/** The labels whose values a selector fixes; the result of `absent` has them. */
export function certainLabels(matchers: readonly Matcher[]): Labels {
  const labels = new Map<string, string>();
  const twice = new Set<string>();
  for (const { label, operator, value } of matchers) {
    if (label === NAME) continue;
    if (operator === "=" && !labels.has(label) && !twice.has(label)) labels.set(label, value);
    else {
      labels.delete(label);
      twice.add(label);
    }
  }
  return labels;
}
