import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { LENGTH_DELIMITED } from "../../../otlp/reverse_writer.ts";

/** Field numbers on the way from a request to its items, level by level. */
type Path = readonly (readonly number[])[];

/** Where the spans lie in a request of traces. */
export const PATH_TO_SPANS: Path = [[1], [2], [2]];
/** Where the data points lie in a request of metrics, of which there are five kinds. */
export const PATH_TO_POINTS: Path = [[1], [2], [2], [5, 7, 9, 10, 11], [1]];

/** Whether of a request some items were accepted, and some were not. */
export function isPart(
  { accepted, rejected, duplicated }: Record<"accepted" | "rejected" | "duplicated", number>,
): boolean {
  return accepted > 0 && rejected + duplicated > 0;
}

/**
 * A request, which was checked before, with those of its items alone that begin where it is said.
 * What holds none of them any more goes, too; all else stays byte by byte.
 */
export function keptItems(
  request: Uint8Array,
  path: Path,
  starts: ReadonlySet<number>,
): Uint8Array<ArrayBuffer> {
  return join(select(new ProtobufReader(request), request.length, path, starts)?.parts ?? []);
}

/** Parts of a message that follow each other, and what they take. */
interface Selected {
  parts: Uint8Array[];
  length: number;
}

/** Undefined if the message had items, and none of them is left. */
function select(
  reader: ProtobufReader,
  end: number,
  [numbers = [], ...deeper]: Path,
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
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push(value % 0x80 | 0x80);
  return Uint8Array.of(...bytes, value);
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
