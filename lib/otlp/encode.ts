import { LENGTH_DELIMITED, ReverseProtobufWriter } from "./reverse_writer.ts";
import { MalformedError } from "./malformed_error.ts";
import type { Field, MessageType } from "./message_type.ts";
import { type MessageName, MESSAGES } from "./messages.ts";
import { MAX_DEPTH } from "./protobuf_reader.ts";
import { readScalar, type ScalarFault } from "./scalar_json.ts";

type Json = Record<string, unknown>;

/** Of what a request counts: what is left out, if one of its values is not allowed. */
const RECORDS = new Set<MessageType>([
  MESSAGES.Span,
  MESSAGES.LogRecord,
  MESSAGES.NumberDataPoint,
  MESSAGES.HistogramDataPoint,
  MESSAGES.ExponentialHistogramDataPoint,
  MESSAGES.SummaryDataPoint,
]);

/** A message in protobuf. */
export interface EncodedMessage {
  body: Uint8Array<ArrayBuffer>;
  /** Spans, log records and data points that were left out. */
  rejected: number;
  /** Why the first of them was, and how to mend it. */
  message?: string;
}

/**
 * Writes JSON as protobuf. Unknown names are ignored; records with an invalid id or an enum that is no
 * integer are left out and counted.
 *
 * @throws {MalformedError} If a value is of the wrong type; the message says where.
 */
export function encodeMessage(name: MessageName, json: unknown): EncodedMessage {
  const encoder = new MessageEncoder();
  const body = encoder.encode(MESSAGES[name], json);
  const { rejected, firstFault: message } = encoder;
  return { body, rejected, ...message !== undefined && { message } };
}

/** Writes a message from its last field to its first. */
class MessageEncoder {
  readonly #writer = new ReverseProtobufWriter(16 * 1024);
  /** The way from the root to where the encoder is, for messages: names and indexes. */
  readonly #path: (string | number)[] = [];
  /** What is wrong with the record that is being written. */
  #fault: string | undefined;
  rejected = 0;
  firstFault: string | undefined;

  encode(type: MessageType, json: unknown): Uint8Array<ArrayBuffer> {
    this.#message(type, json, 1);
    // Outside of any record, for instance in a resource, there is nothing to leave out.
    if (this.#fault !== undefined) throw new MalformedError(this.#fault);
    return this.#writer.finish().slice();
  }

  #message(type: MessageType, json: unknown, depth: number): void {
    if (depth > MAX_DEPTH) throw this.#malformed(`nested deeper than ${MAX_DEPTH} messages`);
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw this.#malformed(`expected an object, got ${describe(json)}`);
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
    if (!Array.isArray(values)) throw this.#malformed(`expected a list, got ${describe(values)}`);
    const end = this.#writer.length;
    for (let i = values.length - 1; i >= 0; i--) {
      this.#path.push(i);
      if (field.message !== undefined) this.#record(field, field.message, values[i], depth);
      else {
        this.#scalar(field, values[i]);
        if (!field.isPackable) this.#writer.tag(field.number, field.wireType);
      }
      this.#path.pop();
    }
    if (field.isPackable && values.length > 0) this.#writer.messageTag(field.number, end);
  }

  /** Writes a message of a list; if it is a record with a fault, leaves it out instead. */
  #record(field: Field, type: MessageType, value: unknown, depth: number): void {
    const before = this.#writer.length;
    const rejectedBefore = this.rejected;
    const outerFault = this.#fault;
    this.#fault = undefined;
    this.#message(type, value, depth + 1);
    if (this.#fault !== undefined && (RECORDS.has(type) || type === MESSAGES.Metric)) {
      this.firstFault ??= this.#fault;
      this.rejected = rejectedBefore + (RECORDS.has(type) ? 1 : countDataPoints(value));
      this.#fault = undefined;
      this.#writer.rewind(before);
    } else this.#writer.messageTag(field.number, before);
    this.#fault ??= outerFault;
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
    if (typeof value === "object" && "problem" in value) return this.#refuse(value, json);
    this.#write(field, value);
  }

  #refuse({ problem, isRejection }: ScalarFault, json: unknown): void {
    const text = `${problem}, got ${describe(json)}`;
    if (!isRejection) throw this.#malformed(text);
    this.#fault = `${this.#where()}: ${text}`;
    // Something has to stand there until the record is given up.
    this.#writer.varint(0);
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

/** The data points of a metric, whatever it is of. */
function countDataPoints(metric: unknown): number {
  let count = 0;
  for (const field of MESSAGES.Metric.fields) {
    if (field.oneof !== "data") continue;
    const points = (metric as Record<string, { dataPoints?: unknown } | null>)[field.name]
      ?.dataPoints;
    if (Array.isArray(points)) count += points.length;
  }
  return count;
}

/** A value as it is said in a message: short. */
function describe(json: unknown): string {
  if (Array.isArray(json)) return "a list";
  if (typeof json === "object" && json !== null) return "an object";
  const text = String(json);
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return typeof json === "string" ? `"${short}"` : short;
}
