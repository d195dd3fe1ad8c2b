/** Adds values without losing those that are small compared to the sum. */
export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    if (!Number.isFinite(next)) lost = 0;
    else if (Math.abs(sum) >= Math.abs(value)) lost += sum - next + value;
    else lost += value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** The arithmetic mean. */
export function meanOf(values: ArrayLike<number> & Iterable<number>): number {
  return sumOf(values) / values.length;
}

/** The population variance. */
export function varianceOf(values: ArrayLike<number> & Iterable<number>): number {
  const mean = meanOf(values);
  return meanOf(Float64Array.from(values, (value) => (value - mean) ** 2));
}

/** The smallest or largest value; NaN only if there is no other value. */
export function extremeOf(values: Iterable<number>, isMax: boolean): number {
  let extreme = NaN;
  for (const value of values) {
    if (Number.isNaN(extreme) || (isMax ? value > extreme : value < extreme)) extreme = value;
  }
  return extreme;
}

/** The quantile of values, interpolated between neighbors. */
export function quantileOf(quantile: number, values: ArrayLike<number>): number {
  if (values.length === 0 || Number.isNaN(quantile)) return NaN;
  if (quantile < 0) return -Infinity;
  if (quantile > 1) return Infinity;
  // NaN sorts as the smallest.
  const sorted = Array.from(values).sort((a, b) =>
    Number.isNaN(a) ? -1 : Number.isNaN(b) ? 1 : a - b
  );
  const rank = quantile * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return sorted[lower]! * (1 - weight) + sorted[upper]! * weight;
}
