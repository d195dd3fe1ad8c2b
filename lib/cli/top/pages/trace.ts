import { formatDuration, formatTime } from "../../../time_text.ts";
import { kindName, missingTime } from "../../../trace/spans.ts";
import { hasClosed, type SpanRow, withRow, withSpanShown } from "../../../trace/rows.ts";
import { walk } from "../../../trace/tree.ts";
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
  rowsOf,
  type TopState,
} from "../state.ts";

const DURATION_WIDTH = 10;

/** Deeper spans are drawn at this depth, to leave room for their names. */
const MAX_INDENT = 12;

/** One trace as a tree beside a time line. */
export const TRACE_PAGE: PageKind = { draw, press };

function draw(state: TopState, canvas: Canvas): Page {
  const open = state.open!;
  const { detail: { summary }, chosen } = open;
  const rows = rowsOf(open);
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
    lines: rows.map((row) => rowLine(row, open, canvas)),
    foot: [...chosenLines(state, canvas), keysOf(canvas)],
    focus: Math.max(rows.findIndex(({ id }) => id === chosen), 0),
  };
}

function rowLine(row: SpanRow, open: OpenTrace, { columns }: Canvas): Line {
  const { id, node, fold, level, isParent, isOpen } = row;
  const { span, spanId } = node;
  const isFailed = fold ? fold.errorCount > 0 : span?.isError === true;
  const nameWidth = Math.floor(columns * 0.45);
  const mark = !isParent ? " " : isOpen ? "▾" : "▸";
  const name = span ? visible(span.name) || "(no name)" : `(missing parent ${spanId})`;
  const left = `${isFailed ? "✕" : " "}${" ".repeat(Math.min(level - 1, MAX_INDENT))}${mark} ` +
    `${fold ? `${fold.nodes.length} × ` : ""}${name}`;
  const takes = fold === undefined && span && missingTime(span.span) ||
    formatDuration(fold?.sumNanos ?? node.durationNanos);
  const barWidth = Math.max(columns - nameWidth - DURATION_WIDTH - 3, 1);
  const text = `${fit(left, nameWidth)} ${takes.padStart(DURATION_WIDTH)} ` +
    barOf(row, open.trace.durationNanos, barWidth);
  if (id === open.chosen) return line(fit(text, columns), "inverse");
  return line(cut(text, columns), isFailed ? "red" : undefined);
}

function barOf({ node, fold }: SpanRow, total: number, width: number): string {
  const scale = width / Math.max(total, 1);
  const from = fold?.startNanos ?? node.startNanos;
  const to = fold?.endNanos ?? node.startNanos + node.durationNanos;
  const start = Math.min(Math.max(Math.round(from * scale), 0), width - 1);
  const length = Math.min(Math.max(Math.round((to - from) * scale), 1), width - start);
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
  const rows = rowsOf(open);
  const index = Math.max(rows.findIndex(({ id }) => id === open.chosen), 0);
  const target = moved(key, index, rows.length);
  if (target !== undefined) return changed(state, { chosen: rows[target]?.id ?? open.chosen });
  const { id } = rows[index]!;
  switch (key) {
    case "return":
      return { state: { ...state, page: "span", scroll: 0 } };
    case "escape":
      return { state: { ...state, page: "traces", open: undefined } };
    case "right":
      return changed(state, { rows: withRow(open.rows, id, true) });
    case "left":
      return changed(state, { rows: withRow(open.rows, id, false) });
    case "*": {
      const all = hasClosed(rows) ? "open" : "closed";
      const chosen = all === "open" ? open.chosen : open.roots[0]?.spanId ?? open.chosen;
      return changed(state, { rows: { all, changed: new Set() }, chosen });
    }
    case "e":
      return nextError(state, open);
  }
  return undefined;
}

function changed(state: TopState, change: Partial<OpenTrace>): Pressed {
  return { state: { ...state, open: { ...state.open!, ...change } } };
}

/** Selects the next failed span in the order of the tree, and shows what is above it. */
function nextError(state: TopState, { roots, rows, chosen }: OpenTrace): Pressed {
  const nodes = [...walk(roots)];
  const index = nodes.findIndex(({ spanId }) => spanId === chosen);
  const after = [...nodes.slice(index + 1), ...nodes.slice(0, index + 1)];
  const failed = after.find(({ span }) => span?.isError)?.spanId;
  if (failed === undefined) {
    return { state: { ...state, note: "No span of this trace has an error" } };
  }
  return changed(state, { rows: withSpanShown(roots, rows, failed), chosen: failed });
}
