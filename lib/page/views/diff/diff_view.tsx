import { useMemo } from "preact/hooks";
import type { TraceDetail } from "../../../collector/model.ts";
import { diffTraces } from "../../../trace/diff.ts";
import { readTrace } from "../../../trace/spans.ts";
import { buildTree } from "../../../trace/tree.ts";
import { ApiError } from "../../api.ts";
import { ErrorState, LoadingState } from "../../components/messages.tsx";
import { useKeys } from "../../state/keyboard.ts";
import { navigate, traceHref } from "../../state/place.ts";
import { useTitle } from "../../state/title.ts";
import { NotKept } from "../trace/trace_view.tsx";
import { useTrace } from "../trace/use_trace.ts";
import { DiffHead } from "./diff_head.tsx";
import { DiffRows } from "./diff_rows.tsx";

const NOT_FOUND = 404;

/** Two traces side by side, by their IDs: what only one of them has, and what became slower or faster. */
export function DiffView({ a, b }: { a: string; b: string }) {
  useTitle("Compare traces");
  const first = useTrace(a);
  const second = useTrace(b);
  useKeys({ Escape: () => navigate(traceHref(a)) });
  if (first.data && second.data) return <DiffPage a={first.data} b={second.data} />;
  for (const [traceId, { error, reload }] of [[a, first], [b, second]] as const) {
    if (error instanceof ApiError && error.status === NOT_FOUND) {
      return <NotKept traceId={traceId} />;
    }
    if (error) return <ErrorState title="Cannot load the traces" error={error} onRetry={reload} />;
  }
  return <LoadingState />;
}

function DiffPage({ a, b }: { a: TraceDetail; b: TraceDetail }) {
  const [traceA, traceB] = useMemo(() => [readTrace(a.data), readTrace(b.data)], [a, b]);
  const roots = useMemo(
    () => diffTraces(buildTree(traceA.spans), buildTree(traceB.spans)),
    [traceA, traceB],
  );
  const longerNanos = Math.max(traceA.durationNanos, traceB.durationNanos);
  return (
    <div class="diff">
      <DiffHead a={a.summary} b={b.summary} roots={roots} longerNanos={longerNanos} />
      <DiffRows
        traceIds={[a.summary.traceId, b.summary.traceId]}
        roots={roots}
        longerNanos={longerNanos}
      />
    </div>
  );
}
