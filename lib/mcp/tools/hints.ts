import type { ExportRecord, Hint } from "../../collector/model.ts";
import { quoted } from "../answer.ts";
import { defineTool, type ToolContext } from "../tool.ts";
import { readDetail, TRACE_ID } from "./get_trace.ts";
import { findTraces } from "./search_traces.ts";

/** How many of the newest traces are checked. */
const CHECKED_TRACES = 20;

/** What is wrong with the telemetry itself. */
export const getHints = defineTool({
  name: "get_hints",
  title: "Problems of the telemetry itself",
  description:
    "Finds likely mistakes of instrumentation and configuration: missing parents, a missing service " +
    "name, errors without exception, names with too many values, outdated conventions, repeated " +
    "calls (N+1), metrics that conflict, a wrong port. Checks the newest traces and requests, or one " +
    "trace.",
  input: { trace_id: TRACE_ID.optional() },
  async run({ trace_id }, { ask }) {
    const hints = trace_id === undefined
      ? await allHints(ask)
      : (await readDetail(ask, trace_id)).hints;
    const lines = unique(hints).flatMap(hintLines);
    return [{ lines: lines.length > 0 ? lines : ["No problem found"] }];
  },
});

async function allHints(ask: ToolContext["ask"]): Promise<Hint[]> {
  const [common, exports, { traces }] = await Promise.all([
    ask<Hint[]>("/api/kit/hints"),
    ask<ExportRecord[]>("/api/kit/exports"),
    findTraces(ask, { limit: CHECKED_TRACES }),
  ]);
  // A trace may be evicted meanwhile.
  const details = await Promise.allSettled(traces.map(({ traceId }) => readDetail(ask, traceId)));
  const ofTraces = details.flatMap((one) => one.status === "fulfilled" ? one.value.hints : []);
  return [...common, ...exports.flatMap(({ hints }) => hints), ...ofTraces];
}

/** One of each kind and detail; the same mistake is in many traces. */
function unique(hints: readonly Hint[]): Hint[] {
  const byContent = new Map(hints.map((hint) => [`${hint.id} ${hint.evidence.detail}`, hint]));
  return [...byContent.values()];
}

function hintLines({ title, advice, evidence: { detail, traceId, spanId } }: Hint): string[] {
  const where = traceId ? `, trace ${traceId}${spanId ? ` span ${spanId}` : ""}` : "";
  return [`${title}: ${quoted(detail)}${where}`, `  ${advice}`];
}
