/** A double in OTLP's JSON: a number, or text if JSON or `JSON.stringify()` would lose it. */
export function jsonDouble(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

/**
 * For `JSON.stringify()`: replaces numbers that JSON lacks with `"NaN"`, `"Infinity"` and `"-Infinity"`, as OTLP does;
 * else they would become null.
 */
export function nonFiniteAsText(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
