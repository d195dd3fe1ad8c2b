import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { ISerializer } from "@opentelemetry/otlp-transformer";
import type { Delivery } from "../delivery.ts";
import { type OtlpTransport, TransportError } from "./transport.ts";

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/#retry: exponential, with jitter. */
const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 5000;
const BACKOFF_FACTOR = 1.5;
const BACKOFF_JITTER = 0.2;

/** The part of every signal's response that tells what the server did not take. */
interface OtlpResponse {
  partialSuccess?: {
    rejectedSpans?: number | string | bigint;
    errorMessage?: string;
  };
}

/** What an exporter is made of. */
export interface OtlpExporterOptions<Item> {
  serializer: ISerializer<Item[], OtlpResponse>;
  transport: OtlpTransport;
  delivery: Delivery;
  /** For one batch with all its retries. */
  timeoutMillis: number;
}

/**
 * Sends batches of one signal over OTLP: encodes, sends, retries what may be retried until the time
 * is over, and keeps the books in a {@linkcode Delivery}.
 */
export class OtlpExporter<Item> {
  readonly #options: OtlpExporterOptions<Item>;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #lastTry = new AbortController();

  constructor(options: OtlpExporterOptions<Item>) {
    this.#options = options;
  }

  /** Sends a batch; the callback gets the result. Never throws. */
  export(items: Item[], resultCallback: (result: ExportResult) => void): void {
    const sending = this.#export(items).then(resultCallback);
    this.#inFlight.add(sending);
    sending.finally(() => this.#inFlight.delete(sending));
  }

  /** Resolves when nothing is in flight. */
  async forceFlush(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  /** From now on each batch is tried once more and not again: the program is about to end. */
  stopRetrying(): void {
    this.#lastTry.abort();
  }

  /** Waits for what is in flight and closes the connection. */
  async shutdown(): Promise<void> {
    this.stopRetrying();
    await this.forceFlush();
    this.#options.transport.shutdown();
  }

  async #export(items: Item[]): Promise<ExportResult> {
    const { serializer, delivery } = this.#options;
    try {
      const body = serializer.serializeRequest(items);
      if (!body) throw new Error("the batch cannot be encoded");
      const answer = await this.#send(body as Uint8Array<ArrayBuffer>);
      delivery.succeed(items.length, readPartialSuccess(serializer, answer));
      return { code: ExportResultCode.SUCCESS };
    } catch (error) {
      delivery.fail(items.length, error);
      return { code: ExportResultCode.FAILED, error: error as Error };
    }
  }

  async #send(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    const { transport, timeoutMillis, delivery } = this.#options;
    const deadline = Date.now() + timeoutMillis;
    let backoff = FIRST_BACKOFF_MS;
    while (true) {
      const lastTry = this.#lastTry.signal.aborted;
      try {
        return await transport.send(body, deadline - Date.now());
      } catch (error) {
        if (!(error instanceof TransportError) || !error.retryable || lastTry) throw error;
        const wait = error.retryAfterMillis ?? jittered(backoff);
        backoff = Math.min(backoff * BACKOFF_FACTOR, MAX_BACKOFF_MS);
        if (Date.now() + wait >= deadline) throw error;
        delivery.delay(error);
        await sleep(wait, this.#lastTry.signal);
      }
    }
  }
}

/** What the server says it did not take; an answer that cannot be read says nothing. */
function readPartialSuccess<Item>(
  serializer: ISerializer<Item[], OtlpResponse>,
  answer: Uint8Array,
): { rejected: number; message: string } {
  try {
    const partial = answer.length > 0
      ? serializer.deserializeResponse(answer).partialSuccess
      : undefined;
    return {
      rejected: Number(partial?.rejectedSpans ?? 0),
      message: partial?.errorMessage ?? "",
    };
  } catch {
    return { rejected: 0, message: "" };
  }
}

function jittered(millis: number): number {
  return millis * (1 + BACKOFF_JITTER * (2 * Math.random() - 1));
}

/** Resolves after the time, or as soon as the signal aborts. */
function sleep(millis: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, millis);
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
