import type { TraceDetail } from "../../collector/model.ts";
import { formatDuration, formatTime } from "../../time_text.ts";
import { criticalPath, type PathSegment } from "../../trace/critical_path.ts";
import { type SpanRow, visibleRows } from "../../trace/rows.ts";
import { missingTime, readTrace } from "../../trace/spans.ts";
import { buildTree, longestTree } from "../../trace/tree.ts";
import { visible } from "../../unsafe_text.ts";
import { eventLines } from "./span_facts.ts";
import { paint } from "./style.ts";
import { cut, fit, paragraph } from "./text.ts";
import { logLine, WIDTH } from "./trace_lines.ts";

const NAME_WIDTH = 35;
const TIME_WIDTH = 9;
const BAR_WIDTH = WIDTH - 2 - NAME_WIDTH - 2 * (TIME_WIDTH + 1) - 1;

/** Deeper spans are drawn at this depth, to leave room for their names. */
const MAX_INDENT = 10;

/** What a trace's lines have in common. */
interface Drawing {
  durationNanos: number;
  /** The parts of the critical path, by span. */
  path: ReadonlyMap<string, PathSegment[]>;
}

/**
 * A trace as a tree beside a time line, with events, hints and log records. Equal spans below one parent are
 * one line.
 */
export function waterfall(
  { summary, data, hints, logs }: TraceDetail,
  nowMillis: number,
): string[] {
  const { traceId, startTimeUnixNano, spanCount, errorCount, services } = summary;
  const names = services.map(({ name }) => visible(name) || "(no service.name)").join(", ");
  const trace = readTrace(data);
  const roots = buildTree(trace.spans);
  const rows = visibleRows(roots, { all: undefined, changed: new Set() });
  const drawing: Drawing = {
    durationNanos: trace.durationNanos,
    path: Map.groupBy(criticalPath(longestTree(roots)), ({ spanId }) => spanId),
  };
  return [
    `Trace ${traceId}`,
    `${formatTime(startTimeUnixNano, nowMillis)}  ${formatDuration(summary.durationNanos)}  ` +
    `spans: ${spanCount}, with errors: ${errorCount}`,
    cut(names, WIDTH),
    "",
    paint("grey", headings()),
    ...rows.flatMap((row, index) => rowLines(row, rows[index - 1], drawing)),
    ...logs.length > 0
      ? ["", "Log records", ...logs.toReversed().map((log) => logLine(log, nowMillis))]
      : [],
    ...hints.length > 0 ? ["", "Hints"] : [],
    ...hints.flatMap(({ title, evidence }) =>
      paragraph(`! ${visible(title)}: ${visible(evidence.detail)}`, 2)
    ),
  ];
}

function headings(): string {
  return `  ${fit("span", NAME_WIDTH)} ${"starts".padStart(TIME_WIDTH)} ` +
    `${"takes".padStart(TIME_WIDTH)} █ critical path`;
}

function rowLines(row: SpanRow, previous: SpanRow | undefined, drawing: Drawing): string[] {
  const { node: { span }, fold, level } = row;
  const indent = "  ".repeat(Math.min(level - 1, MAX_INDENT));
  const isFailed = fold ? fold.errorCount > 0 : span?.isError === true;
  const name = span ? visible(span.name) : "(parent has not arrived)";
  const starts = fold?.startNanos ?? row.node.startNanos;
  const takes = fold === undefined && span && missingTime(span.span) ||
    formatDuration(fold?.sumNanos ?? row.node.durationNanos);
  const line = `${isFailed ? "✕" : " "} ` +
    `${fit(`${indent}${fold ? `${fold.nodes.length} × ` : ""}${name}`, NAME_WIDTH)} ` +
    `${formatDuration(starts).padStart(TIME_WIDTH)} ` +
    `${takes.padStart(TIME_WIDTH)} ${barOf(row, drawing)}`;
  return [
    isFailed ? paint("red", line) : line,
    ...details(row, previous).map((text) => paint("grey", cut(`  ${indent}  ${text}`, WIDTH))),
  ];
}

function details({ node: { span, spanId }, fold }: SpanRow, previous: SpanRow | undefined) {
  if (!span) return [`span ${spanId}`];
  const { serviceName, span: { status } } = span;
  const isOther = serviceName !== previous?.node.span?.serviceName;
  const service = isOther ? [`service ${visible(serviceName)}`] : [];
  if (fold) {
    const errors = fold.errorCount === 0 ? "" : `, ${fold.errorCount} with errors`;
    return [...service, `equal spans; what they take is added up${errors}`];
  }
  return [
    ...service,
    ...status?.message ? [`status: ${visible(status.message)}`] : [],
    ...eventLines(span.span),
  ];
}

/** The time of the row on the scale of the trace; what is on the critical path is darker. */
function barOf({ node, fold }: SpanRow, { durationNanos, path }: Drawing): string {
  const scale = BAR_WIDTH / Math.max(durationNanos, 1);
  const column = (nanos: number) => Math.min(Math.max(Math.round(nanos * scale), 0), BAR_WIDTH - 1);
  const from = fold?.startNanos ?? node.startNanos;
  const to = fold?.endNanos ?? node.startNanos + node.durationNanos;
  const start = column(from);
  const cells = Array<string>(Math.max(Math.round(to * scale) - start, 1)).fill("░");
  for (const { spanId } of fold?.nodes ?? [node]) {
    for (const { startNanos, endNanos } of path.get(spanId) ?? []) {
      const first = column(startNanos) - start;
      cells.fill("█", first, Math.max(Math.round(endNanos * scale) - start, first + 1));
    }
  }
  return " ".repeat(start) + cells.slice(0, BAR_WIDTH - start).join("");
}
