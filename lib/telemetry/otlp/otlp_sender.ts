import { Backoff, isAskedToWait } from "../../backoff.ts";
import type { PartialSuccess } from "../../otlp/export_response.ts";
import { sleep } from "../../time.ts";
import type { Delivery } from "../delivery.ts";
import { type OtlpTransport, TransportError } from "./transport.ts";

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/#retry: exponential, with jitter. */
const BACKOFF = { firstMillis: 1000, maxMillis: 5000 };

/** A pause ends this long before the export's timeout, so that the reason for a lost batch is known. */
const MARGIN_MS = 20;

/** What a sender is made of. */
export interface OtlpSenderOptions {
  transport: OtlpTransport;
  /** Reports that a batch is retried. */
  delivery: Pick<Delivery, "delay">;
  /** For one batch with all retries, excluding the pauses that the server asks for. */
  timeoutMillis: number;
}

/**
 * Sends encoded batches of one signal and retries what may be retried until the timeout. If the server asks for
 * a pause, no batch is sent until it is over.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-throttling
 */
export class OtlpSender {
  readonly #options: OtlpSenderOptions;
  readonly #lastTry = new AbortController();
  /** The end of the pause that the server asked for. */
  #pause: { end: number; error: TransportError } | undefined;

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
  }

  /**
   * Sends a request within that time, including pauses. Resolves with what the server reports as rejected.
   *
   * @throws {TransportError} If it was not accepted.
   */
  async send(
    body: Uint8Array<ArrayBuffer>,
    timeoutMillis = Infinity,
  ): Promise<PartialSuccess> {
    const end = Date.now() + timeoutMillis;
    const { transport, delivery, timeoutMillis: sendMillis } = this.#options;
    if (this.#pause) await this.#waitForPause(end);
    let deadline = Math.min(Date.now() + sendMillis, end);
    const backoff = new Backoff(BACKOFF);
    while (true) {
      const lastTry = this.#lastTry.signal.aborted;
      try {
        return await transport.send(body, Math.max(deadline - Date.now(), 1));
      } catch (error) {
        if (!(error instanceof TransportError) || !error.retryable || lastTry) throw error;
        const wait = backoff.next(error.retryAfterMillis);
        if (isAskedToWait(error.retryAfterMillis)) {
          this.#pause = { end: Date.now() + wait, error };
          delivery.delay(error);
          deadline = Math.min(deadline + await this.#waitForPause(end), end);
        } else {
          if (Date.now() + wait >= deadline) throw error;
          delivery.delay(error);
          await sleep(wait, this.#lastTry.signal);
        }
      }
    }
  }

  /** From now on each batch is tried only once more: the program is about to end. */
  stopRetrying(): void {
    this.#lastTry.abort();
  }

  /** Closes the connection. Requests in flight are lost. */
  shutdown(): void {
    this.stopRetrying();
    this.#options.transport.shutdown();
  }

  /**
   * Waits until the server accepts requests again; returns how long that took.
   *
   * @throws {TransportError} If that is after the deadline.
   */
  async #waitForPause(end: number): Promise<number> {
    const start = Date.now();
    const pause = this.#pause;
    if (!pause || pause.end <= start) return 0;
    await sleep(Math.min(pause.end, end - MARGIN_MS) - start, this.#lastTry.signal);
    if (pause.end >= end && !this.#lastTry.signal.aborted) throw pause.error;
    return Date.now() - start;
  }
}
