import { Backoff, isAskedToWait } from "../../backoff.ts";
import type { PartialSuccess } from "../../otlp/export_response.ts";
import { sleep } from "../../time.ts";
import type { Delivery } from "../delivery.ts";
import { type OtlpTransport, TransportError } from "./transport.ts";

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/#retry: exponential, with jitter. */
const BACKOFF = { firstMillis: 1000, maxMillis: 5000 };

/** By so much a pause ends before the export's time, so that it is known why the batch was lost. */
const MARGIN_MS = 20;

/** What a sender is made of. */
export interface OtlpSenderOptions {
  transport: OtlpTransport;
  /** Tells that a batch is tried again. */
  delivery: Pick<Delivery, "delay">;
  /** For one batch with all its retries, but without the pauses that the server asks for. */
  timeoutMillis: number;
}

/**
 * Sends encoded batches of one signal, and retries what may be retried until the time is over. When
 * the server asks for a pause, no batch is sent before it is over.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-throttling
 */
export class OtlpSender {
  readonly #options: OtlpSenderOptions;
  readonly #lastTry = new AbortController();
  /** When the server that asked for a pause may be sent something again. */
  #pause: { end: number; error: TransportError } | undefined;

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
  }

  /**
   * Sends a request within that time, pauses included; resolves with what the server says it did not
   * take of it.
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

  /** From now on each batch is tried once more and not again: the program is about to end. */
  stopRetrying(): void {
    this.#lastTry.abort();
  }

  /** Closes the connection; what is in flight is lost. */
  shutdown(): void {
    this.stopRetrying();
    this.#options.transport.shutdown();
  }

  /**
   * Waits until the server may be sent something; returns how long that took.
   *
   * @throws {TransportError} If that is not before the end.
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
