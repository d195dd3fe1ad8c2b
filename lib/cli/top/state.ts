import type { LogEntry, TraceDetail, TraceList } from "../../collector/model.ts";
import { type OpenRows, type SpanRow, visibleRows } from "../../trace/rows.ts";
import type { Trace, TraceSpan } from "../../trace/spans.ts";
import type { TreeNode } from "../../trace/tree.ts";
import type { Canvas, Page } from "../screen/page.ts";

/** Rows that are worth scrolling to; a query finds older ones. */
export const MAX_TRACES = 200;

export type PageName = "traces" | "trace" | "span" | "logs" | "help";

/** A trace that is open, ready to draw. */
export interface OpenTrace {
  detail: TraceDetail;
  trace: Trace;
  roots: TreeNode[];
  /** Which rows are open. */
  rows: OpenRows;
  /** The id of the selected row: of a span, or of several that are folded. */
  chosen: string;
}

/** Everything that the view shows. */
export interface TopState {
  page: PageName;
  /** Where Esc leads from the page `help`. */
  before: PageName;
  /** The first visible line of pages without a selection. */
  scroll: number;
  /** The address of the collector. */
  origin: string;
  /** Undefined until the collector has answered. */
  list: TraceList | undefined;
  /** New traces per second; undefined until there are two measurements. */
  rate: number | undefined;
  /** The id of the selected trace; undefined selects the newest one, whichever it is. */
  chosen: string | undefined;
  /** Finds the traces that are shown; empty shows all. */
  query: string;
  /** The query while it is typed. */
  input: string | undefined;
  isPaused: boolean;
  open: OpenTrace | undefined;
  /** The newest log records, the newest first. */
  logs: readonly LogEntry[];
  /** A note about the last key; empty if there is none. */
  note: string;
  /** Why the collector did not answer the last time; empty if it did. */
  failure: string;
}

/** What a key asks for besides a change of the state. */
export type Effect =
  | { end: true }
  /** Read the list, or the log records, again. */
  | { reload: true }
  | { open: string };

/** The change that a key makes, and its effect. */
export interface Pressed {
  state: TopState;
  effect?: Effect;
}

/** Draws a page and handles its keys. */
export interface PageKind {
  draw(state: TopState, canvas: Canvas): Page;
  /** Undefined if the key has no meaning on the page. */
  press(key: string, state: TopState): Pressed | undefined;
}

/** The view at its start. */
export function firstState(origin: string, query: string): TopState {
  return {
    page: "traces",
    before: "traces",
    scroll: 0,
    origin,
    list: undefined,
    rate: undefined,
    chosen: undefined,
    query,
    input: undefined,
    isPaused: false,
    open: undefined,
    logs: [],
    note: "",
    failure: "",
  };
}

/** The rows of an open trace that are not hidden. */
export function rowsOf({ roots, rows }: OpenTrace): SpanRow[] {
  return visibleRows(roots, rows);
}

/** The selected span, or the first of several; undefined if it is the placeholder of a missing parent. */
export function chosenSpan({ trace, chosen }: OpenTrace): TraceSpan | undefined {
  return trace.spans.find(({ spanId }) => spanId === chosen.replace(/\*$/, ""));
}
