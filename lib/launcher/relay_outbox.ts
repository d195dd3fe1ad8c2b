import { protobufToJson } from "../otlp/decode.ts";
import { REQUEST_MESSAGES } from "../otlp/messages.ts";
import type { Signal } from "../otlp/signal.ts";
import { MAX_CONCURRENT_REQUESTS, type OtlpExporter } from "../telemetry/otlp/otlp_exporter.ts";

/** Advice for when a server is slower than the program. */
const TOO_SLOW = "The server takes them too slowly; send less, or check its logs";

/** The exporter of a target, which may need its requests in JSON. */
export interface RelayExporter extends OtlpExporter {
  isJson: boolean;
}

/** Forwards requests to all targets of their signal. The queue is bounded; requests beyond that are dropped. */
export class RelayOutbox {
  readonly #lines: Record<Signal, readonly Line[]>;
  readonly #maxBytes: number;
  readonly #sending = new Set<Promise<unknown>>();
  #bytes = 0;

  constructor(exporters: Record<Signal, readonly RelayExporter[]>, maxBytes: number) {
    const linesOf = (signal: Signal) => exporters[signal].map((exporter) => new Line(exporter));
    this.#lines = {
      traces: linesOf("traces"),
      metrics: linesOf("metrics"),
      logs: linesOf("logs"),
    };
    this.#maxBytes = maxBytes;
  }

  /**
   * Queues a request in protobuf with this many items, and returns whether there was room. It stays in the
   * queue until all targets have settled.
   *
   * @throws {MalformedError} If a target needs it in JSON and the bytes are not such a request.
   */
  add(signal: Signal, request: Uint8Array<ArrayBuffer>, count: number): boolean {
    const lines = this.#lines[signal];
    if (this.#bytes > this.#maxBytes) {
      for (const { exporter: { delivery } } of lines) {
        delivery.add(count);
        delivery.drop(count, TOO_SLOW);
      }
      return false;
    }
    const json = lines.some(({ exporter }) => exporter.isJson) ? toJson(signal, request) : request;
    this.#bytes += request.length;
    const sent = Promise.all(
      lines.map((line) => line.send(line.exporter.isJson ? json : request, count)),
    ).then(() => {
      this.#bytes -= request.length;
      this.#sending.delete(sent);
    });
    this.#sending.add(sent);
    return true;
  }

  /** Resolves when all added requests have settled. */
  async settled(): Promise<void> {
    await Promise.all(this.#sending);
  }

  /** Closes the connections; requests in flight or in the queue are lost. */
  shutdown(): void {
    for (const { exporter } of Object.values(this.#lines).flat()) exporter.sender.shutdown();
  }
}

/** The requests for one target. As many are in flight as the server keeps up with. */
class Line {
  readonly exporter: RelayExporter;
  readonly #waiting: (() => Promise<void>)[] = [];
  #inFlight = 0;

  constructor(exporter: RelayExporter) {
    this.exporter = exporter;
  }

  /** Resolves when the request is sent or lost. */
  send(request: Uint8Array<ArrayBuffer>, count: number): Promise<void> {
    const { delivery, sender } = this.exporter;
    delivery.add(count);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(() => delivery.settle(count, sender.send(request)).then(resolve));
    this.#sendWaiting();
    return promise;
  }

  #sendWaiting(): void {
    while (this.#inFlight < this.exporter.delivery.maxInFlight(MAX_CONCURRENT_REQUESTS)) {
      const send = this.#waiting.shift();
      if (!send) return;
      this.#inFlight++;
      send().then(() => {
        this.#inFlight--;
        this.#sendWaiting();
      });
    }
  }
}

function toJson(signal: Signal, request: Uint8Array): Uint8Array<ArrayBuffer> {
  const json = protobufToJson(REQUEST_MESSAGES[signal], request);
  return new TextEncoder().encode(JSON.stringify(json));
}
