import { LENGTH_DELIMITED, ReverseProtobufWriter } from "./reverse_writer.ts";
import { MalformedError } from "./malformed_error.ts";
import type { Field, MessageType } from "./message_type.ts";
import { type MessageName, MESSAGES } from "./messages.ts";
import { MAX_DEPTH } from "./protobuf_reader.ts";
import { describeJson, readScalar } from "./scalar_json.ts";

type Json = Record<string, unknown>;

/**
 * Writes a message in protobuf. Unknown names are ignored. `jsonToProtobuf()` handles JSON requests from
 * outside.
 *
 * @throws {MalformedError} If a value has the wrong type; the message gives its path.
 */
export function encodeMessage(name: MessageName, json: unknown): Uint8Array<ArrayBuffer> {
  return new MessageEncoder().encode(MESSAGES[name], json);
}

/** Writes a message backward, from its last field to its first. */
class MessageEncoder {
  /** Grows as needed: most messages are short answers. */
  readonly #writer = new ReverseProtobufWriter(256);
  /** The path from the root to the current value, for messages: names and indexes. */
  readonly #path: (string | number)[] = [];

  encode(type: MessageType, json: unknown): Uint8Array<ArrayBuffer> {
    this.#message(type, json, 1);
    return this.#writer.finish().slice();
  }

  #message(type: MessageType, json: unknown, depth: number): void {
    if (depth > MAX_DEPTH) throw this.#malformed(`nested deeper than ${MAX_DEPTH} messages`);
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw this.#malformed(`expected an object, got ${describeJson(json)}`);
    }
    for (let i = type.fields.length - 1; i >= 0; i--) {
      const field = type.fields[i]!;
      if (!Object.hasOwn(json, field.name)) continue;
      const value = (json as Json)[field.name];
      if (value === null || value === undefined) continue;
      this.#path.push(field.name);
      if (field.isRepeated) this.#repeated(field, value, depth);
      else this.#single(field, value, depth);
      this.#path.pop();
    }
  }

  #repeated(field: Field, values: unknown, depth: number): void {
    if (!Array.isArray(values)) {
      throw this.#malformed(`expected a list, got ${describeJson(values)}`);
    }
    const end = this.#writer.length;
    for (let i = values.length - 1; i >= 0; i--) {
      this.#path.push(i);
      if (field.message !== undefined) {
        const before = this.#writer.length;
        this.#message(field.message, values[i], depth + 1);
        this.#writer.messageTag(field.number, before);
      } else {
        this.#scalar(field, values[i]);
        if (!field.isPackable) this.#writer.tag(field.number, field.wireType);
      }
      this.#path.pop();
    }
    if (field.isPackable && values.length > 0) this.#writer.messageTag(field.number, end);
  }

  #single(field: Field, value: unknown, depth: number): void {
    const { message, number } = field;
    const before = this.#writer.length;
    if (message !== undefined) {
      this.#message(message, value, depth + 1);
      this.#writer.messageTag(number, before);
      return;
    }
    const isDefault = value === 0 || value === "" || value === "0" || value === false;
    if (isDefault && field.oneof === undefined && !Object.is(value, -0)) return;
    this.#scalar(field, value);
    this.#writer.tag(number, field.wireType);
  }

  #scalar(field: Field, json: unknown): void {
    const value = readScalar(field.type, json);
    if (typeof value === "object" && "problem" in value) {
      throw this.#malformed(`${value.problem}, got ${describeJson(json)}`);
    }
    this.#write(field, value);
  }

  #write({ type, wireType }: Field, value: string | number | bigint | Uint8Array): void {
    const writer = this.#writer;
    if (type === "id") writer.hex(value as string);
    else if (value instanceof Uint8Array) writer.bytes(value);
    else if (wireType === LENGTH_DELIMITED) writer.string(value as string);
    else if (type === "double") writer.double(value as number);
    else if (type === "fixed32") writer.fixed32(value as number);
    else if (type === "fixed64" || type === "sfixed64") {
      const bits = BigInt.asUintN(64, value as bigint);
      writer.fixed64(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
    } else if (type === "sint32") {
      writer.varint(((value as number) << 1 ^ (value as number) >> 31) >>> 0);
    } else writer.int64(value as number | bigint);
  }

  #where(): string {
    return this.#path.map((part) => typeof part === "number" ? `[${part}]` : `.${part}`).join("")
      .replace(/^\./, "") || "the request";
  }

  #malformed(problem: string): MalformedError {
    return new MalformedError(`${this.#where()}: ${problem}`);
  }
}
