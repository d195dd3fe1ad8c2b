import { type FieldPath, ITEM_PATHS } from "./item_paths.ts";
import { ProtobufReader } from "./protobuf_reader.ts";
import { LENGTH_DELIMITED } from "./reverse_writer.ts";
import type { Signal } from "./signal.ts";

/**
 * Counts the spans, data points or log records in an export request in protobuf, without reading their content.
 *
 * @throws {MalformedError} If the bytes are not such a request.
 */
export function countItems(signal: Signal, request: Uint8Array): number {
  return count(new ProtobufReader(request), request.length, ITEM_PATHS[signal], 0);
}

function count(reader: ProtobufReader, end: number, path: FieldPath, level: number): number {
  let found = 0;
  while (reader.position < end) {
    const tag = reader.tag(end);
    if ((tag & 7) !== LENGTH_DELIMITED || !path[level]!.includes(tag >>> 3)) {
      reader.skip(tag, end);
      continue;
    }
    const inner = reader.lengthDelimited(end);
    if (level < path.length - 1) found += count(reader, inner, path, level + 1);
    else {
      reader.position = inner;
      found++;
    }
  }
  return found;
}
