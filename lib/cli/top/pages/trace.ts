import { formatDuration, formatTime } from "../../../time_text.ts";
import { kindName } from "../../../trace/spans.ts";
import type { TreeNode } from "../../../trace/tree.ts";
import { visible } from "../../../unsafe_text.ts";
import { keysLine } from "../../screen/keys_line.ts";
import { type Line, line, piece, spread } from "../../screen/line.ts";
import type { Canvas, Page } from "../../screen/page.ts";
import { cut, fit } from "../../terminal/text.ts";
import { moved } from "../move.ts";
import {
  chosenSpan,
  type OpenTrace,
  type PageKind,
  type Pressed,
  type TopState,
  visibleSpans,
} from "../state.ts";

const DURATION_WIDTH = 10;

/** Deeper spans are drawn at this depth, to leave room for their names. */
const MAX_INDENT = 12;

/** One trace as a tree beside a time line. */
export const TRACE_PAGE: PageKind = { draw, press };

function draw(state: TopState, canvas: Canvas): Page {
  const open = state.open!;
  const { detail: { summary }, chosen } = open;
  const rows = visibleSpans(open);
  const errors = summary.errorCount === 0 ? "" : `, ${summary.errorCount} with errors`;
  return {
    head: spread(
      piece(
        ` ${formatDuration(summary.durationNanos)}, ${summary.spanCount} ` +
          `${summary.spanCount === 1 ? "span" : "spans"}${errors}`,
        "bold",
      ),
      [
        piece(
          `${formatTime(summary.startTimeUnixNano, canvas.now)}  trace ${summary.traceId} `,
          "grey",
        ),
        piece(`trace ${summary.traceId} `, "grey"),
        piece(`${summary.traceId.slice(0, 8)}… `, "grey"),
      ],
      canvas.columns,
    ),
    lines: rows.map(({ node, depth }) => spanLine({ node, depth, open, canvas })),
    foot: [...chosenLines(state, canvas), keysOf(canvas)],
    focus: Math.max(rows.findIndex(({ node }) => node.spanId === chosen), 0),
  };
}

function spanLine(
  { node, depth, open, canvas }: { node: TreeNode; depth: number; open: OpenTrace; canvas: Canvas },
): Line {
  const { span, spanId, children } = node;
  const columns = canvas.columns;
  const nameWidth = Math.floor(columns * 0.45);
  const fold = children.length === 0 ? " " : open.collapsed.has(spanId) ? "▸" : "▾";
  const indent = " ".repeat(Math.min(depth, MAX_INDENT));
  const name = span ? visible(span.name) || "(no name)" : `(missing parent ${spanId})`;
  const mark = span?.isError ? "✕" : " ";
  const left = `${mark}${indent}${fold} ${name}`;
  const barWidth = Math.max(columns - nameWidth - DURATION_WIDTH - 3, 1);
  const text =
    `${fit(left, nameWidth)} ${formatDuration(node.durationNanos).padStart(DURATION_WIDTH)}` +
    ` ${barOf(node, open.trace.durationNanos, barWidth)}`;
  if (spanId === open.chosen) return line(fit(text, columns), "inverse");
  return line(cut(text, columns), span?.isError ? "red" : undefined);
}

function barOf({ startNanos, durationNanos }: TreeNode, total: number, width: number): string {
  const scale = width / Math.max(total, 1);
  const start = Math.min(Math.max(Math.round(startNanos * scale), 0), width - 1);
  const length = Math.min(Math.max(Math.round(durationNanos * scale), 1), width - start);
  return " ".repeat(start) + "█".repeat(length);
}

/** What matters about the selected span. */
function chosenLines({ open, note }: TopState, { columns }: Canvas): Line[] {
  const span = chosenSpan(open!);
  if (note) return [line(cut(` ${note}`, columns), "yellow"), []];
  if (!span) return [line(" This span has not arrived", "grey"), []];
  const { name, serviceName, kind, span: { status } } = span;
  const service = visible(serviceName) || "(no service.name)";
  const why = status?.message ? visible(status.message) : "";
  return [
    line(cut(` ${visible(name)}, ${kindName(kind).toLowerCase()} of ${service}`, columns)),
    why ? line(cut(` ✕ ${why}`, columns), "red") : [],
  ];
}

function keysOf({ columns }: Canvas): Line {
  return keysLine([
    ["↑↓", "choose"],
    ["Enter", "details"],
    ["←→", "fold"],
    ["e", "next error"],
    ["Esc", "back"],
    ["q", "quit"],
    ["?", "help"],
  ], columns);
}

function press(key: string, state: TopState): Pressed | undefined {
  const open = state.open!;
  const rows = visibleSpans(open);
  const index = Math.max(rows.findIndex(({ node }) => node.spanId === open.chosen), 0);
  const target = moved(key, index, rows.length);
  if (target !== undefined) return chose(state, rows[target]?.node.spanId);
  const node = rows[index]!.node;
  switch (key) {
    case "return":
      return { state: { ...state, page: "span", scroll: 0 } };
    case "escape":
      return { state: { ...state, page: "traces", open: undefined } };
    case "right":
      return folded(state, node.spanId, false);
    case "left":
      return folded(state, node.spanId, true);
    case "*":
      return folded(state, undefined, open.collapsed.size === 0);
    case "e":
      return nextError(state);
  }
  return undefined;
}

function chose(state: TopState, chosen: string | undefined): Pressed {
  if (chosen === undefined) return { state };
  return { state: { ...state, open: { ...state.open!, chosen } } };
}

/** Hides or shows what is below a span, or below every span. */
function folded(state: TopState, spanId: string | undefined, isHidden: boolean): Pressed {
  const open = state.open!;
  const collapsed = new Set(spanId === undefined ? [] : open.collapsed);
  if (spanId === undefined) {
    if (isHidden) { for (const { node } of visibleSpans(open)) collapsed.add(node.spanId); }
  } else if (isHidden) collapsed.add(spanId);
  else collapsed.delete(spanId);
  const shown = { ...open, collapsed };
  const isVisible = visibleSpans(shown).some(({ node }) => node.spanId === open.chosen);
  const chosen = isVisible ? open.chosen : open.roots[0]?.spanId ?? open.chosen;
  return { state: { ...state, open: { ...shown, chosen } } };
}

/** Selects the next failed span, in the order of the tree, and shows what is above it. */
function nextError(state: TopState): Pressed {
  const open: OpenTrace = { ...state.open!, collapsed: new Set() };
  const rows = visibleSpans(open);
  const index = rows.findIndex(({ node }) => node.spanId === open.chosen);
  const after = [...rows.slice(index + 1), ...rows.slice(0, index + 1)];
  const failed = after.find(({ node }) => node.span?.isError);
  return failed
    ? { state: { ...state, open: { ...open, chosen: failed.node.spanId } } }
    : { state: { ...state, note: "No span of this trace has an error" } };
}
