import type { ProtobufReader } from "./protobuf_reader.ts";
import type { ProtobufWriter } from "./protobuf_writer.ts";
import { LENGTH_DELIMITED } from "./reverse_writer.ts";

/** Writes the new content of a field. */
export type Content = (writer: ProtobufWriter) => void;

/** Reads the content of a length-delimited field up to `end`; returns the new content if it changes. */
export type Rewrite = (reader: ProtobufReader, end: number) => Content | undefined;

/** The changes to the length-delimited fields of a message, by number. */
export type Rewrites = Readonly<Record<number, Rewrite>>;

/**
 * Rewrites a message in which some fields may change. All others are copied byte by byte in order, including
 * unknown ones.
 *
 * @throws {MalformedError} If the bytes are not a message.
 */
export function rewriteMessage(
  reader: ProtobufReader,
  end: number,
  writer: ProtobufWriter,
  rewrites: Rewrites,
): void {
  const { bytes } = reader;
  let copied = reader.position;
  while (reader.position < end) {
    const start = reader.position;
    const tag = reader.tag(end);
    const rewrite = (tag & 7) === LENGTH_DELIMITED ? rewrites[tag >>> 3] : undefined;
    if (rewrite === undefined) {
      reader.skip(tag, end);
      continue;
    }
    const inner = reader.lengthDelimited(end);
    const contentStart = reader.position;
    const content = rewrite(reader, inner);
    if (content !== undefined) {
      writer.raw(bytes, copied, start);
      reader.position = contentStart;
      writer.open(tag >>> 3);
      content(writer);
      writer.close();
      copied = inner;
    }
    reader.position = inner;
  }
  writer.raw(bytes, copied, end);
}

/** The same as a change to a field that contains such a message. */
export function rewriting(rewrites: Rewrites): Rewrite {
  return (reader, end) => (writer) => rewriteMessage(reader, end, writer, rewrites);
}

/**
 * The text in a field of a message, or of a nested message; undefined if there is none. If there are several,
 * the last one counts, as in protobuf.
 *
 * @throws {MalformedError} If the bytes are not a message.
 */
export function textAt(
  reader: ProtobufReader,
  end: number,
  path: readonly number[],
  level = 0,
): string | undefined {
  const start = reader.position;
  let text: string | undefined;
  while (reader.position < end) {
    const tag = reader.tag(end);
    if (tag >>> 3 !== path[level] || (tag & 7) !== LENGTH_DELIMITED) {
      reader.skip(tag, end);
    } else if (level === path.length - 1) {
      text = reader.string(end);
    } else {
      const inner = reader.lengthDelimited(end);
      text = textAt(reader, inner, path, level + 1) ?? text;
      reader.position = inner;
    }
  }
  reader.position = start;
  return text;
}
