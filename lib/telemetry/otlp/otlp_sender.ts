import { Backoff, sleep } from "../../backoff.ts";
import type { Delivery } from "../delivery.ts";
import type { ResponseReader } from "./export_response.ts";
import { type OtlpTransport, TransportError } from "./transport.ts";

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/#retry: exponential, with jitter. */
const BACKOFF = { firstMillis: 1000, maxMillis: 5000 };

/** What a sender is made of. */
export interface OtlpSenderOptions {
  transport: OtlpTransport;
  readResponse: ResponseReader;
  delivery: Delivery;
  /** For one batch with all its retries. */
  timeoutMillis: number;
}

/**
 * Sends encoded batches of one signal: retries what may be retried until the time is over, and keeps
 * the books in a {@linkcode Delivery}.
 */
export class OtlpSender {
  readonly #options: OtlpSenderOptions;
  readonly #lastTry = new AbortController();

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
  }

  /** Sends a request that holds so many items. Never rejects: the books tell what became of it. */
  async send(body: Uint8Array<ArrayBuffer>, count: number): Promise<void> {
    const { delivery, readResponse } = this.#options;
    try {
      delivery.succeed(count, readResponse(await this.#send(body)));
    } catch (error) {
      delivery.fail(error);
    }
  }

  /** From now on each batch is tried once more and not again: the program is about to end. */
  stopRetrying(): void {
    this.#lastTry.abort();
  }

  /** Closes the connection; what is in flight is lost. */
  shutdown(): void {
    this.stopRetrying();
    this.#options.transport.shutdown();
  }

  async #send(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    const { transport, timeoutMillis, delivery } = this.#options;
    const deadline = Date.now() + timeoutMillis;
    const backoff = new Backoff(BACKOFF);
    while (true) {
      const lastTry = this.#lastTry.signal.aborted;
      try {
        return await transport.send(body, Math.max(deadline - Date.now(), 1));
      } catch (error) {
        if (!(error instanceof TransportError) || !error.retryable || lastTry) throw error;
        const wait = error.retryAfterMillis ?? backoff.next();
        if (Date.now() + wait >= deadline) throw error;
        delivery.delay(error);
        await sleep(wait, this.#lastTry.signal);
      }
    }
  }
}
