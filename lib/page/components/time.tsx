import { formatAbsolute, formatMoment, toMillis } from "../format/time.ts";

/** A time, with its date where it is not of today, and in full in its title. */
export function Clock({ unixNano }: { unixNano: string }) {
  return (
    <time class="number" title={formatAbsolute(unixNano)}>
      {formatMoment(toMillis(unixNano), Date.now())}
    </time>
  );
}
