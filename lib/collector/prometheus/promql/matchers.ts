import { LinearPattern, PatternError } from "../../../linear_pattern.ts";
import type { Budget } from "./limits.ts";
import type { Matcher } from "./syntax.ts";
import { type Labels, QueryError } from "./values.ts";

/** Decides whether a series is selected. */
export type Selector = (labels: Labels) => boolean;

/**
 * Compiles the matchers of a selector. A missing label counts as empty, and regular expressions match the
 * whole value. The selector throws a {@linkcode QueryError} if its patterns cost too much.
 *
 * @throws {QueryError} If a pattern is invalid.
 */
export function compileMatchers(matchers: readonly Matcher[], budget: Budget): Selector {
  const tests = matchers.map((matcher) => ({
    label: matcher.label,
    isWanted: compileMatcher(matcher, budget),
  }));
  return (labels) => tests.every(({ label, isWanted }) => isWanted(labels.get(label) ?? ""));
}

/** Returns the test for a label's value. */
function compileMatcher(
  { operator, value: wanted }: Matcher,
  budget: Budget,
): (value: string) => boolean {
  const isNegative = operator.startsWith("!");
  if (!operator.endsWith("~")) return (value) => (value === wanted) !== isNegative;
  const pattern = readPattern(wanted);
  const known = new Map<string, boolean>();
  return (value) => {
    let matches = known.get(value);
    if (matches === undefined) {
      budget.spendPattern(pattern.cost * value.length);
      known.set(value, matches = pattern.matches(value));
    }
    return matches !== isNegative;
  };
}

/**
 * Compiles a regular expression of a query.
 *
 * @param type The type of the error if it is invalid.
 * @throws {QueryError} If it is invalid.
 */
export function readPattern(
  source: string,
  type: QueryError["type"] = "bad_data",
): LinearPattern {
  try {
    return new LinearPattern(source);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new QueryError(
      type,
      `Cannot read the pattern "${source}": it is no regular expression: ${error.message}`,
      { cause: error },
    );
  }
}
