import type { TraceList } from "../../collector/model.ts";
import { sleep } from "../../time.ts";
import { TRACE_LIST } from "./answer_shapes.ts";
import type { ApiClient } from "./api_client.ts";

const POLL_MS = 250;

/**
 * Waits until a trace matches, stored already or new.
 *
 * @param parameters The filter, as the collector's API takes it.
 * @returns The traces that match; none if the time is up, or the signal aborts.
 */
export async function waitForTraces(
  client: ApiClient,
  parameters: URLSearchParams,
  { timeoutMillis, signal }: { timeoutMillis: number; signal: AbortSignal },
): Promise<TraceList> {
  const end = performance.now() + timeoutMillis;
  while (true) {
    const found = await client.get(`/api/kit/traces?${parameters}`, TRACE_LIST);
    const left = end - performance.now();
    if (found.traces.length > 0 || left <= 0 || signal.aborted) return found;
    await sleep(Math.min(POLL_MS, left), signal);
  }
}
