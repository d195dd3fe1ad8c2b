/** What a binary operator makes of two values. */
export interface Combination {
  /** Undefined if the result has no value. */
  combine(left: number, right: number, kept: number): number | undefined;
  /** Whether the result is another quantity than the metric. */
  dropsName: boolean;
}
