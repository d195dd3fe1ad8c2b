import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import process from "node:process";
import { TransportError } from "../../../telemetry/otlp/transport.ts";

/** The launcher is on the same machine and accepts everything; it reports problems to the user itself. */
const CONCURRENT_REQUESTS = 4;

/** How long sending may delay the exit of the process. */
const TIMEOUT_MS = 5000;

const HEADERS = { "content-type": "application/x-protobuf" };

/** `fetch` before instrumentation. */
const send = globalThis.fetch;

/** Sends traces to the launcher, even when the process exits. */
export class Outbox {
  readonly #url: string;
  /** Requests without a response. */
  readonly #unanswered = new Set<Uint8Array<ArrayBuffer>>();
  #isExiting = false;

  constructor(url: string) {
    this.#url = url;
  }

  get maxConcurrentRequests(): number {
    return this.#isExiting ? Infinity : CONCURRENT_REQUESTS;
  }

  /**
   * Sends a request in protobuf.
   *
   * @throws {TransportError} If it is not accepted within the time.
   */
  async post(body: Uint8Array<ArrayBuffer>, timeoutMillis: number): Promise<void> {
    this.#unanswered.add(body);
    if (this.#isExiting) return;
    try {
      const response = await send(this.#url, {
        method: "POST",
        headers: HEADERS,
        body,
        ...Number.isFinite(timeoutMillis) && { signal: AbortSignal.timeout(timeoutMillis) },
      });
      await response.arrayBuffer();
      if (!response.ok) throw new TransportError(`HTTP ${response.status}`, { retryable: false });
    } finally {
      this.#unanswered.delete(body);
    }
  }

  /**
   * Sends what is queued or without a response. Bun runs no asynchronous code while it exits, so another
   * process does it, for which this one waits.
   *
   * @param flush Hands everything that is queued to {@linkcode Outbox.post}.
   */
  sendAtExit(flush: () => void): void {
    this.#isExiting = true;
    flush();
    if (this.#unanswered.size === 0) return;
    const request = `{method:"POST",headers:${
      JSON.stringify(HEADERS)
    },body:await Bun.stdin.bytes()}`;
    spawnSync(process.execPath, ["-e", `await fetch(${JSON.stringify(this.#url)},${request})`], {
      // The messages of several requests, one after the other, are the message of one request.
      input: Buffer.concat([...this.#unanswered]),
      timeout: TIMEOUT_MS,
      stdio: ["pipe", "ignore", "ignore"],
      // It must not be instrumented itself; a compiled program acts as Bun.
      env: { ...process.env, BUN_OPTIONS: "", BUN_BE_BUN: "1" },
    });
  }
}
