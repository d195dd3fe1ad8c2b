import type { TraceSummary } from "../../../collector/model.ts";
import type { CompareAnswer, CompareMode, CompareRun } from "../../../guests/compare.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import type { Median } from "../metrics/median.ts";
import { findTrace, isWithin, medianDuration } from "./column_trace.ts";
import { type Knowledge, knowledgeOf } from "./knowledge.ts";

/** What a mode's telemetry says about the request, as far as it has arrived. */
export interface ColumnFindings {
  traceId?: string;
  knowledge?: Knowledge;
  /** Of all requests to the app, from its own histogram. */
  median?: Median;
}

/** Loads the findings, and follows what arrives later. */
export function useFindings(
  mode: CompareMode,
  run: CompareRun | undefined,
  answer: CompareAnswer | undefined,
): ColumnFindings {
  const loaded = useLoaded(
    `${mode.mode} ${run?.id}`,
    async (signal) => ({ runId: run?.id, findings: await find(mode, answer, signal) }),
  );
  useLive("traces", (summaries) => {
    if (answer && summaries.some((summary) => isOf(mode, summary) && isWithin(summary, answer))) {
      loaded.reload();
    }
  });
  // Log records and the histogram may arrive after the trace.
  const { runId, findings = {} } = loaded.data ?? {};
  const isMissing = (part: unknown) => findings.traceId !== undefined && !part;
  useLive("logs", () => isMissing(findings.knowledge?.logs.length) && loaded.reload());
  useLive("metrics", () => isMissing(findings.median) && loaded.reload());
  useLive("resync", loaded.reload);
  // Until those of the new request are loaded, there are those of the one before.
  return runId === run?.id ? findings : {};
}

async function find(
  mode: CompareMode,
  answer: CompareAnswer | undefined,
  signal: AbortSignal,
): Promise<ColumnFindings> {
  const { serviceName } = mode;
  const trace = answer && await findTrace(mode, answer, signal);
  if (!trace || serviceName === undefined) return {};
  const knowledge = knowledgeOf(trace.data, trace.logs, serviceName);
  const median = await medianDuration(serviceName, signal);
  return {
    traceId: trace.summary.traceId,
    ...knowledge && { knowledge },
    ...median && { median },
  };
}

function isOf({ serviceName }: CompareMode, { services }: TraceSummary): boolean {
  return services.some(({ name }) => name === serviceName);
}
