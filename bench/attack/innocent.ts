import type { Target } from "./attacks.ts";
import { requestOfTrace } from "./load.ts";

/** The time between two rounds of one client. */
const PAUSE_MS = 50;

/** The waiting times of a client with few requests. */
export interface Waits {
  /** In milliseconds, for each response. */
  millis: number[];
  /** Requests without a response, or rejected ones. */
  failures: string[];
}

/** A client that is not part of the attacks: it sends a span, and queries the store. */
export interface Innocent {
  /** The waiting times since the last call. */
  take(): Waits;
  stop(): Promise<void>;
}

/** Starts to send and query until stopped. */
export function startInnocent({ httpUrl, uiUrl }: Target): Innocent {
  let waits: Waits = { millis: [], failures: [] };
  let isOver = false;

  async function measure(url: string, init: RequestInit = {}): Promise<void> {
    const start = performance.now();
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
      await response.arrayBuffer();
      if (!response.ok) waits.failures.push(`${response.status} of ${new URL(url).pathname}`);
      else waits.millis.push(performance.now() - start);
    } catch (error) {
      waits.failures.push(String(error));
    }
  }

  async function run(): Promise<void> {
    while (!isOver) {
      const { body } = requestOfTrace(String(BigInt(Date.now()) * 1_000_000n), 1);
      await measure(`${httpUrl}/v1/traces`, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf" },
        body,
      });
      await measure(`${uiUrl}/api/kit/stats`);
      await measure(`${uiUrl}/api/v3/services`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  const running = run();
  return {
    take() {
      const taken = waits;
      waits = { millis: [], failures: [] };
      return taken;
    },
    async stop() {
      isOver = true;
      await running;
    },
  };
}

/** A percentile of the waiting times. */
export function percentile(millis: readonly number[], percent: number): number {
  const sorted = millis.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * percent / 100))] ?? NaN;
}
