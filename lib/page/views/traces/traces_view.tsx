import { pathParts } from "../../state/place.ts";
import { TraceView } from "../trace/trace_view.tsx";
import { TraceListView } from "./trace_list_view.tsx";

/** The list, or with an id in the address one trace. */
export function TracesView() {
  const [, traceId] = pathParts.value;
  return traceId === undefined ? <TraceListView /> : <TraceView key={traceId} traceId={traceId} />;
}
