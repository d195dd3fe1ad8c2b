import { protobufToJson } from "../otlp/decode.ts";
import { REQUEST_MESSAGES } from "../otlp/messages.ts";
import type { Signal } from "../otlp/signal.ts";
import type { OtlpExporter } from "../telemetry/otlp/otlp_exporter.ts";

/** What to do where a server is slower than the program. */
const TOO_SLOW = "The server takes them too slowly; send less, or see what it says itself";

/** The exporter of a target, which may want its requests in JSON. */
export interface RelayExporter extends OtlpExporter {
  isJson: boolean;
}

/** Sends requests on to all targets of their signal. What waits is bounded, and the rest dropped. */
export class RelayOutbox {
  readonly #exporters: Record<Signal, readonly RelayExporter[]>;
  readonly #maxBytes: number;
  readonly #sending = new Set<Promise<unknown>>();
  #bytes = 0;

  constructor(exporters: Record<Signal, readonly RelayExporter[]>, maxBytes: number) {
    this.#exporters = exporters;
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes a request in protobuf with so many items, and returns whether there was room for it. It waits
   * until all targets have settled.
   *
   * @throws {MalformedError} If a target wants it in JSON and the bytes are no such request.
   */
  add(signal: Signal, request: Uint8Array<ArrayBuffer>, count: number): boolean {
    const exporters = this.#exporters[signal];
    if (this.#bytes > this.#maxBytes) {
      for (const { delivery } of exporters) {
        delivery.add(count);
        delivery.drop(count, TOO_SLOW);
      }
      return false;
    }
    const json = exporters.some(({ isJson }) => isJson) ? toJson(signal, request) : request;
    this.#bytes += request.length;
    const sent = Promise.all(exporters.map(({ sender, delivery, isJson }) => {
      delivery.add(count);
      return delivery.settle(count, sender.send(isJson ? json : request, count));
    })).then(() => {
      this.#bytes -= request.length;
      this.#sending.delete(sent);
    });
    this.#sending.add(sent);
    return true;
  }

  /** Resolves when everything that was added has settled. */
  async settled(): Promise<void> {
    await Promise.all(this.#sending);
  }

  /** Closes the connections; what is in flight is lost. */
  shutdown(): void {
    for (const { sender } of Object.values(this.#exporters).flat()) sender.shutdown();
  }
}

function toJson(signal: Signal, request: Uint8Array): Uint8Array<ArrayBuffer> {
  const json = protobufToJson(REQUEST_MESSAGES[signal], request);
  return new TextEncoder().encode(JSON.stringify(json));
}
