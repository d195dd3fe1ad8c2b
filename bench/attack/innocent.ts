import type { Target } from "./attacks.ts";
import { requestOfTrace } from "./load.ts";

/** Between two rounds of one client. */
const PAUSE_MS = 50;

/** What a client that asks and sends little had to wait for. */
export interface Waits {
  /** In milliseconds, of each answer. */
  millis: number[];
  /** What was not answered, or refused. */
  failures: string[];
}

/** A client with nothing to do with the attacks: sends a span, and asks for what is kept. */
export interface Innocent {
  /** What it had to wait for since the last time. */
  take(): Waits;
  stop(): Promise<void>;
}

/** Starts to send and to ask until stopped. */
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

/** How long so many of a hundred waited at most. */
export function percentile(millis: readonly number[], percent: number): number {
  const sorted = millis.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * percent / 100))] ?? NaN;
}
