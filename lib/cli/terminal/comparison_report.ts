import type { ComparedMode } from "../collector/comparison.ts";
import { eventLines } from "./span_facts.ts";
import { type SpanRow, visibleRows } from "../../trace/rows.ts";
import { readTrace } from "../../trace/spans.ts";
import { buildTree } from "../../trace/tree.ts";
import type { Span } from "../../otlp/json.ts";
import { attributeText } from "../../otlp/any_value.ts";
import { paint } from "./style.ts";
import { cut } from "./text.ts";
import { visible } from "../../unsafe_text.ts";
import { formatDuration } from "../../time_text.ts";
import { WIDTH } from "./trace_lines.ts";

const LABEL_WIDTH = 12;

/** Deeper spans are drawn at this depth, to leave room for their lines. */
const MAX_INDENT = 10;

/** The prefix of a span with an error. */
const FAILED = "✕ ";

/** One request and what each mode reports about it, one paragraph each. */
export function comparisonReport(path: string, modes: readonly ComparedMode[]): string[] {
  const title = `GET ${visible(path)} to all four apps`;
  return [
    paint("bold", cut(title, WIDTH)),
    ...modes.flatMap((mode) => ["", ...paragraph(mode)]),
  ];
}

function paragraph(mode: ComparedMode): string[] {
  const { summary, answer, file, addedLines } = mode;
  const heading = `${mode.mode}: ${summary}`;
  return [
    paint("bold", cut(heading, WIDTH)),
    ...entry(
      "code",
      addedLines === 0 ? `+0 lines: ${file}, unchanged` : `+${addedLines} lines in ${file}`,
    ),
    ...entry("client saw", ...clientLines(answer)),
    ...entry("you know", ...knownLines(mode)),
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
function entry(label: string, ...lines: string[]): string[] {
  return lines.map((line, index) => {
    const shown = cut(line, WIDTH - LABEL_WIDTH - 2);
    const start = `  ${(index === 0 ? label : "").padEnd(LABEL_WIDTH)}`;
    return start + (line.trimStart().startsWith(FAILED) ? paint("red", shown) : shown);
  });
}
