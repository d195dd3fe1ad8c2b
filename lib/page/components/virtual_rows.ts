import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";

/** Rows of equal height; only visible ones are in the document. */
export interface VirtualRowsOptions {
  count: number;
  rowHeightPixels: number;
  /** The height of what stands above the rows and stays there when they scroll. */
  headPixels?: number;
  /** The scrolling element. */
  scroller: RefObject<HTMLElement>;
}

export interface VirtualRows {
  /** Visible rows, and some around them. */
  items: VirtualItem[];
  totalHeightPixels: number;
  /** Scrolls only as far as necessary to show the row; a row that is far away gets to the middle. */
  reveal: (index: number) => void;
}

const ROWS_AROUND = 12;
/** Rows at this distance from the visible ones are reached by stepping. */
const NEAR_ROWS = 2;

/** Determines the visible rows; renders again on scrolling. */
export function useVirtualRows(
  { count, rowHeightPixels, headPixels = 0, scroller }: VirtualRowsOptions,
): VirtualRows {
  const [, update] = useReducer((version: number, _: void) => version + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPixels,
    overscan: ROWS_AROUND,
    scrollMargin: headPixels,
    scrollPaddingStart: headPixels,
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
    reveal(index) {
      const { startIndex, endIndex } = virtualizer.range ?? { startIndex: index, endIndex: index };
      const isNear = index >= startIndex - NEAR_ROWS && index <= endIndex + NEAR_ROWS;
      virtualizer.scrollToIndex(index, { align: isNear ? "auto" : "center" });
    },
  };
}
