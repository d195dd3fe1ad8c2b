import { QueryError } from "./values.ts";

/** The longest query, in UTF-16 code units. */
export const MAX_QUERY_LENGTH = 10_000;

/** The maximum number of steps from the start of a range query to its end, as in Prometheus. */
export const MAX_STEPS = 11_000;

/** The maximum number of samples and steps that a query may process; they take about a second. */
const MAX_WORK = 20_000_000;

/**
 * The limit for instructions times characters in a query's regular expressions. It takes a little over a
 * second in the worst case, and far less unless an expression is written to be slow.
 */
const MAX_PATTERN_STEPS = 20_000_000;

/** The remaining budget of a query. */
export class Budget {
  #work: number;
  #patternSteps = MAX_PATTERN_STEPS;

  constructor(work = MAX_WORK) {
    this.#work = work;
  }

  /**
   * Spends budget on samples to read or values to create.
   *
   * @throws {QueryError} If the budget is exceeded.
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
   * Spends budget on a regular expression.
   *
   * @throws {QueryError} If the budget is exceeded.
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
