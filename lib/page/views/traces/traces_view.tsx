import { pathParts } from "../../state/place.ts";
import { DiffView } from "../diff/diff_view.tsx";
import { TraceView } from "../trace/trace_view.tsx";
import { TraceListView } from "./trace_list_view.tsx";

/** The list, a single trace if the URL has an id, or two of them: `/traces/A/compare/B`. */
export function TracesView() {
  const [, traceId, action, otherId] = pathParts.value;
  if (traceId === undefined) return <TraceListView />;
  if (action === "compare" && otherId !== undefined) {
    return <DiffView key={`${traceId} ${otherId}`} a={traceId} b={otherId} />;
  }
  return <TraceView key={traceId} traceId={traceId} />;
}
