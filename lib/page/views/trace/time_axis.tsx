import { useSignal } from "@preact/signals";
import { shareOf, type TimeWindow, windowMarks } from "./time_window.ts";

const MOST_MARKS = 5;

export interface TimeAxisProps {
  window: TimeWindow;
  /** Moves the window by a share of its width; undefined if all of the time is visible. */
  onPan: ((share: number) => void) | undefined;
}

/** The times of the visible window. Dragging moves them; keys do it, too. */
export function TimeAxis({ window, onPan }: TimeAxisProps) {
  const lastX = useSignal<number | undefined>(undefined);
  return (
    <div class="axis" aria-hidden="true">
      <div
        class={`axis-marks${onPan ? " movable" : ""}`}
        title={onPan && "Drag to move"}
        onPointerDown={({ currentTarget, pointerId, clientX, button }) => {
          if (button !== 0 || !onPan) return;
          currentTarget.setPointerCapture(pointerId);
          lastX.value = clientX;
        }}
        onPointerMove={({ currentTarget, clientX }) => {
          if (lastX.value === undefined) return;
          onPan?.((lastX.value - clientX) / currentTarget.clientWidth);
          lastX.value = clientX;
        }}
        onPointerUp={() => lastX.value = undefined}
        onPointerCancel={() => lastX.value = undefined}
      >
        {windowMarks(window, MOST_MARKS).map(({ nanos, text }) => (
          <span key={nanos} style={{ left: `${100 * shareOf(nanos, window)}%` }}>{text}</span>
        ))}
      </div>
    </div>
  );
}
