import type { TraceDetail } from "../../../collector/model.ts";
import { fetchTrace } from "../../api.ts";
import { useLive } from "../../state/live.ts";
import { type Loaded, useLoaded } from "../../state/loaded.ts";
import { useThrottled } from "../../state/throttle.ts";

const REFRESH_MS = 150;

/** A trace of the collector, which is loaded again when late spans arrive. */
export function useTrace(traceId: string): Loaded<TraceDetail> {
  const loaded = useLoaded(traceId, (signal) => fetchTrace(traceId, signal));
  const refresh = useThrottled(loaded.reload, REFRESH_MS);
  useLive("traces", (traces) => {
    if (traces.some((trace) => trace.traceId === traceId)) refresh();
  });
  useLive("resync", refresh);
  return loaded;
}
