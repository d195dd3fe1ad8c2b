import type { Field, MessageType } from "./message_type.ts";
import { type MessageJson, type MessageName, MESSAGES } from "./messages.ts";
import { jsonDouble } from "./non_finite.ts";
import { MAX_DEPTH, ProtobufReader, tooDeep } from "./protobuf_reader.ts";
import { checkWireType, isPacked } from "./validate.ts";

type Json = Record<string, unknown>;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * Reads a protobuf message as OTLP's JSON: ids in lower-case hex, 64-bit integers as decimal strings, enums as
 * integers. Default values and unknown fields are left out.
 *
 * @throws {MalformedError} If the bytes are not such a message.
 */
export function protobufToJson<Name extends MessageName>(
  name: Name,
  bytes: Uint8Array,
): MessageJson<Name> {
  const json = {};
  readMessage(new ProtobufReader(bytes), bytes.length, MESSAGES[name], 1, json);
  return json as MessageJson<Name>;
}

/** Bytes in lower-case hex. */
export function toHex(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = "";
  for (let i = start; i < end; i++) text += HEX[bytes[i]!];
  return text;
}

/** Adds the fields to `json`: in protobuf, a message may be split into parts. */
function readMessage(
  reader: ProtobufReader,
  end: number,
  type: MessageType,
  depth: number,
  json: Json,
): void {
  if (depth > MAX_DEPTH) throw tooDeep(reader.position);
  while (reader.position < end) {
    const start = reader.position;
    const tag = reader.tag(end);
    const field = type.byNumber[tag >>> 3];
    if (field === undefined) reader.skip(tag, end, depth);
    else if (field.isRepeated) readRepeated(reader, end, field, tag, start, depth, json);
    else {
      checkWireType(field, tag, start);
      readSingle(reader, end, field, depth, json);
    }
  }
}

function readRepeated(
  reader: ProtobufReader,
  end: number,
  field: Field,
  tag: number,
  start: number,
  depth: number,
  json: Json,
): void {
  const values = (json[field.name] ??= []) as unknown[];
  if (isPacked(field, tag)) {
    const inner = reader.lengthDelimited(end);
    while (reader.position < inner) values.push(readScalar(reader, inner, field));
    return;
  }
  checkWireType(field, tag, start);
  if (field.message === undefined) values.push(readScalar(reader, end, field));
  else {
    const inner = reader.lengthDelimited(end);
    const value: Json = {};
    readMessage(reader, inner, field.message, depth + 1, value);
    values.push(value);
  }
}

function readSingle(
  reader: ProtobufReader,
  end: number,
  field: Field,
  depth: number,
  json: Json,
): void {
  for (const rival of field.rivals) {
    if (rival in json) delete json[rival];
  }
  const { name, message } = field;
  if (message !== undefined) {
    const inner = reader.lengthDelimited(end);
    readMessage(reader, inner, message, depth + 1, (json[name] ??= {}) as Json);
    return;
  }
  const value = readScalar(reader, end, field);
  const isDefault = value === 0 || value === "" || value === "0" || value === false;
  if (!isDefault || field.oneof !== undefined) json[name] = value;
  else if (name in json) delete json[name];
}

function readScalar(reader: ProtobufReader, end: number, { type }: Field): unknown {
  switch (type) {
    case "string":
      return reader.string(end);
    case "bytes":
      return reader.raw(end).toBase64();
    case "id": {
      const inner = reader.lengthDelimited(end);
      const start = reader.position;
      reader.position = inner;
      return toHex(reader.bytes, start, inner);
    }
    case "bool":
      return reader.varint(end) !== 0;
    case "int32":
    case "enum":
      return reader.int32(end);
    case "uint32":
      return reader.int32(end) >>> 0;
    case "sint32": {
      const value = reader.int32(end);
      return value >>> 1 ^ -(value & 1);
    }
    case "int64":
      return BigInt.asIntN(64, reader.varint64(end)).toString();
    case "uint64":
      return reader.varint64(end).toString();
    case "fixed32":
      return reader.fixed32(end);
    case "fixed64":
      return reader.fixed64(end).toString();
    case "sfixed64":
      return BigInt.asIntN(64, reader.fixed64(end)).toString();
    case "double":
      return jsonDouble(reader.double(end));
    case "message":
      throw new TypeError("a message is no scalar");
    default:
      return type satisfies never;
  }
}
