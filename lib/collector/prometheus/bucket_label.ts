/** The maximum number of remembered texts: histograms have the same bounds over and over. */
const MAX_KNOWN = 1_000;

const known = new Map<number, string>();

/**
 * A bound or quantile as a label, in the canonical number format of OpenMetrics. Prometheus 3 uses it for
 * all scraped formats. `1` becomes `1.0`, a million becomes `1e+06`.
 *
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/#considerations-canonical-numbers
 */
export function canonicalNumber(value: number): string {
  let text = known.get(value);
  if (text === undefined) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(value, text = formatNumber(value));
  }
  return text;
}

function formatNumber(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  if (Number.isNaN(value)) return "NaN";
  if (value === 0) return "0.0";
  const [digits = "", power = ""] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 6) {
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const text = String(value);
  return text.includes(".") ? text : `${text}.0`;
}
