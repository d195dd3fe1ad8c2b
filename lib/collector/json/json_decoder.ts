import { type DocumentPart, documentToProtobuf, jsonToProtobuf } from "../../otlp/json_request.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import type { Signal } from "../../otlp/signal.ts";
import type { JsonAnswer, JsonCall } from "./json_calls.ts";

/** Up to this it is read at once, which takes about a millisecond. */
const MAX_INLINE_BYTES = 64 * 1024;

interface Pending {
  resolve: (parts: DocumentPart[]) => void;
  reject: (error: Error) => void;
}

/**
 * Turns OTLP's JSON into protobuf. What is long is read by a worker, one after the other, so that
 * nobody else has to wait for it. The worker starts when it is first needed; one that fails takes
 * what it was given along, and the next long JSON starts another.
 */
export class JsonDecoder implements Disposable {
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #pending = new Map<number, Pending>();

  /**
   * Reads an export request. The bytes are the decoder's from now on.
   *
   * @throws {MalformedError} If it is no JSON or not of OTLP's shape.
   * @throws {Error} If the worker fails.
   */
  async request(signal: Signal, bytes: Uint8Array<ArrayBuffer>): Promise<DocumentPart> {
    if (bytes.length <= MAX_INLINE_BYTES) return { signal, ...jsonToProtobuf(signal, bytes) };
    const [part] = await this.#ask(bytes, signal);
    return part!;
  }

  /** As {@linkcode request}, for a document that may hold any signals: an export request of each. */
  async document(bytes: Uint8Array<ArrayBuffer>): Promise<DocumentPart[]> {
    if (bytes.length <= MAX_INLINE_BYTES) return documentToProtobuf(bytes);
    return await this.#ask(bytes, undefined);
  }

  [Symbol.dispose](): void {
    this.#end(new Error("the collector ends"));
  }

  #ask(bytes: Uint8Array<ArrayBuffer>, signal: Signal | undefined): Promise<DocumentPart[]> {
    const worker = this.#worker ??= this.#start();
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<DocumentPart[]>();
    this.#pending.set(id, { resolve, reject });
    worker.postMessage({ id, bytes, signal } satisfies JsonCall, [bytes.buffer]);
    return promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./json_worker.ts", import.meta.url), {
      type: "module",
      name: "json",
    });
    worker.onmessage = ({ data }: MessageEvent<JsonAnswer>) => {
      const pending = this.#pending.get(data.id);
      this.#pending.delete(data.id);
      if ("parts" in data) pending?.resolve(data.parts);
      else pending?.reject(new MalformedError(data.message, data.byteOffset));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(new Error(`reading JSON has failed: ${event.message}`));
    };
    worker.onmessageerror = () => this.#end(new Error("reading JSON has failed"));
    return worker;
  }

  #end(reason: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}
