import { TraceListView } from "./trace_list_view.tsx";

/** The list, as it grows. */
export function TracesView() {
  return <TraceListView />;
}
