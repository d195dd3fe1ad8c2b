import { ApiError } from "../../api.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { stats, useLive } from "../../state/live.ts";
import { useThrottled } from "../../state/throttle.ts";
import { TracePage } from "./trace_page.tsx";
import { useTrace } from "./use_trace.ts";

const LOGS_MS = 150;
const NOT_FOUND = 404;

/** One trace of the collector; late spans are added when they arrive. */
export function TraceView({ traceId }: { traceId: string }) {
  const { data, error, reload } = useTrace(traceId);
  useLive("logs", useThrottled(reload, LOGS_MS));
  if (data) return <TracePage trace={data} />;
  if (!error) return <LoadingState />;
  if (error instanceof ApiError && error.status === NOT_FOUND) return <NotKept traceId={traceId} />;
  return <ErrorState title="Cannot load the trace" error={error} onRetry={reload} />;
}

/** Says that a trace is not stored, and why that may be. */
export function NotKept({ traceId }: { traceId: string }) {
  const most = stats.value?.store.maxTraces;
  return (
    <EmptyState title="Trace not found">
      <p>
        <code>{traceId}</code> has not arrived, or had to make room for newer traces
        {most !== undefined && ` (${most} are kept; --max-traces sets how many)`}. If it arrives, it
        appears here at once.
      </p>
      <p>
        <a href="/traces">All stored traces</a>
      </p>
    </EmptyState>
  );
}
