import { MalformedError } from "../../otlp/malformed_error.ts";
import { decodeBody } from "./decode_body.ts";
import type { DecodeAnswer, DecodeCall, DecodedBody, EncodedBody } from "./decode_calls.ts";
import { claimedBytesOf } from "./claimed_bytes.ts";
import { InflatedTooLargeError } from "./inflate.ts";

/** Bodies up to this size are decoded at once, which takes about a millisecond. */
const MAX_INLINE_BYTES = 64 * 1024;

interface Pending {
  resolve: (decoded: DecodedBody) => void;
  reject: (error: Error) => void;
}

/**
 * Decompresses bodies and converts OTLP JSON to protobuf. A worker decodes long bodies, so that they
 * don't delay others. It starts on demand. If it fails, its current work is lost, and the next long body
 * starts another worker.
 */
export class BodyDecoder implements Disposable {
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #pending = new Map<number, Pending>();

  /**
   * Decodes a body. The decoder takes ownership of the bytes.
   *
   * @throws {MalformedError} If it is corrupt, not JSON, or not OTLP.
   * @throws {InflatedTooLargeError} If its decompressed size exceeds the limit.
   * @throws {Error} If the worker fails.
   */
  decode(body: EncodedBody): Promise<DecodedBody> {
    const { bytes, compression } = body;
    const inflatedBytes = compression === "none" ? 0 : claimedBytesOf(bytes, compression);
    return Math.max(bytes.length, inflatedBytes) <= MAX_INLINE_BYTES
      ? decodeBody(body)
      : this.#ask(body);
  }

  [Symbol.dispose](): void {
    this.#end(new Error("the collector is shutting down"));
  }

  #ask(body: EncodedBody): Promise<DecodedBody> {
    const worker = this.#worker ??= this.#start();
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<DecodedBody>();
    this.#pending.set(id, { resolve, reject });
    worker.postMessage({ id, ...body } satisfies DecodeCall, [body.bytes.buffer]);
    return promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./decode_worker.ts", import.meta.url), {
      type: "module",
      name: "decode",
    });
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
      const pending = this.#pending.get(data.id);
      this.#pending.delete(data.id);
      if ("parts" in data) pending?.resolve(data);
      else if ("isTooLarge" in data) pending?.reject(new InflatedTooLargeError());
      else pending?.reject(new MalformedError(data.message, data.byteOffset));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(new Error(`decoding has failed: ${event.message}`));
    };
    worker.onmessageerror = () => this.#end(new Error("decoding has failed"));
    return worker;
  }

  #end(reason: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}
