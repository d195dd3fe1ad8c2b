/**
 * For `JSON.stringify()`: replaces numbers that JSON lacks with `"NaN"`, `"Infinity"` and `"-Infinity"`, as OTLP does;
 * else they would become null.
 */
export function nonFiniteAsText(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
