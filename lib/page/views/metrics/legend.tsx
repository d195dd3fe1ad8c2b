import { cutMiddle } from "../../format/text.ts";
import { MAX_LINES } from "./chart.tsx";

const LONGEST_LABEL = 40;

/** The color of each line. */
export function Legend({ lines }: { lines: readonly { label: string }[] }) {
  const more = lines.length - MAX_LINES;
  return (
    <ul class="legend">
      {lines.slice(0, MAX_LINES).map(({ label }, i) => (
        <li key={label} title={label} data-color={i}>
          <span class="service-mark" aria-hidden="true" />
          {cutMiddle(label, LONGEST_LABEL)}
        </li>
      ))}
      {more > 0 && <li class="soft">and {more} more in the table</li>}
    </ul>
  );
}
