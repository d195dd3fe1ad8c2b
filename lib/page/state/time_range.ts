import { formatClock, formatMoment } from "../format/time.ts";

/** A time range in the URL: the last milliseconds, or fixed times in milliseconds since 1970. */
export interface TimeRange {
  lastMillis?: number;
  fromMillis?: number;
  toMillis?: number;
}

/** The ranges that end now, by their names in the URL. */
export const LAST_RANGES = [
  { name: "5m", label: "last 5 min", millis: 300_000 },
  { name: "15m", label: "last 15 min", millis: 900_000 },
  { name: "1h", label: "last hour", millis: 3_600_000 },
  { name: "24h", label: "last 24 h", millis: 86_400_000 },
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
  const last = LAST_RANGES.find(({ name }) => name === params.get("range"));
  return last ? { lastMillis: last.millis } : {};
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

/** A range of fixed times in words: "14:03:22.481 – 14:05:10.000". */
export function describeRange({ fromMillis, toMillis }: TimeRange, nowMillis: number): string {
  if (fromMillis === undefined) return `until ${formatMoment(toMillis ?? 0, nowMillis)}`;
  if (toMillis === undefined) return `since ${formatMoment(fromMillis, nowMillis)}`;
  const isOneDay = new Date(fromMillis).toDateString() === new Date(toMillis).toDateString();
  const end = isOneDay ? formatClock(toMillis) : formatMoment(toMillis, nowMillis);
  return `${formatMoment(fromMillis, nowMillis)} – ${end}`;
}

/** Nanoseconds since 1970 in OTLP's format. */
export function toUnixNano(millis: number): string {
  return String(BigInt(Math.round(millis)) * 1_000_000n);
}

function millisOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
