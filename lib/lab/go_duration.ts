const MILLIS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * A time in the Collector's notation, in milliseconds: `1m30s`. A number without a unit means nanoseconds.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goMillis(written: unknown, fallback: number): number {
  if (typeof written === "number") return written * MILLIS["ns"]!;
  if (typeof written !== "string") return fallback;
  return written.split(/(?<=[a-zµμ])(?=\d)/).reduce((sum, part) => {
    const number = Number.parseFloat(part);
    const unit = part.replace(/^[\d.]+/, "");
    return sum + number * (MILLIS[unit] ?? 1);
  }, 0);
}
