import { anySignal, sleep } from "../../time.ts";
import type { CompareAnswer, CompareMode } from "../../guests/compare.ts";
import type { TraceDetail } from "../../collector/model.ts";
import { COMPARE_RUN, COMPARE_VIEW, METRICS, TRACE_DETAIL, TRACE_LIST } from "./answer_shapes.ts";
import type { ApiClient, LiveEvent } from "./api_client.ts";

/** The duration of the request in one mode, the client's view, and its telemetry. */
export interface ComparedMode extends Omit<CompareMode, "code"> {
  answer: CompareAnswer;
  /** Undefined if there is no telemetry, or none arrived in time. */
  trace?: TraceDetail;
  /** Names of the metrics that the service has sent so far. */
  metrics: string[];
}

/** The extra time after the last batch, for transport and for a busy machine. */
const GRACE_MS = 4000;

/**
 * Sends a request to all modes, and waits for their telemetry: until all of it has arrived, the time for their
 * batches is over, or the signal aborts.
 */
export async function comparison(
  client: ApiClient,
  path: string,
  stop: AbortSignal,
): Promise<ComparedMode[]> {
  const done = new AbortController();
  try {
    const events = await client.openEvents(anySignal(stop, done.signal));
    const { modes, compared } = await sendToAll(client, path);
    if (!await findTraces(client, compared)) {
      const batchDelayMs = Math.max(...modes.map(({ batchDelayMs = 0 }) => batchDelayMs));
      void sleep(batchDelayMs + GRACE_MS, done.signal).then(() => done.abort());
      await waitForTraces(client, compared, events);
    }
    return await withMetrics(client, compared);
  } finally {
    done.abort();
  }
}

/** Sends the request, and returns the client's view for each mode. */
async function sendToAll(client: ApiClient, path: string) {
  const { modes } = await client.get("/api/kit/compare", COMPARE_VIEW);
  const run = await client.post("/api/kit/compare", { path }, COMPARE_RUN);
  const compared = modes.flatMap(({ code: _, ...mode }): ComparedMode[] => {
    const answer = run.answers.find((answer) => answer.mode === mode.mode);
    return answer ? [{ ...mode, answer, metrics: [] }] : [];
  });
  return { modes, compared };
}

async function waitForTraces(
  client: ApiClient,
  compared: readonly ComparedMode[],
  events: AsyncIterable<LiveEvent>,
): Promise<void> {
  for await (const { name } of events) {
    const isNews = name === "traces" || name === "resync";
    if (isNews && await findTraces(client, compared)) return;
  }
}

/** Adds the names of the metrics that each mode's service sent. */
async function withMetrics(client: ApiClient, compared: ComparedMode[]): Promise<ComparedMode[]> {
  const metrics = await client.get("/api/kit/metrics", METRICS);
  for (const mode of compared) {
    mode.metrics = metrics.filter(({ serviceNames }) => serviceNames.includes(mode.serviceName!))
      .map(({ name }) => name);
  }
  return compared;
}

/** Looks for the traces that are still missing; returns whether all have arrived. */
async function findTraces(client: ApiClient, compared: readonly ComparedMode[]): Promise<boolean> {
  for (const mode of compared) {
    if (mode.serviceName === undefined || !isExpected(mode) || mode.trace) continue;
    const params = new URLSearchParams({
      service: mode.serviceName,
      start_time_min: mode.answer.startTimeMinUnixNano,
      start_time_max: mode.answer.startTimeMaxUnixNano,
      limit: "1",
    });
    const { traces: [found] } = await client.get(`/api/kit/traces?${params}`, TRACE_LIST);
    if (found) {
      mode.trace = await client.get(
        `/api/kit/traces/${encodeURIComponent(found.traceId)}`,
        TRACE_DETAIL,
      );
    }
  }
  return compared.every((mode) => !isExpected(mode) || mode.trace);
}

function isExpected({ serviceName, answer: { error, noSpanReason } }: ComparedMode): boolean {
  return serviceName !== undefined && error === undefined && noSpanReason === undefined;
}
