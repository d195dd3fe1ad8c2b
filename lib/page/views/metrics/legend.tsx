import { formatValue } from "../../format/number.ts";
import { cutMiddle } from "../../format/text.ts";
import { formatMoment } from "../../format/time.ts";
import type { ChartData } from "./chart_data.ts";

/** More lines than colors would be confusing. */
export const MAX_LINES = 8;

const LONGEST_LABEL = 40;

/** The color of each line and its value at one time; without one, its last value. */
export function Legend({ data, index }: { data: ChartData; index: number | undefined }) {
  const { lines, times, unit } = data;
  const more = lines.length - MAX_LINES;
  const seconds = index === undefined ? undefined : times[index];
  return (
    <ul class="legend" aria-live={index === undefined ? undefined : "polite"}>
      <li class="soft">
        {seconds === undefined ? "last" : formatMoment(seconds * 1000, Date.now())}
      </li>
      {lines.slice(0, MAX_LINES).map(({ label, values }, i) => (
        <li key={label} title={label} data-color={i}>
          <span class="service-mark" aria-hidden="true" />
          {cutMiddle(label, LONGEST_LABEL)} <b class="number">{valueAt(values, index, unit)}</b>
        </li>
      ))}
      {more > 0 && <li class="soft">and {more} more in the table</li>}
    </ul>
  );
}

function valueAt(
  values: readonly (number | null)[],
  index: number | undefined,
  unit: string,
): string {
  const value = index === undefined ? values.findLast((value) => value !== null) : values[index];
  return value === null || value === undefined ? "–" : formatValue(value, unit);
}
