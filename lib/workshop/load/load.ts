import { connectionFailure, isTimeout } from "../../connection_failure.ts";
import { sleep } from "../../time.ts";
import { Latencies } from "./latencies.ts";

/** The load to generate. */
export interface LoadOptions {
  /** What is requested; the failing path is on the same host. */
  url: string;
  /** Requests per second, whether or not the app keeps up. */
  rate: number;
  durationMillis: number;
  /** The share of requests that go to the failing path, from 0 to 1. */
  errorShare: number;
  /** Ends the load early. */
  signal?: AbortSignal;
  /** Called about once a second. */
  onProgress?: (soFar: LoadResult) => void;
}

/** The result of the load. */
export interface LoadResult {
  sent: number;
  /** Responses by status. */
  statuses: ReadonlyMap<number, number>;
  /** Requests without a response, by reason. */
  failures: ReadonlyMap<string, number>;
  /** Not sent, because too many requests were waiting for a response. */
  skipped: number;
  elapsedMillis: number;
  /**
   * Of requests with a response, from when they were due, so that a stalled app doesn't look
   * better.
   */
  latencies: Latencies;
}

/** If more requests than this are waiting, the app doesn't keep up. */
const MAX_IN_FLIGHT = 500;
const TICK_MS = 5;
const PROGRESS_MS = 1000;
const REQUEST_TIMEOUT_MS = 10_000;

const ERROR_PATH = "/error";

// The load is never traced, even if this process instruments its own fetch.
const fetch = globalThis.fetch;

/** Sends requests at a steady rate, and reports the responses. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { url, rate, durationMillis, errorShare, signal, onProgress } = options;
  const statuses = new Map<number, number>();
  const failures = new Map<string, number>();
  const result = {
    sent: 0,
    statuses,
    failures,
    skipped: 0,
    elapsedMillis: 0,
    latencies: new Latencies(),
  };
  const waiting = new Set<Promise<void>>();
  const start = performance.now();
  const total = Math.max(Math.round(rate * durationMillis / 1000), 1);

  async function send(number: number, dueAt: number): Promise<void> {
    try {
      const response = await fetch(
        isError(number, errorShare) ? new URL(ERROR_PATH, url) : url,
        {
          signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
          headers: { "user-agent": "otel-kit load" },
        },
      );
      await response.arrayBuffer();
      count(statuses, response.status);
      result.latencies.add(performance.now() - dueAt);
    } catch (error) {
      count(failures, describeFailure(error));
    }
  }

  let due = 0;
  let nextProgress = PROGRESS_MS;
  while (due < total && !signal?.aborted) {
    const elapsed = performance.now() - start;
    for (const until = Math.min(Math.floor(elapsed * rate / 1000) + 1, total); due < until; due++) {
      if (waiting.size >= MAX_IN_FLIGHT) {
        result.skipped++;
        continue;
      }
      result.sent++;
      const request = send(due, start + due / rate * 1000).finally(() => waiting.delete(request));
      waiting.add(request);
    }
    if (elapsed >= nextProgress) {
      nextProgress += PROGRESS_MS;
      onProgress?.({ ...result, elapsedMillis: elapsed });
    }
    await sleep(TICK_MS);
  }
  await Promise.all(waiting);
  return { ...result, elapsedMillis: performance.now() - start };
}

/** Spreads errors evenly: at a share of 0.1, every tenth request is one. */
function isError(number: number, share: number): boolean {
  return Math.floor((number + 1) * share + 1e-9) > Math.floor(number * share + 1e-9);
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function describeFailure(error: unknown): string {
  return isTimeout(error)
    ? `no response within ${REQUEST_TIMEOUT_MS / 1000} s`
    : connectionFailure(error);
}
