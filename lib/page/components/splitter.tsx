import { useSignal } from "@preact/signals";
import { readStored, writeStored } from "../state/stored.ts";

const STEP_PERCENT = 2;

/** The size of a pane that the user can change, in percent of the element around it. */
export interface PaneSize {
  percent: number;
  set: (percent: number) => void;
  limits: PaneLimits;
}

/** All in percent. */
export interface PaneLimits {
  least: number;
  most: number;
  initial: number;
}

/** A size that this browser remembers under a name. */
export function usePaneSize(name: string, limits: PaneLimits): PaneSize {
  const changed = useSignal<Record<string, number>>({});
  const clamp = (percent: number) => Math.max(limits.least, Math.min(limits.most, percent));
  const stored = Number(readStored(`pane.${name}`) ?? NaN);
  const percent = changed.value[name] ?? (Number.isFinite(stored) ? clamp(stored) : limits.initial);
  return {
    percent,
    limits,
    set(to) {
      const rounded = Math.round(clamp(to) * 10) / 10;
      changed.value = { ...changed.value, [name]: rounded };
      writeStored(`pane.${name}`, rounded === limits.initial ? undefined : String(rounded));
    },
  };
}

export interface SplitterProps {
  label: string;
  /** The side of the pane whose size changes. */
  pane: "left" | "right" | "bottom";
  size: PaneSize;
}

/** The border of a pane, which can be dragged, and moved with the arrow keys. Its parent is the whole. */
export function Splitter({ label, pane, size: { percent, set, limits } }: SplitterProps) {
  const isHorizontal = pane === "bottom";
  const [less, more] = {
    left: ["ArrowLeft", "ArrowRight"],
    right: ["ArrowRight", "ArrowLeft"],
    bottom: ["ArrowDown", "ArrowUp"],
  }[pane];
  return (
    <div
      role="separator"
      class="splitter"
      data-pane={pane}
      data-scrolls
      tabIndex={0}
      title="Drag to resize; double-click to reset"
      aria-label={label}
      aria-orientation={isHorizontal ? "horizontal" : "vertical"}
      aria-valuenow={Math.round(percent)}
      aria-valuemin={limits.least}
      aria-valuemax={limits.most}
      onDblClick={() => set(limits.initial)}
      onKeyDown={(event) => {
        const to = {
          [less!]: percent - STEP_PERCENT,
          [more!]: percent + STEP_PERCENT,
          Home: limits.least,
          End: limits.most,
          Enter: limits.initial,
        }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        set(to);
      }}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={({ currentTarget, pointerId, clientX, clientY }) => {
        if (!currentTarget.hasPointerCapture(pointerId)) return;
        const whole = currentTarget.parentElement!.getBoundingClientRect();
        const share = isHorizontal
          ? (whole.bottom - clientY) / whole.height
          : pane === "left"
          ? (clientX - whole.left) / whole.width
          : (whole.right - clientX) / whole.width;
        set(100 * share);
      }}
    />
  );
}
