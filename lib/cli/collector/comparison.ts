import { anySignal } from "../../time.ts";
import type { CompareAnswer, CompareMode, CompareRun, CompareView } from "../../guests/compare.ts";
import type { MetricSummary, TraceDetail, TraceList } from "../../collector/model.ts";
import type { ApiClient } from "./api_client.ts";

/** What one mode cost, what its client saw, and what its telemetry told. */
export interface ComparedMode extends Omit<CompareMode, "code"> {
  answer: CompareAnswer;
  /** Undefined where there is no telemetry, or none that arrived in time. */
  trace?: TraceDetail;
  /** Names of the metrics that its service sent so far. */
  metrics: string[];
}

/** After the last batch: for its way, and for a machine that is busy. */
const GRACE_MS = 4000;

/**
 * Sends a request to all modes, and waits for what they tell: until all have told something, the time
 * for their batches is over, or the signal ends it.
 */
export async function comparison(
  client: ApiClient,
  path: string,
  stop: AbortSignal,
): Promise<ComparedMode[]> {
  const done = new AbortController();
  const events = await client.openEvents(anySignal(stop, done.signal));
  const { modes } = await client.get<CompareView>("/api/kit/compare");
  const run = await client.post<CompareRun>("/api/kit/compare", { path });
  const compared = modes.flatMap(({ code: _, ...mode }): ComparedMode[] => {
    const answer = run.answers.find((answer) => answer.mode === mode.mode);
    return answer ? [{ ...mode, answer, metrics: [] }] : [];
  });

  if (!await findTraces(client, compared)) {
    const batchDelayMs = Math.max(...modes.map(({ batchDelayMs = 0 }) => batchDelayMs));
    const patience = setTimeout(() => done.abort(), batchDelayMs + GRACE_MS);
    for await (const { name } of events) {
      const isNews = name === "traces" || name === "resync";
      if (isNews && await findTraces(client, compared)) break;
    }
    clearTimeout(patience);
  }
  done.abort();
  const metrics = await client.get<MetricSummary[]>("/api/kit/metrics");
  for (const mode of compared) {
    mode.metrics = metrics.filter(({ serviceNames }) => serviceNames.includes(mode.serviceName!))
      .map(({ name }) => name);
  }
  return compared;
}

/** Looks for the traces that are still missing; tells whether all are there. */
async function findTraces(client: ApiClient, compared: readonly ComparedMode[]): Promise<boolean> {
  for (const mode of compared) {
    if (mode.serviceName === undefined || mode.trace) continue;
    const params = new URLSearchParams({
      service: mode.serviceName,
      start_time_min: mode.answer.startTimeMinUnixNano,
      start_time_max: mode.answer.startTimeMaxUnixNano,
      limit: "1",
    });
    const { traces: [found] } = await client.get<TraceList>(`/api/kit/traces?${params}`);
    if (found) mode.trace = await client.get<TraceDetail>(`/api/kit/traces/${found.traceId}`);
  }
  return compared.every(({ serviceName, trace }) => serviceName === undefined || trace);
}
