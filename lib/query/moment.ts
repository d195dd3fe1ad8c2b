import { NANOS_PER_UNIT } from "./duration.ts";

/** What {@linkcode readMoment} accepts, for messages and descriptions. */
export const MOMENT_FORMAT = `a time such as "14:03" (today), "2026-01-31T14:03", ` +
  `"2026-01-31T14:03:00Z", or a duration ago such as "15m"`;

const TIME = /^\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/**
 * A point in time as nanoseconds since 1970. Times without a zone are local.
 *
 * @throws {Error} If the text is none of these.
 */
export function readMoment(text: string, nowMillis: number): string {
  const ago = agoMillis(text);
  if (ago !== undefined) return toNanos(nowMillis - ago);
  const millis = Date.parse(
    TIME.test(text) ? `${dayOf(nowMillis)}T${text}` : text.replace(/^(\S+) (?=\d)/, "$1T"),
  );
  const isTime = TIME.test(text) || /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(text);
  if (isTime && !Number.isNaN(millis)) return toNanos(millis);
  throw new Error(`Cannot read the time ${JSON.stringify(text)}: expected ${MOMENT_FORMAT}`);
}

/** A duration such as "15m" in milliseconds; undefined if the text is none. */
export function agoMillis(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(s|m|h|d)$/.exec(text) ?? [];
  if (number === undefined) return undefined;
  const nanos = unit === "d" ? 24 * NANOS_PER_UNIT.h! : NANOS_PER_UNIT[unit!]!;
  return Number(number) * nanos / 1e6;
}

/** The local date: `2026-01-31`. */
export function dayOf(millis: number): string {
  const date = new Date(millis);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function toNanos(millis: number): string {
  return String(BigInt(Math.max(0, Math.round(millis))) * 1_000_000n);
}
