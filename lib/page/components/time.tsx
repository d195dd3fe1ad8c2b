import { formatAbsolute, formatClock, toMillis } from "../format/time.ts";

/** A time of day, with the full date in its title. */
export function Clock({ unixNano }: { unixNano: string }) {
  return (
    <time class="number" title={formatAbsolute(unixNano)}>{formatClock(toMillis(unixNano))}</time>
  );
}
