import { z } from "zod";
import { formatDuration } from "../../time_text.ts";
import { valueText } from "../../otlp/any_value.ts";
import type { KeyValue } from "../../otlp/json.ts";
import { kindName, readTrace } from "../../trace/spans.ts";
import { quoted } from "../answer.ts";
import { defineTool } from "../tool.ts";
import { readDetail, TRACE_ID } from "./get_trace.ts";
import { logLine } from "./log_line.ts";
import { isoTime, serviceText } from "./trace_line.ts";

/** More of a value than elsewhere: statements and stack traces are long. */
const MAX_VALUE = 2_000;

/** Everything about one span. */
export const getSpan = defineTool({
  name: "get_span",
  title: "One span",
  description:
    "Returns everything about one span: attributes, events (exceptions with stack trace), " +
    "links, resource, scope, and its log records.",
  input: {
    trace_id: TRACE_ID,
    span_id: z.string().regex(/^[\da-fA-F]{16}( \d+)?$/).describe("The span's id, 16 hex digits"),
  },
  async run({ trace_id, span_id }, { ask }) {
    const { data, logs, summary } = await readDetail(ask, trace_id);
    const found = readTrace(data).spans.find(({ spanId }) => spanId === span_id.toLowerCase());
    if (!found) throw new Error(`Trace ${summary.traceId} has no span ${span_id}`);
    const { span, name, serviceName, kind, durationNanos, scope, resource } = found;
    const status = ["unset", "ok", "error"][span.status?.code ?? 0] ?? "unknown";
    return [
      {
        lines: [
          `${quoted(name)} of ${serviceText(serviceName)}, ${kindName(kind).toLowerCase()}`,
          `started ${isoTime(span.startTimeUnixNano)}, took ${formatDuration(durationNanos)}`,
          `status ${status}${
            span.status?.message ? ` ${quoted(span.status.message, MAX_VALUE)}` : ""
          }`,
          `parent ${span.parentSpanId || "(none)"}`,
        ],
      },
      { title: "Attributes", lines: attributeLines(span.attributes) },
      {
        title: "Events",
        lines: (span.events ?? []).flatMap(({ name = "", timeUnixNano, attributes }) => [
          `${isoTime(timeUnixNano)} ${quoted(name)}`,
          ...attributeLines(attributes).map((line) => `  ${line}`),
        ]),
      },
      {
        title: "Links",
        lines: (span.links ?? []).map(({ traceId, spanId, attributes }) =>
          `trace ${traceId}, span ${spanId} ${attributeLines(attributes).join(", ")}`.trim()
        ),
      },
      {
        title: "Logs",
        lines: logs.filter(({ spanId }) => spanId === span.spanId).map(logLine),
      },
      {
        title: "Scope",
        lines: scope.name ? [`${quoted(scope.name)} ${quoted(scope.version ?? "")}`] : [],
      },
      { title: "Resource", lines: attributeLines(resource) },
    ];
  },
});

function attributeLines(attributes: readonly KeyValue[] = []): string[] {
  return attributes.map(({ key = "", value }) =>
    `${quoted(key, 100)}: ${quoted(valueText(value), MAX_VALUE)}`
  );
}
