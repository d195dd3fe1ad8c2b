import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";

/** Rows of one height, of which only those in sight are in the document. */
export interface VirtualRowsOptions {
  count: number;
  rowHeightPixels: number;
  /** What scrolls. */
  scroller: RefObject<HTMLElement>;
}

export interface VirtualRows {
  /** In sight, and some around. */
  items: VirtualItem[];
  totalHeightPixels: number;
  /** Scrolls just as far as is needed to see the row. */
  reveal: (index: number) => void;
}

const ROWS_AROUND = 12;

/** Which rows are in sight; renders anew as one scrolls. */
export function useVirtualRows(
  { count, rowHeightPixels, scroller }: VirtualRowsOptions,
): VirtualRows {
  const [, update] = useReducer((version: number, _: void) => version + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPixels,
    overscan: ROWS_AROUND,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => update(),
  };
  const ref = useRef<Virtualizer<HTMLElement, HTMLElement>>();
  const virtualizer = ref.current ??= new Virtualizer(options);
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  return {
    items: virtualizer.getVirtualItems(),
    totalHeightPixels: virtualizer.getTotalSize(),
    reveal: (index) => virtualizer.scrollToIndex(index),
  };
}
