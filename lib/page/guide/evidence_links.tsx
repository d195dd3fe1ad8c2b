import type { GuideEvidence } from "../../guests/guide.ts";
import { ApiError, fetchLogs, fetchTrace } from "../api.ts";
import { useLive } from "../state/live.ts";
import { useLoaded } from "../state/loaded.ts";
import { hrefOf, traceHref } from "../state/place.ts";
import { metricHref } from "../views/metrics/metric_card.tsx";

/** Conditions about the Collector's counts: the exports behind them are listed. */
const ACCEPTED_SERIES = /^otelcol_receiver_accepted_/;

/** Links to the evidence of a condition. */
export function EvidenceLinks({ evidence }: { evidence: GuideEvidence }) {
  const { traceId, requestTraceId, metric, series = "" } = evidence;
  return (
    <span class="guide-evidence">
      {traceId !== undefined && <a href={traceHref(traceId)}>trace {traceId.slice(0, 8)}</a>}
      {traceId !== undefined && <LogsLink traceId={traceId} />}
      {requestTraceId !== undefined && requestTraceId !== traceId && (
        <RequestLink traceId={requestTraceId} />
      )}
      {metric !== undefined && <a href={metricHref(metric)}>metric</a>}
      {ACCEPTED_SERIES.test(series) && <a href="/exports">exports</a>}
    </span>
  );
}

/** Shown if log records were written within the trace. */
function LogsLink({ traceId }: { traceId: string }) {
  const logs = useLoaded(
    traceId,
    (signal) => fetchLogs({ trace_id: traceId, limit: 1 }, signal),
  );
  return logs.data && logs.data.logs.length > 0
    ? <a href={hrefOf("/logs", { trace_id: traceId })}>logs</a>
    : null;
}

/** Shown if the request created a trace: at once, or when it arrives. */
function RequestLink({ traceId }: { traceId: string }) {
  const has = useLoaded(traceId, (signal) => hasTrace(traceId, signal));
  useLive("traces", (summaries) => {
    if (!has.data && summaries.some((summary) => summary.traceId === traceId)) has.reload();
  });
  return has.data ? <a href={traceHref(traceId)}>request</a> : null;
}

async function hasTrace(traceId: string, signal: AbortSignal): Promise<boolean> {
  try {
    await fetchTrace(traceId, signal);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    throw error;
  }
}
