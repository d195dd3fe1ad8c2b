import type { ProtobufReader } from "../../../otlp/protobuf_reader.ts";

/** The lengths of ids. */
export const TRACE_ID_BYTES = 16;
export const SPAN_ID_BYTES = 8;

/** The tags of the ids in a message. */
export interface IdTags {
  traceId: number;
  spanId: number;
}

/**
 * Returns what is wrong with the ids of an already checked message, from the reader's position up to
 * `end`. An empty or all-zero id means that there is none. The Collector can't read any other length.
 */
export function idFault(reader: ProtobufReader, end: number, ids: IdTags): string | undefined {
  let fault: string | undefined;
  while (reader.position < end) {
    const tag = reader.tag(end);
    if (tag !== ids.traceId && tag !== ids.spanId) {
      reader.skip(tag, end);
      continue;
    }
    const inner = reader.lengthDelimited(end);
    fault ??= lengthFault(tag === ids.traceId ? "trace_id" : "span_id", inner - reader.position);
    reader.position = inner;
  }
  return fault;
}

/** Returns what is wrong with the length of an id that may be empty. */
export function lengthFault(name: "trace_id" | "span_id", length: number): string | undefined {
  const wanted = name === "trace_id" ? TRACE_ID_BYTES : SPAN_ID_BYTES;
  return length === 0 || length === wanted ? undefined : `${name} must be empty or ${wanted} bytes`;
}
