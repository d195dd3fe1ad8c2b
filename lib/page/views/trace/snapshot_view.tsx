import type { TraceDetail } from "../../../collector/model.ts";
import { TracePage } from "./trace_page.tsx";

/** The trace in a file, without a collector. */
export function SnapshotView({ trace }: { trace: TraceDetail }) {
  return (
    <main id="main">
      <TracePage trace={trace} />
    </main>
  );
}
