import type { ISerializer } from "@opentelemetry/otlp-transformer";

/** Collects items and turns them into one export request. */
export interface ItemEncoder<T> {
  /** @throws {Error} If the item cannot be encoded. */
  add(item: T): void;
  /** The request with everything that was added. */
  finish(): Uint8Array<ArrayBuffer>;
}

/** How items of a signal are written in one of the encodings of OTLP. */
export interface ItemEncoding<T> {
  createEncoder(): ItemEncoder<T>;
}

/**
 * The SDK's serializers, for exporters to load when they are opened.
 *
 * They must not load anything later, during an export: an export runs in the context of whatever triggered it,
 * and on Deno 2.9 (up to 2.9.6 at least; no issue is known) the context of an `import()` that loads a module
 * becomes the context of all later requests.
 */
export const loadSerializers = () => import("@opentelemetry/otlp-transformer");

/** The serializers for JSON; see {@linkcode loadSerializers}. */
export async function loadJsonSerializers() {
  const { jsonSerializer } = await import("./json_serializer.ts");
  const all = await loadSerializers();
  return {
    traces: jsonSerializer("traces", all.JsonTraceSerializer, all.ProtobufTraceSerializer),
    metrics: jsonSerializer("metrics", all.JsonMetricsSerializer, all.ProtobufMetricsSerializer),
    logs: jsonSerializer("logs", all.JsonLogsSerializer, all.ProtobufLogsSerializer),
  };
}

/** The encoding of one of the SDK's serializers, which encode all items at once. */
export function serializerEncoding<T>(serializer: ISerializer<T[], unknown>): ItemEncoding<T> {
  return {
    createEncoder() {
      const items: T[] = [];
      return {
        add: (item) => items.push(item),
        finish: () => serializer.serializeRequest(items) as Uint8Array<ArrayBuffer>,
      };
    },
  };
}
