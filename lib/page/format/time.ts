import { toNanos } from "../../otlp/nanos.ts";

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
  const day = String(date.getDate()).padStart(2, "0");
  if (date.getFullYear() === now.getFullYear()) {
    return `${MONTHS[date.getMonth()]} ${day} ${clock.slice(0, 8)}`;
  }
  const month = String(date.getMonth() + 1).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${month}-${day} ${clock.slice(0, 5)}`;
}

/** The local time of day with milliseconds: "14:03:22.481". */
export function formatClock(unixMillis: number): string {
  const date = new Date(unixMillis);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(
    (part) => String(part).padStart(2, "0"),
  );
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** The full date with all digits, in UTC: "2026-11-22 14:03:22.481123456 UTC". */
export function formatAbsolute(unixNano: string): string {
  const nanos = toNanos(unixNano);
  const date = new Date(Number(nanos / 1_000_000n));
  const [day, time] = date.toISOString().split("T") as [string, string];
  return `${day} ${time.slice(0, 8)}.${String(nanos % 1_000_000_000n).padStart(9, "0")} UTC`;
}

/** Milliseconds since 1970 for a time in nanoseconds in OTLP's format. */
export function toMillis(unixNano: string): number {
  return Number(toNanos(unixNano) / 1_000n) / 1e3;
}

/** The label of a time axis: as short as its step allows, with the date on the first one if it is not today. */
export function formatTick(
  unixMillis: number,
  { stepMillis, isFirst, nowMillis }: { stepMillis: number; isFirst: boolean; nowMillis: number },
): string {
  const date = new Date(unixMillis);
  const day = `${MONTHS[date.getMonth()]} ${String(date.getDate()).padStart(2, "0")}`;
  if (stepMillis >= 86_400_000) return day;
  const length = stepMillis >= 60_000 ? 5 : stepMillis >= 1000 ? 8 : 12;
  const clock = formatClock(unixMillis).slice(0, length);
  const isToday = date.toDateString() === new Date(nowMillis).toDateString();
  return isFirst && !isToday ? `${day} ${clock}` : clock;
}
