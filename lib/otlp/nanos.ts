/** Nanoseconds since 1970; 0 if the text is invalid, because senders can send anything. */
export function toNanos(unixNano: string | undefined): bigint {
  return unixNano !== undefined && /^\d{1,20}$/.test(unixNano) ? BigInt(unixNano) : 0n;
}

/** Whole milliseconds since 1970; exact, although nanoseconds are too large for a number. */
export function wholeMillis(unixNano: string): number {
  return Number(unixNano.slice(0, -6));
}

/** Nanoseconds from one time to another; undefined if one is missing, which 0 stands for as well. */
export function nanosBetween(from: string | undefined, to: string | undefined): number | undefined {
  const [start, end] = [toNanos(from), toNanos(to)];
  return start === 0n || end === 0n ? undefined : Number(end - start);
}
