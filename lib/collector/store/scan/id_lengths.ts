import type { ProtobufReader } from "../../../otlp/protobuf_reader.ts";

/** How many bytes ids have. */
export const TRACE_ID_BYTES = 16;
export const SPAN_ID_BYTES = 8;

/** The tags of the ids in a message. */
export interface IdTags {
  traceId: number;
  spanId: number;
}

/**
 * What is wrong with the ids of a message that was checked before, from where the reader stands up to `end`. An
 * empty id, or one of zeros only, means that there is none. The Collector can't read any other length.
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

/** What is wrong with the length of an id that may be empty. */
export function lengthFault(name: "trace_id" | "span_id", length: number): string | undefined {
  const wanted = name === "trace_id" ? TRACE_ID_BYTES : SPAN_ID_BYTES;
  return length === 0 || length === wanted ? undefined : `${name} must be empty or ${wanted} bytes`;
}
