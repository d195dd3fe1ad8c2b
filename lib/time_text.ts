const UNITS = [["ns", 1], ["µs", 1e3], ["ms", 1e6], ["s", 1e9]] as const;

/** A duration with three digits and a unit: `1.24 ms`. */
export function formatDuration(nanos: number): string {
  const [unit, size] = UNITS.findLast(([, size]) => Math.abs(nanos) >= size) ?? UNITS[0];
  const value = nanos / size;
  const digits = unit === "ns" ? 0 : value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

/** The local time of day for nanoseconds since 1970: `14:03:22.481`. */
export function formatTime(unixNano: string): string {
  const date = new Date(Number(BigInt(unixNano) / 1_000_000n));
  if (Number.isNaN(date.getTime())) return "??:??:??.???";
  const part = (value: number, width = 2) => String(value).padStart(width, "0");
  return `${part(date.getHours())}:${part(date.getMinutes())}:${part(date.getSeconds())}.` +
    part(date.getMilliseconds(), 3);
}
