import { useRef, useState } from "preact/hooks";
import { type Box, boxBetween, isFlat, isSteep } from "./box.ts";

export interface DragOptions {
  /** Where the chart's plot is. */
  plot: Box;
  onSelect: (box: Box) => void;
  onClick: (x: number, y: number) => void;
  /** Undefined once the pointer is gone. */
  onHover: (at: { x: number; y: number } | undefined) => void;
}

/** Selects a box of a chart by dragging. Positions are relative to the element with the handlers. */
export function useDrag({ plot, onSelect, onClick, onHover }: DragOptions) {
  const start = useRef<{ x: number; y: number }>();
  const [box, setBox] = useState<Box>();
  const end = () => {
    start.current = undefined;
    setBox(undefined);
  };
  return {
    box,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return;
        start.current = placeOf(event);
        elementOf(event).setPointerCapture(event.pointerId);
      },
      onPointerMove: (event: PointerEvent) => {
        const at = placeOf(event);
        if (start.current) setBox(boxBetween(start.current, at, plot));
        onHover(start.current ? undefined : at);
      },
      onPointerUp: (event: PointerEvent) => {
        if (!start.current) return;
        const at = placeOf(event);
        const dragged = boxBetween(start.current, at, plot);
        end();
        if (isFlat(dragged) && isSteep(dragged)) onClick(at.x, at.y);
        else onSelect(dragged);
      },
      onPointerCancel: end,
      onPointerLeave: () => onHover(undefined),
    },
  };
}

function elementOf(event: PointerEvent): HTMLElement {
  return event.currentTarget as HTMLElement;
}

function placeOf(event: PointerEvent): { x: number; y: number } {
  const { left, top } = elementOf(event).getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
