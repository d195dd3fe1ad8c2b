import { LENGTH_DELIMITED } from "./reverse_writer.ts";
import { MalformedError } from "./malformed_error.ts";
import type { Field, MessageType } from "./message_type.ts";
import { type MessageName, MESSAGES } from "./messages.ts";
import { isPlainAttribute } from "./plain_attribute.ts";
import { MAX_DEPTH, ProtobufReader, tooDeep } from "./protobuf_reader.ts";

/**
 * Reads a message from start to end without creating anything.
 *
 * @throws {MalformedError} If the bytes end within a value, a field has the wrong wire type, or messages are
 * nested deeper than 100. Unknown fields are fine.
 */
export function validate(name: MessageName, bytes: Uint8Array): void {
  validateMessage(new ProtobufReader(bytes), bytes.length, MESSAGES[name], 1);
}

/** Like {@linkcode validate}, for a message from the reader's position to `end`. */
export function validateMessage(
  reader: ProtobufReader,
  end: number,
  type: MessageType,
  depth: number,
): void {
  if (depth > MAX_DEPTH) throw tooDeep(reader.position);
  while (reader.position < end) {
    const start = reader.position;
    validateField(reader, reader.tag(end), start, end, type, depth);
  }
}

/**
 * Like {@linkcode validateMessage}, for one field of the message, whose tag began at `start` and was just read.
 */
export function validateField(
  reader: ProtobufReader,
  tag: number,
  start: number,
  end: number,
  { byNumber }: MessageType,
  depth: number,
): void {
  const field = byNumber[tag >>> 3];
  if (field === undefined) {
    reader.skip(tag, end, depth);
  } else if (field.message !== undefined) {
    checkWireType(field, tag, start);
    const inner = reader.lengthDelimited(end);
    const isPlain = field.message === MESSAGES.KeyValue && depth < MAX_DEPTH - 1 &&
      isPlainAttribute(reader.bytes, reader.position, inner);
    if (isPlain) reader.position = inner;
    else validateMessage(reader, inner, field.message, depth + 1);
  } else if (isPacked(field, tag)) {
    const inner = reader.lengthDelimited(end);
    while (reader.position < inner) reader.skip(field.wireType, inner);
  } else {
    checkWireType(field, tag, start);
    reader.skip(tag, end, depth);
  }
}

/** Whether a repeated field's numbers are packed. */
export function isPacked(field: Field, tag: number): boolean {
  return field.isPackable && (tag & 7) === LENGTH_DELIMITED;
}

/** @throws {MalformedError} If the value doesn't have the field's type. */
export function checkWireType({ name, wireType }: Field, tag: number, start: number): void {
  if ((tag & 7) === wireType) return;
  throw new MalformedError(
    `field ${tag >>> 3} (${name}) has wire type ${tag & 7}, wanted ${wireType}`,
    start,
  );
}
