/**
 * Formats a value like Prometheus: the shortest decimal without loss, `+Inf`, `-Inf` or `NaN`. An
 * exponent has at least two digits.
 */
export function formatValue(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  if (Object.is(value, -0)) return "-0";
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}
