import { agoMillis, dayOf, readMoment } from "../../query/moment.ts";
import { formatClock } from "../format/time.ts";

/** A time range in the URL: the last milliseconds, or fixed times in milliseconds since 1970. */
export interface TimeRange {
  lastMillis?: number;
  fromMillis?: number;
  toMillis?: number;
}

/** The ranges that end now, by their names in the URL. */
export const LAST_RANGES = [
  { name: "5m", label: "last 5 min" },
  { name: "15m", label: "last 15 min" },
  { name: "1h", label: "last hour" },
  { name: "24h", label: "last 24 h" },
] as const;

/** The parameters of a range. */
export const RANGE_NAMES = ["range", "from", "to"] as const;

/** The range in a URL; all times if there is none. Fixed times win. */
export function timeRangeOf(params: URLSearchParams): TimeRange {
  const fromMillis = millisOf(params.get("from"));
  const toMillis = millisOf(params.get("to"));
  if (fromMillis !== undefined || toMillis !== undefined) {
    return {
      ...fromMillis !== undefined && { fromMillis },
      ...toMillis !== undefined && { toMillis },
    };
  }
  const lastMillis = agoMillis(params.get("range") ?? "");
  return lastMillis ? { lastMillis } : {};
}

/** The beginning and the end of a range; a range that ends now has no end. */
export function boundsOf(
  { lastMillis, fromMillis, toMillis }: TimeRange,
  nowMillis: number,
): Pick<TimeRange, "fromMillis" | "toMillis"> {
  if (lastMillis !== undefined) return { fromMillis: nowMillis - lastMillis };
  return {
    ...fromMillis !== undefined && { fromMillis },
    ...toMillis !== undefined && { toMillis },
  };
}

/** The parameters of a range of fixed times, in place of all others. */
export function fixedRange(fromMillis: number | undefined, toMillis: number | undefined) {
  return {
    range: undefined,
    from: fromMillis === undefined ? undefined : String(Math.floor(fromMillis)),
    to: toMillis === undefined ? undefined : String(Math.ceil(toMillis)),
  };
}

/**
 * The parameters of a range that was typed: times, or durations ago. An empty end, or "now", is the
 * present. A duration as the start of such a range moves with the time.
 *
 * @throws {Error} If a text is no time, or the start is not before the end.
 */
export function typedRange(from: string, to: string, nowMillis: number) {
  const isOpen = to === "" || to === "now";
  if (isOpen && agoMillis(from)) return { ...fixedRange(undefined, undefined), range: from };
  const fromMillis = from === "" ? undefined : readMillis(from, nowMillis);
  const toMillis = isOpen ? undefined : readMillis(to, nowMillis);
  if (fromMillis !== undefined && fromMillis >= (toMillis ?? nowMillis)) {
    throw new Error("The start must be before the end");
  }
  return fixedRange(fromMillis, toMillis);
}

/** A time as {@linkcode typedRange} reads it: "14:03:22.481", with the date if it is not today. */
export function typedMoment(millis: number, nowMillis: number): string {
  const day = dayOf(millis);
  return day === dayOf(nowMillis) ? formatClock(millis) : `${day} ${formatClock(millis)}`;
}

/** Nanoseconds since 1970 in OTLP's format. */
export function toUnixNano(millis: number): string {
  return String(BigInt(Math.round(millis)) * 1_000_000n);
}

function readMillis(text: string, nowMillis: number): number {
  return Number(BigInt(readMoment(text, nowMillis)) / 1_000_000n);
}

function millisOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
