import { formatValue } from "../../format/number.ts";
import { cutMiddle } from "../../format/text.ts";
import { formatMoment } from "../../format/time.ts";
import type { ChartData, ChartLine } from "./chart_data.ts";

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
      {lines.slice(0, MAX_LINES).map((line, i) => {
        const at = index ?? lastIndexOf(line);
        return (
          <li
            key={`${i} ${line.label}`}
            title={line.signs.has(at) ? SOLE_BUCKET : line.label}
            data-color={i}
          >
            <span class="service-mark" aria-hidden="true" />
            {cutMiddle(line.label, LONGEST_LABEL)} <b class="number">{valueAt(line, at, unit)}</b>
          </li>
        );
      })}
      {more > 0 && <li class="soft">and {more} more in the table</li>}
    </ul>
  );
}

const SOLE_BUCKET = "All measurements are in one bucket of the histogram. Only its bound is known";

function lastIndexOf({ values, nonFinite }: ChartLine): number {
  return values.findLastIndex((value, at) => typeof value === "number" || nonFinite.has(at));
}

function valueAt({ values, nonFinite, signs }: ChartLine, at: number, unit: string): string {
  const value = values[at] ?? nonFinite.get(at);
  return value === undefined ? "–" : `${signs.get(at) ?? ""}${formatValue(value, unit)}`;
}
