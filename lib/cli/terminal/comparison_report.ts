import type { ComparedMode } from "../collector/comparison.ts";
import { eventLines } from "./span_facts.ts";
import { type SpanRow, visibleRows } from "../../trace/rows.ts";
import { readTrace } from "../../trace/spans.ts";
import { buildTree } from "../../trace/tree.ts";
import type { Span } from "../../otlp/json.ts";
import { attributeText } from "../../otlp/any_value.ts";
import { paint } from "./style.ts";
import { cut, widthOf } from "./text.ts";
import { visible } from "../../unsafe_text.ts";
import { formatDuration } from "../../time_text.ts";
import { WIDTH } from "./trace_lines.ts";

const LABEL_WIDTH = 12;

/** Deeper spans are drawn at this depth, to leave room for their lines. */
const MAX_INDENT = 10;

/** The prefix of a span with an error. */
const FAILED = "✕ ";

/** Narrower paragraphs would cut too much; wider terminals show several beside each other. */
const MIN_COLUMN_WIDTH = 56;

const GAP = 3;

/**
 * One request and what each mode reports about it, one paragraph each: side by side as far as the terminal is
 * wide enough, and otherwise below each other.
 */
export function comparisonReport(
  path: string,
  modes: readonly ComparedMode[],
  columns = WIDTH,
): string[] {
  const fitting = Math.floor((columns + GAP) / (MIN_COLUMN_WIDTH + GAP));
  // With room for three, two rows of two.
  const beside = fitting >= modes.length ? modes.length : Math.min(Math.max(fitting, 1), 2);
  const width = beside === 1 ? WIDTH : Math.floor((columns - GAP * (beside - 1)) / beside);
  const paragraphs = modes.map((mode) => paragraph(mode, width));
  const title = `GET ${visible(path)} to all four apps`;
  return [
    paint("bold", cut(title, columns)),
    ...chunksOf(paragraphs, beside).flatMap((row) => ["", ...sideBySide(row, width)]),
  ];
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from(
    { length: Math.ceil(items.length / size) },
    (_, index) => items.slice(index * size, (index + 1) * size),
  );
}

function sideBySide(texts: readonly string[][], width: number): string[] {
  const height = Math.max(...texts.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) => {
    const cells = texts.map((lines) => lines[row] ?? "");
    const line = cells.map((cell) => cell + " ".repeat(Math.max(width - widthOf(cell), 0)));
    return line.join(" ".repeat(GAP)).trimEnd();
  });
}

function paragraph(mode: ComparedMode, width: number): string[] {
  const { summary, answer, file, addedLines } = mode;
  const heading = `${mode.mode}: ${summary}`;
  return [
    paint("bold", cut(heading, width)),
    ...entry(width, "code", [
      addedLines === 0 ? `+0 lines: ${file}, unchanged` : `+${addedLines} lines in ${file}`,
    ]),
    ...entry(width, "client saw", clientLines(answer)),
    ...entry(width, "you know", knownLines(mode)),
  ];
}

function clientLines({ status, statusText, durationMillis, body, error }: ComparedMode["answer"]) {
  if (error !== undefined) return [`no answer: ${visible(error)}`];
  const [first = ""] = body.trim().split("\n");
  return [
    `${status} ${visible(statusText)} in ${formatDuration(durationMillis * 1e6)}`,
    ...first && first !== statusText ? [`"${visible(first)}"`] : [],
  ];
}

/** Based on what arrived, not on what was expected. */
function knownLines({ serviceName, trace, metrics, answer }: ComparedMode): string[] {
  if (serviceName === undefined) {
    return answer.status >= 500
      ? ["nothing more: why did it fail? is it still up?"]
      : ["nothing more: how long did it take? who asked?"];
  }
  if (!trace && answer.noSpanReason !== undefined) {
    return [`nothing: ${visible(answer.noSpanReason)}`];
  }
  if (!trace) return ["nothing yet: no span arrived in time"];
  return [
    ...visibleRows(buildTree(readTrace(trace.data).spans), { all: undefined, changed: new Set() })
      .flatMap(spanLines),
    ...trace.logs.length > 0
      ? [`${trace.logs.length} log ${trace.logs.length === 1 ? "record" : "records"}`]
      : [],
    ...metrics.length > 0 ? [`metrics ${metrics.map(visible).join(", ")}`] : [],
    `otel-kit traces ${trace.summary.traceId}`,
  ];
}

function spanLines({ node: { span }, level }: SpanRow): string[] {
  if (!span) return [];
  const indent = "  ".repeat(Math.min(level - 1, MAX_INDENT));
  const { isError, span: { status } } = span;
  const message = status?.message ? `: ${visible(status.message)}` : "";
  const line = `${isError ? FAILED : ""}span ${visible(span.name)}, ` +
    `${formatDuration(span.durationNanos)}${isError ? `, ERROR${message}` : ""}`;
  return [
    indent + line,
    ...[...eventLines(span.span), attributesLine(span.span)].map((text) => `${indent}  ${text}`),
  ];
}

function attributesLine({ attributes = [] }: Span): string {
  const route = attributeText(attributes, "http.route");
  const status = attributeText(attributes, "http.response.status_code");
  const headers =
    attributes.filter(({ key = "" }) => /^http\.(request|response)\.header\./.test(key)).length;
  const others = attributes.length - headers;
  return [
    route === undefined ? "no route" : `route ${visible(route)}`,
    status === undefined ? "no status code" : `status code ${visible(status)}`,
    ...headers > 0 ? [`${headers} headers`] : [],
    `${others} ${others === 1 ? "attribute" : "attributes"}`,
  ].join(", ");
}

/** A label, with its lines beside it. */
function entry(width: number, label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => {
    const shown = cut(line, width - LABEL_WIDTH - 2);
    const start = `  ${(index === 0 ? label : "").padEnd(LABEL_WIDTH)}`;
    return start + (line.trimStart().startsWith(FAILED) ? paint("red", shown) : shown);
  });
}
