/** Nanoseconds since 1970; 0 if the text is invalid, because senders can send anything. */
export function toNanos(unixNano: string | undefined): bigint {
  return unixNano !== undefined && /^\d{1,20}$/.test(unixNano) ? BigInt(unixNano) : 0n;
}
