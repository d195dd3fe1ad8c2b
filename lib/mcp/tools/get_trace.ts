import { z } from "zod";
import { formatDuration } from "../../time_text.ts";
import type { TraceDetail } from "../../collector/model.ts";
import { attributeText } from "../../otlp/any_value.ts";
import { criticalPath } from "../../trace/critical_path.ts";
import { readTrace, type Trace, type TraceSpan } from "../../trace/spans.ts";
import { buildTree, type TreeNode } from "../../trace/tree.ts";
import { quoted } from "../answer.ts";
import type { Ask } from "../ask.ts";
import { defineTool } from "../tool.ts";
import { logLine } from "./log_line.ts";
import { findTraces } from "./search_traces.ts";
import { spanLines } from "./span_lines.ts";
import { serviceText, traceLine } from "./trace_line.ts";

const MAX_PATH_LINES = 12;
const MAX_ERRORS = 20;

/** The argument of all tools that read one trace. */
export const TRACE_ID = z.string().regex(/^(latest|[\da-fA-F]{4,32})$/)
  .describe('The trace\'s id, the beginning of it, or "latest"');

/** Explains one trace. */
export const getTrace = defineTool({
  name: "get_trace",
  title: "One trace",
  description: "Explains one trace: where its time went (critical path), what failed and why " +
    "(exceptions, status messages), problems of the telemetry, then all spans as a tree, and the " +
    "trace's logs. Use get_span for all attributes of a span.",
  input: { trace_id: TRACE_ID },
  async run({ trace_id }, { ask }) {
    const { summary, hints, logs, data } = await readDetail(ask, trace_id);
    const trace = readTrace(data);
    const roots = buildTree(trace.spans);
    return [
      { lines: [traceLine(summary)] },
      { title: "Critical path (what the duration was spent on)", lines: pathLines(trace, roots) },
      { title: "Errors", lines: errorLines(trace.spans) },
      {
        title: "Problems of the telemetry",
        lines: hints.map(({ title, evidence }) => `${title}: ${quoted(evidence.detail)}`),
      },
      {
        title: "Spans (start after the trace's start, duration, span id)",
        lines: spanLines(roots),
        rest: "a larger max_tokens, or get_span",
      },
      { title: "Logs", lines: logs.map(logLine), rest: "search_logs" },
    ];
  },
});

/** Reads one trace; the id may be short or "latest". */
export async function readDetail(ask: Ask, traceId: string): Promise<TraceDetail> {
  return await ask<TraceDetail>(`/api/kit/traces/${await wholeId(ask, traceId.toLowerCase())}`);
}

async function wholeId(ask: Ask, given: string): Promise<string> {
  if (given.length === 32) return given;
  const query = given === "latest" ? undefined : `trace:${given}*`;
  const { traces: [found, other] } = await findTraces(ask, { query, limit: 2 });
  if (!found) {
    throw new Error(
      given === "latest"
        ? "No trace is stored"
        : `No stored trace has an id that begins with ${given}`,
    );
  }
  if (other && query) {
    throw new Error(
      `More than one trace has an id that begins with ${given}: ${found.traceId}, ${other.traceId}`,
    );
  }
  return found.traceId;
}

/** What the time on the critical path was spent on, most first. Spans of one name and service add up. */
function pathLines({ spans, durationNanos }: Trace, roots: readonly TreeNode[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const parts = new Map<string, { first: TraceSpan; ids: Set<string>; nanos: number }>();
  for (const { spanId, startNanos, endNanos } of criticalPath(longest(roots))) {
    const first = byId.get(spanId);
    if (!first) continue;
    const what = JSON.stringify([first.name, first.serviceName]);
    const part = parts.get(what) ?? { first, ids: new Set(), nanos: 0 };
    part.ids.add(spanId);
    part.nanos += endNanos - startNanos;
    parts.set(what, part);
  }
  return [...parts.values()].sort((a, b) => b.nanos - a.nanos).slice(0, MAX_PATH_LINES)
    .map(({ first, ids, nanos }) =>
      `${formatDuration(nanos)} (${Math.round(nanos / (durationNanos || 1) * 100)} %) in ` +
      `${ids.size > 1 ? `${ids.size} × ` : ""}${quoted(first.name)} of ` +
      `${serviceText(first.serviceName)}, span ${first.spanId}`
    );
}

function longest(roots: readonly TreeNode[]): TreeNode | undefined {
  return roots.reduce<TreeNode | undefined>(
    (found, root) => found && found.durationNanos >= root.durationNanos ? found : root,
    undefined,
  );
}

function errorLines(spans: readonly TraceSpan[]): string[] {
  return spans.filter(({ isError }) => isError).slice(0, MAX_ERRORS).map((failed) => {
    const { name, serviceName, spanId, span } = failed;
    const exceptions = (span.events ?? []).filter((event) => event.name === "exception")
      .map(({ attributes }) =>
        `exception ${quoted(attributeText(attributes, "exception.type") ?? "")}: ` +
        quoted(attributeText(attributes, "exception.message") ?? "")
      );
    const why = [
      ...span.status?.message ? [`status message ${quoted(span.status.message)}`] : [],
      ...exceptions,
    ];
    return `${quoted(name)} of ${serviceText(serviceName)}, span ${spanId}: ` +
      (why.length > 0 ? why.join("; ") : "no reason was recorded");
  });
}
