import { QueryError } from "./values.ts";

/** The longest query, in UTF-16 code units. */
export const MAX_QUERY_LENGTH = 10_000;

/** The most steps of a range query, as in Prometheus. */
export const MAX_STEPS = 11_000;

/** The most samples and steps that a query may look at: about a second. */
const MAX_WORK = 20_000_000;

/**
 * The limit for instructions times characters in a query's regular expressions: a good second in the worst
 * case, and far less unless an expression was written to be slow.
 */
const MAX_PATTERN_STEPS = 20_000_000;

/** What a query may still cost. */
export class Budget {
  #work: number;
  #patternSteps = MAX_PATTERN_STEPS;

  constructor(work = MAX_WORK) {
    this.#work = work;
  }

  /**
   * Pays for samples that are looked at, or values that are made.
   *
   * @throws {QueryError} If that was too many.
   */
  spend(count: number): void {
    this.#work -= count;
    if (this.#work >= 0) return;
    throw new QueryError(
      "execution",
      "Cannot evaluate the query: it would look at too many samples. Select fewer series, or use a " +
        "longer step or a shorter range",
    );
  }

  /**
   * Pays for a regular expression.
   *
   * @throws {QueryError} If that was too much.
   */
  spendPattern(steps: number): void {
    this.#patternSteps -= steps;
    if (this.#patternSteps >= 0) return;
    throw new QueryError(
      "bad_data",
      "Cannot evaluate the query: its patterns would look at too much. Name the metric, or other " +
        "labels by =, or use shorter patterns",
    );
  }
}
