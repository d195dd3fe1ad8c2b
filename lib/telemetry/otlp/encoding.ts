import type { ISerializer } from "@opentelemetry/otlp-transformer";

/** The part of every signal's response that tells what the server did not take. */
export interface OtlpResponse {
  partialSuccess?: {
    rejectedSpans?: number | string | bigint;
    rejectedDataPoints?: number | string | bigint;
    rejectedLogRecords?: number | string | bigint;
    errorMessage?: string;
  };
}

/** Collects items and turns them into one export request. */
export interface Encoder<T> {
  /** @throws {Error} If the item cannot be encoded. */
  add(item: T): void;
  /** The request with everything that was added. */
  finish(): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
}

/** How one encoding of OTLP is written and read. */
export interface Encoding<T> {
  createEncoder(): Encoder<T>;
  deserializeResponse: ResponseReader;
}

/** Reads the answer to a request. */
export type ResponseReader = (answer: Uint8Array) => OtlpResponse | Promise<OtlpResponse>;

/**
 * The SDK's serializers. They are loaded when the first request is made, for which an app that starts
 * need not wait.
 */
export const loadSerializers = () => import("@opentelemetry/otlp-transformer");

/** The encoding of one of the SDK's serializers, which takes items all at once. */
export function serializerEncoding<T>(
  load: () => Promise<ISerializer<T[], OtlpResponse>>,
): Encoding<T> {
  return {
    deserializeResponse: async (answer) => (await load()).deserializeResponse(answer),
    createEncoder() {
      const items: T[] = [];
      return {
        add: (item) => items.push(item),
        finish: async () => (await load()).serializeRequest(items) as Uint8Array<ArrayBuffer>,
      };
    },
  };
}
