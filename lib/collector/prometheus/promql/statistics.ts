/** Adds values without losing those that are small compared to the sum. */
export class Sum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const next = this.#sum + value;
    if (!Number.isFinite(next)) this.#lost = 0;
    else if (Math.abs(this.#sum) >= Math.abs(value)) this.#lost += this.#sum - next + value;
    else this.#lost += value - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    return this.#sum + this.#lost;
  }
}

/** The sum of values; see {@linkcode Sum}. */
export function sumOf(values: Iterable<number>): number {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum.value;
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
  // An infinite neighbor must not count.
  if (weight === 0) return sorted[lower]!;
  return sorted[lower]! * (1 - weight) + sorted[upper]! * weight;
}
