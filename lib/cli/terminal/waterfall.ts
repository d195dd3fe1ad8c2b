import type { TraceDetail } from "../../collector/model.ts";
import { eventLines, isFailed } from "./span_facts.ts";
import { durationNanosOf, listSpanTree, type SpanNode, startOf } from "./span_tree.ts";
import { paint } from "./style.ts";
import { visible } from "../../unsafe_text.ts";
import { cut, fit, paragraph } from "./text.ts";
import { formatDuration, formatTime } from "../../time_text.ts";
import { logLine, WIDTH } from "./trace_lines.ts";

const NAME_WIDTH = 35;
const TIME_WIDTH = 9;
const BAR_WIDTH = WIDTH - 2 - NAME_WIDTH - 2 * (TIME_WIDTH + 1) - 1;

/** Deeper spans are drawn at this depth, to leave room for their names. */
const MAX_INDENT = 10;

/** A trace as a tree beside a time line, with events, hints and log records. */
export function waterfall(
  { summary, data, hints, logs }: TraceDetail,
  nowMillis: number,
): string[] {
  const { traceId, startTimeUnixNano, durationNanos, spanCount, errorCount, services } = summary;
  const names = services.map(({ name }) => visible(name) || "(no service.name)").join(", ");
  const start = BigInt(startTimeUnixNano);
  const nodes = listSpanTree(data);
  return [
    `Trace ${traceId}`,
    `${formatTime(startTimeUnixNano, nowMillis)}  ${
      formatDuration(durationNanos)
    }  spans: ${spanCount}, ` +
    `with errors: ${errorCount}`,
    cut(names, WIDTH),
    "",
    paint(
      "grey",
      `  ${fit("span", NAME_WIDTH)} ${"starts".padStart(TIME_WIDTH)} ${
        "takes".padStart(TIME_WIDTH)
      }`,
    ),
    ...nodes.flatMap((node, index) => spanLines(node, nodes[index - 1], { start, durationNanos })),
    ...logs.length > 0
      ? ["", "Log records", ...logs.toReversed().map((log) => logLine(log, nowMillis))]
      : [],
    ...hints.length > 0 ? ["", "Hints"] : [],
    ...hints.flatMap(({ title, evidence }) =>
      paragraph(`! ${visible(title)}: ${visible(evidence.detail)}`, 2)
    ),
  ];
}

function spanLines(
  node: SpanNode,
  previous: SpanNode | undefined,
  trace: { start: bigint; durationNanos: number },
): string[] {
  const { span, serviceName, depth, isOrphan } = node;
  const indent = "  ".repeat(Math.min(depth, MAX_INDENT));
  const offset = Number(startOf(node) - trace.start);
  const takes = durationNanosOf(node);
  const bar = barOf(offset, takes, trace.durationNanos);
  const line =
    `${isFailed(span) ? "✕" : " "} ${fit(indent + visible(span.name ?? ""), NAME_WIDTH)} ` +
    `${formatDuration(offset).padStart(TIME_WIDTH)} ${
      formatDuration(takes).padStart(TIME_WIDTH)
    } ${bar}`;
  const details = [
    ...serviceName !== previous?.serviceName ? [`service ${visible(serviceName)}`] : [],
    ...isOrphan ? [`parent ${span.parentSpanId} has not arrived`] : [],
    ...span.status?.message ? [`status: ${visible(span.status.message)}`] : [],
    ...eventLines(span),
  ];
  return [
    isFailed(span) ? paint("red", line) : line,
    ...details.map((text) => paint("grey", cut(`  ${indent}  ${text}`, WIDTH))),
  ];
}

function barOf(offsetNanos: number, takesNanos: number, totalNanos: number): string {
  const scale = BAR_WIDTH / Math.max(totalNanos, 1);
  const start = Math.min(Math.max(Math.round(offsetNanos * scale), 0), BAR_WIDTH - 1);
  const length = Math.min(Math.max(Math.round(takesNanos * scale), 1), BAR_WIDTH - start);
  return " ".repeat(start) + "█".repeat(length);
}
