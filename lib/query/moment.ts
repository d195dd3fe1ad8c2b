import { NANOS_PER_UNIT } from "./duration.ts";

/** What {@linkcode readMoment} accepts, for messages and descriptions. */
export const MOMENT_FORMAT = `a time such as "14:03" (today), "2026-01-31T14:03", ` +
  `"2026-01-31T14:03:00Z", or a duration ago such as "15m"`;

/**
 * A point in time as nanoseconds since 1970. Times without a zone are local.
 *
 * @throws {Error} If the text is none of these.
 */
export function readMoment(text: string, nowMillis: number): string {
  const ago = /^(\d+(?:\.\d+)?)(s|m|h|d)$/.exec(text);
  if (ago) {
    const unit = ago[2] === "d" ? 24 * NANOS_PER_UNIT.h! : NANOS_PER_UNIT[ago[2]!]!;
    return toNanos(nowMillis - Number(ago[1]) * unit / 1e6);
  }
  const millis = Date.parse(
    /^\d\d:\d\d(:\d\d)?$/.test(text) ? `${dayOf(nowMillis)}T${text}` : text,
  );
  const isTime = /^\d\d:\d\d(:\d\d)?$|^\d{4}-\d\d-\d\d(T\d\d:\d\d|$)/.test(text);
  if (isTime && !Number.isNaN(millis)) return toNanos(millis);
  throw new Error(`Cannot read the time ${JSON.stringify(text)}: expected ${MOMENT_FORMAT}`);
}

/** The local date: `2026-01-31`. */
function dayOf(millis: number): string {
  const date = new Date(millis);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function toNanos(millis: number): string {
  return String(BigInt(Math.max(0, Math.round(millis))) * 1_000_000n);
}
