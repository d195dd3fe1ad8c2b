import type { TraceDetail } from "../../../collector/model.ts";
import { TracePage } from "./trace_page.tsx";

/** The trace that a file carries, without a collector behind it. */
export function SnapshotView({ trace }: { trace: TraceDetail }) {
  return (
    <main id="main">
      <TracePage trace={trace} />
    </main>
  );
}
