import { formatClock, formatDay } from "../../time_text.ts";

export { formatClock, formatMoment } from "../../time_text.ts";

import { toNanos } from "../../otlp/nanos.ts";

/** The full date with all digits, in UTC: "2026-11-22 14:03:22.481123456 UTC"; or that there is none. */
export function formatAbsolute(unixNano: string | undefined): string {
  if (unixNano === undefined) return "no time";
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
  if (stepMillis >= 86_400_000) return formatDay(unixMillis);
  const length = stepMillis >= 60_000 ? 5 : stepMillis >= 1000 ? 8 : 12;
  const clock = formatClock(unixMillis).slice(0, length);
  const isToday = new Date(unixMillis).toDateString() === new Date(nowMillis).toDateString();
  return isFirst && !isToday ? `${formatDay(unixMillis)} ${clock}` : clock;
}
