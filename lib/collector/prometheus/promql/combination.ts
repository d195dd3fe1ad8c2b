/** How a binary operator combines two values. */
export interface Combination {
  /** Returns undefined if there is no result. */
  combine(left: number, right: number, kept: number): number | undefined;
  /** Whether the result is a different quantity, and so loses the metric's name. */
  dropsName: boolean;
}
