import { formatAbsolute, formatMoment, toMillis } from "../format/time.ts";

/** A time, with its date unless it is today, or that there is none; the full time is in its title. */
export function Clock({ unixNano }: { unixNano: string | undefined }) {
  return (
    <time class="number" title={formatAbsolute(unixNano)}>
      {unixNano === undefined ? "no time" : formatMoment(toMillis(unixNano), Date.now())}
    </time>
  );
}
