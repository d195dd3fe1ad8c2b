import { shareOf, type TimeWindow, windowMarks } from "./time_window.ts";

const MOST_MARKS = 5;

/** The times of the visible window. */
export function TimeAxis({ window }: { window: TimeWindow }) {
  return (
    <div class="axis" aria-hidden="true">
      <div class="axis-marks">
        {windowMarks(window, MOST_MARKS).map(({ nanos, text }) => (
          <span key={nanos} style={{ left: `${100 * shareOf(nanos, window)}%` }}>{text}</span>
        ))}
      </div>
    </div>
  );
}
