/** Time of day of this machine with milliseconds: "14:03:22.481". */
export function formatClock(unixMillis: number): string {
  const date = new Date(unixMillis);
  if (Number.isNaN(date.getTime())) return "–";
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(
    (part) => String(part).padStart(2, "0"),
  );
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** The whole date with every digit that was sent, in UTC: "2026-11-22 14:03:22.481123456 UTC". */
export function formatAbsolute(unixNano: string): string {
  const nanos = toNanos(unixNano);
  const date = new Date(Number(nanos / 1_000_000n));
  if (Number.isNaN(date.getTime())) return `${unixNano} ns since 1970`;
  const [day, time] = date.toISOString().split("T") as [string, string];
  return `${day} ${time.slice(0, 8)}.${String(nanos % 1_000_000_000n).padStart(9, "0")} UTC`;
}

/** How long ago something was: "now", "12 s ago", "3 min ago"; the future says "in 2 s". */
export function formatAge(unixMillis: number, nowMillis: number): string {
  const seconds = Math.round((nowMillis - unixMillis) / 1000);
  if (Math.abs(seconds) < 1) return "now";
  const text = describeSeconds(Math.abs(seconds));
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}

/** Milliseconds since 1970 of a time in nanoseconds as OTLP writes it. */
export function toMillis(unixNano: string): number {
  return Number(toNanos(unixNano) / 1_000n) / 1e3;
}

/** Nanoseconds since 1970; 0 if the text is no such number, because senders send anything. */
export function toNanos(unixNano: string | undefined): bigint {
  return unixNano !== undefined && /^\d{1,20}$/.test(unixNano) ? BigInt(unixNano) : 0n;
}

function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
