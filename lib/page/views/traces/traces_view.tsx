import { pathParts } from "../../state/place.ts";
import { TraceView } from "../trace/trace_view.tsx";
import { TraceListView } from "./trace_list_view.tsx";

/** The list, or a single trace if the URL has an id. */
export function TracesView() {
  const [, traceId] = pathParts.value;
  return traceId === undefined ? <TraceListView /> : <TraceView key={traceId} traceId={traceId} />;
}
