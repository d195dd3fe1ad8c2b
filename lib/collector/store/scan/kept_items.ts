import type { FieldPath } from "../../../otlp/item_paths.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { LENGTH_DELIMITED, ReverseProtobufWriter } from "../../../otlp/reverse_writer.ts";

/** Enough for a length of up to 2^53 bytes. */
const MAX_VARINT_BYTES = 8;

/** Whether some items of a request were accepted and some were not. */
export function isPart(
  { accepted, rejected, duplicated }: Record<"accepted" | "rejected" | "duplicated", number>,
): boolean {
  return accepted > 0 && rejected + duplicated > 0;
}

/**
 * Reduces an already checked request to the items that begin at the given positions. Messages that no
 * longer hold any item are removed, too; everything else stays byte for byte.
 */
export function keptItems(
  request: Uint8Array,
  path: FieldPath,
  starts: ReadonlySet<number>,
): Uint8Array<ArrayBuffer> {
  return join(select(new ProtobufReader(request), request.length, path, starts)?.parts ?? []);
}

/** Consecutive parts of a message, and their total length. */
interface Selected {
  parts: Uint8Array[];
  length: number;
}

/** Undefined if the message had items and none of them is left. */
function select(
  reader: ProtobufReader,
  end: number,
  [numbers = [], ...deeper]: FieldPath,
  starts: ReadonlySet<number>,
): Selected | undefined {
  const { bytes } = reader;
  const selected: Selected = { parts: [], length: 0 };
  const add = (part: Uint8Array) => {
    selected.parts.push(part);
    selected.length += part.length;
  };
  let isEmptied = false;
  let isKept = false;
  while (reader.position < end) {
    const start = reader.position;
    const tag = reader.tag(end);
    if ((tag & 7) !== LENGTH_DELIMITED || !numbers.includes(tag >>> 3)) {
      reader.skip(tag, end);
      add(bytes.subarray(start, reader.position));
      continue;
    }
    const tagEnd = reader.position;
    const innerEnd = reader.lengthDelimited(end);
    if (deeper.length > 0) {
      const inner = select(reader, innerEnd, deeper, starts);
      if (inner) {
        add(bytes.subarray(start, tagEnd));
        add(varint(inner.length));
        for (const part of inner.parts) add(part);
        isKept = true;
      } else isEmptied = true;
    } else if (starts.has(reader.position)) {
      add(bytes.subarray(start, innerEnd));
      isKept = true;
    } else isEmptied = true;
    reader.position = innerEnd;
  }
  return isEmptied && !isKept ? undefined : selected;
}

function varint(value: number): Uint8Array {
  const writer = new ReverseProtobufWriter(MAX_VARINT_BYTES);
  writer.varint(value);
  return writer.finish();
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
