import { Backoff } from "../../backoff.ts";
import { sleep } from "../../time.ts";
import type { Acceptance, Delivery } from "../delivery.ts";
import type { ResponseReader } from "./export_response.ts";
import { type OtlpTransport, TransportError } from "./transport.ts";

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/#retry: exponential, with jitter. */
const BACKOFF = { firstMillis: 1000, maxMillis: 5000 };

/** What a sender is made of. */
export interface OtlpSenderOptions {
  transport: OtlpTransport;
  readResponse: ResponseReader;
  /** Tells that a batch is tried again. */
  delivery: Pick<Delivery, "delay">;
  /** For one batch with all its retries. */
  timeoutMillis: number;
}

/** Sends encoded batches of one signal, and retries what may be retried until the time is over. */
export class OtlpSender {
  readonly #options: OtlpSenderOptions;
  readonly #lastTry = new AbortController();

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
  }

  /**
   * Sends a request that holds so many items, within that time if it is shorter than the sender's own.
   *
   * @throws {TransportError} If it was not accepted.
   */
  async send(
    body: Uint8Array<ArrayBuffer>,
    count: number,
    timeoutMillis = Infinity,
  ): Promise<Acceptance> {
    const millis = Math.min(timeoutMillis, this.#options.timeoutMillis);
    const { rejected, message } = this.#options.readResponse(await this.#send(body, millis));
    // A server can be wrong: it cannot have rejected more than it got.
    return { rejected: Math.min(rejected, count), message };
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

  async #send(body: Uint8Array<ArrayBuffer>, timeoutMillis: number): Promise<Uint8Array> {
    const { transport, delivery } = this.#options;
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
