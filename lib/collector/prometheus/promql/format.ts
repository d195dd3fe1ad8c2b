/**
 * A value as Prometheus writes it: the shortest decimal without loss, `+Inf`, `-Inf` or `NaN`; an exponent
 * has two digits at least.
 */
export function formatValue(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  if (Object.is(value, -0)) return "-0";
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}
