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

/** Formats a value as a label: like {@linkcode formatValue}, but all digits instead of an exponent. */
export function formatDigits(value: number): string {
  const [, sign = "", first, rest = "", power] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? [];
  if (first === undefined) return formatValue(value);
  const exponent = Number(power);
  return exponent > 0
    ? `${sign}${first}${rest.padEnd(exponent, "0")}`
    : `${sign}0.${"0".repeat(-exponent - 1)}${first}${rest}`;
}
