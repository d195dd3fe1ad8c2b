import { formatAbsolute, formatMoment, toMillis } from "../format/time.ts";

/** A time, with its date unless it is today; the full time is in its title. */
export function Clock({ unixNano }: { unixNano: string }) {
  return (
    <time class="number" title={formatAbsolute(unixNano)}>
      {formatMoment(toMillis(unixNano), Date.now())}
    </time>
  );
}
