import { quoted } from "../../../query/terms.ts";
import type { CompareAnswer, CompareMode } from "../../../guests/compare.ts";
import type { TraceDetail, TraceSummary } from "../../../collector/model.ts";
import { toNanos } from "../../../otlp/nanos.ts";
import { fetchRequestDurations, fetchTrace, fetchTraces } from "../../api.ts";
import { toMillis } from "../../format/time.ts";
import { type Median, medianOf } from "../metrics/median.ts";

/** Sender and receiver use the same machine's clock, but read it at different moments. */
const TOLERANCE_MS = 2;

/** Other requests may have reached the app at the same time. */
const MAX_CANDIDATES = 50;

/** The trace of the request in the mode's app; undefined until it has arrived. */
export async function findTrace(
  { serviceName }: CompareMode,
  answer: CompareAnswer,
  signal?: AbortSignal,
): Promise<TraceDetail | undefined> {
  if (serviceName === undefined || answer.error !== undefined) return undefined;
  const range = {
    fromMillis: Math.floor(toMillis(answer.startTimeMinUnixNano)) - TOLERANCE_MS,
    toMillis: Math.ceil(toMillis(answer.startTimeMaxUnixNano)) + TOLERANCE_MS,
  };
  const { traces } = await fetchTraces(
    { query: `service:${quoted(serviceName)}`, range, limit: MAX_CANDIDATES },
    signal,
  );
  const trace = traces.findLast((summary) => isWithin(summary, answer));
  return trace && await fetchTrace(trace.traceId, signal);
}

/** Whether a trace began between the request and its response. */
export function isWithin(
  { startTimeUnixNano }: Pick<TraceSummary, "startTimeUnixNano">,
  { startTimeMinUnixNano, startTimeMaxUnixNano }: CompareAnswer,
): boolean {
  const start = toNanos(startTimeUnixNano);
  return start >= BigInt(startTimeMinUnixNano) - BigInt(TOLERANCE_MS * 1e6) &&
    start <= BigInt(startTimeMaxUnixNano) + BigInt(TOLERANCE_MS * 1e6);
}

/** The median of the request durations that a service measured itself; undefined without any. */
export async function medianDuration(
  serviceName: string,
  signal?: AbortSignal,
): Promise<Median | undefined> {
  const metric = await fetchRequestDurations(signal).catch(() => undefined);
  return metric && medianOf(metric, serviceName);
}

/** Milliseconds until the batch with the request's spans is sent; 0 if that time is over. */
export function waitMillis(
  { batchDelayMs = 0 }: CompareMode,
  { startTimeMaxUnixNano }: CompareAnswer,
  nowMillis: number,
): number {
  return Math.max(0, toMillis(startTimeMaxUnixNano) + batchDelayMs - nowMillis);
}
