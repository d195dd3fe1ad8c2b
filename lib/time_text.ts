const UNITS = [["ns", 1], ["µs", 1e3], ["ms", 1e6], ["s", 1e9]] as const;

/** A duration with three digits and a unit: `1.24 ms`. */
export function formatDuration(nanos: number): string {
  const [unit, size] = UNITS.findLast(([, size]) => Math.abs(nanos) >= size) ?? UNITS[0];
  const value = nanos / size;
  const digits = unit === "ns" ? 0 : value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

/** A local time for nanoseconds since 1970, as {@linkcode formatMoment} writes it; or that there is none. */
export function formatTime(unixNano: string | undefined, nowMillis: number): string {
  if (unixNano === undefined) return "no time";
  const millis = Number(BigInt(unixNano) / 1_000_000n);
  if (Number.isNaN(new Date(millis).getTime())) return "??:??:??.???";
  return formatMoment(millis, nowMillis);
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * A local time, as short as possible: "14:03:22.481" today, "Nov 22 14:03:22" within this year, and
 * "2025-11-22 14:03" otherwise.
 */
export function formatMoment(unixMillis: number, nowMillis: number): string {
  const date = new Date(unixMillis);
  const now = new Date(nowMillis);
  const clock = formatClock(unixMillis);
  if (date.toDateString() === now.toDateString()) return clock;
  if (date.getFullYear() === now.getFullYear()) {
    return `${formatDay(unixMillis)} ${clock.slice(0, 8)}`;
  }
  const year = String(date.getFullYear()).padStart(4, "0");
  return `${year}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${
    clock.slice(0, 5)
  }`;
}

/** The local day: "Nov 22". */
export function formatDay(unixMillis: number): string {
  const date = new Date(unixMillis);
  return `${MONTHS[date.getMonth()]} ${twoDigits(date.getDate())}`;
}

/** The local time of day with milliseconds: "14:03:22.481". */
export function formatClock(unixMillis: number): string {
  const date = new Date(unixMillis);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map(twoDigits);
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}
