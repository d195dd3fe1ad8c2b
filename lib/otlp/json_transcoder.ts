import { COLON, hexDigit, type JsonKind, JsonReader, LIST_END, OBJECT_END } from "./json_reader.ts";
import { scalarText, writeBase64, writeText } from "./json_text.ts";
import { MalformedError } from "./malformed_error.ts";
import type { Field, MessageType } from "./message_type.ts";
import { MESSAGES } from "./messages.ts";
import { MAX_DEPTH } from "./protobuf_reader.ts";
import { ProtobufWriter } from "./protobuf_writer.ts";
import { FIXED32, FIXED64 } from "./reverse_writer.ts";
import { describeJson, readScalar, type ScalarFault } from "./scalar_json.ts";
import { UnknownKeys } from "./unknown_keys.ts";

/** The items of a request: if a value in one is invalid, the item is left out. */
const RECORDS = new Set<MessageType>([
  MESSAGES.Span,
  MESSAGES.LogRecord,
  MESSAGES.NumberDataPoint,
  MESSAGES.HistogramDataPoint,
  MESSAGES.ExponentialHistogramDataPoint,
  MESSAGES.SummaryDataPoint,
]);

const INTEGERS_64: ReadonlySet<string> = new Set(["int64", "uint64", "fixed64", "sfixed64"]);
/** The initial capacity of the output. */
const FIRST_BYTES = 2 ** 20;
/** Protobuf is shorter than its JSON except for some numbers: it may be ahead by this many bytes. */
const SLACK_BYTES = 8 * 2 ** 20;

/** Longer names are cut in messages. */
const MAX_KEY_LENGTH = 100;

const TWO_TO_32 = 2 ** 32;
/** The upper half of integers that a double represents exactly is below this. */
const SAFE_HIGH = 2 ** 21;

/** A message in protobuf. */
export interface TranscodedMessage {
  body: Uint8Array<ArrayBuffer>;
  /** Spans, log records and data points that were left out. */
  rejected: number;
  /** Why the first one was left out, and how to fix it. */
  message?: string;
  /** A misspelled key, or an unknown one that may contain items; see {@linkcode UnknownKeys}. */
  misspelled?: string;
  unknown?: string;
}

/** Writes a message in protobuf while it reads its JSON. */
export class JsonTranscoder {
  readonly #reader: JsonReader;
  readonly #writer: ProtobufWriter;
  /** The path from the root to the reader, for messages: names and indexes. */
  readonly #path: (string | number)[] = [];
  /** The problem of the innermost record or metric that is being read. */
  #fault: string | undefined;
  /** The nesting depth in records and metrics. */
  #openRecords = 0;
  #records = 0;
  #rejected = 0;
  #firstFault: string | undefined;
  readonly #unknownKeys = new UnknownKeys();

  /**
   * @param maxBytes The maximum size of the message in protobuf; if the JSON may be overwritten, the
   * approximate maximum of both together during reading.
   * @param isOwn Whether the JSON may be overwritten.
   */
  constructor(json: Uint8Array, maxBytes: number, isOwn: boolean) {
    const reader = new JsonReader(json, isOwn);
    const allowed = () =>
      isOwn ? Math.min(maxBytes, maxBytes + SLACK_BYTES - reader.bytes.length) : maxBytes;
    this.#reader = reader;
    this.#writer = new ProtobufWriter(Math.min(json.length, FIRST_BYTES), allowed);
  }

  /** @throws {MalformedError} If it is not JSON, or a value has the wrong type. */
  transcode(type: MessageType): TranscodedMessage {
    try {
      this.#message(type, 1);
      this.#reader.expectEnd();
    } catch (error) {
      this.#writer.free();
      throw error;
    }
    const message = this.#firstFault;
    const { misspelled, unknown } = this.#unknownKeys;
    return {
      body: this.#writer.finish(),
      rejected: this.#rejected,
      ...message !== undefined && { message },
      ...misspelled !== undefined && { misspelled },
      ...unknown !== undefined && { unknown },
    };
  }

  #message(type: MessageType, depth: number): void {
    const reader = this.#reader;
    if (depth > MAX_DEPTH) throw this.#malformed(`nested deeper than ${MAX_DEPTH} messages`);
    const kind = reader.kind();
    if (kind !== "object") throw this.#wrongShape("an object", kind);
    reader.position++;
    let next = 0;
    for (let isFirst = true; reader.hasNext(isFirst, OBJECT_END); isFirst = false) {
      reader.string();
      const index = this.#find(type.fields, next);
      if (index < 0) this.#noteUnknown(type);
      reader.expect(COLON);
      if (index < 0) reader.skip();
      else {
        next = index + 1;
        this.#field(type.fields[index]!, depth);
        reader.release(reader.position);
      }
    }
  }

  /** The field with the last name. Senders mostly write fields in order, so the search starts there. */
  #find(fields: readonly Field[], next: number): number {
    const { bytes, start, end, isEscaped } = this.#reader;
    if (isEscaped) {
      const name = scalarText(this.#reader);
      return fields.findIndex((field) => field.name === name);
    }
    const { length } = fields;
    for (let i = 0; i < length; i++) {
      const index = next + i < length ? next + i : next + i - length;
      const { name } = fields[index]!;
      if (name.length !== end - start) continue;
      let at = 0;
      while (at < name.length && name.charCodeAt(at) === bytes[start + at]) at++;
      if (at === name.length) return index;
    }
    return -1;
  }

  #noteUnknown(type: MessageType): void {
    const name = scalarText(this.#reader);
    this.#unknownKeys.note(type, name, () => {
      this.#path.push(name.slice(0, MAX_KEY_LENGTH));
      const where = this.#where();
      this.#path.pop();
      return where;
    });
  }

  #field(field: Field, depth: number): void {
    const kind = this.#reader.kind();
    if (kind === "null") return this.#reader.word("null");
    this.#path.push(field.name);
    if (field.isRepeated) this.#repeated(field, kind, depth);
    else if (field.message) {
      this.#writer.open(field.number);
      this.#message(field.message, depth + 1);
      this.#writer.close();
    } else this.#scalar(field, kind);
    this.#path.pop();
  }

  #repeated(field: Field, kind: JsonKind, depth: number): void {
    const reader = this.#reader;
    if (kind !== "list") throw this.#wrongShape("a list", kind);
    reader.position++;
    if (!reader.hasNext(true, LIST_END)) return;
    if (field.isPackable) this.#writer.open(field.number);
    let index = 0;
    do {
      this.#path.push(index++);
      const kind = reader.kind();
      if (!field.message) this.#scalar(field, kind);
      else if (kind === "null") this.#nullItem(field);
      else if (RECORDS.has(field.message) || field.message === MESSAGES.Metric) {
        this.#record(field, field.message, depth);
      } else {
        this.#writer.open(field.number);
        this.#message(field.message, depth + 1);
        this.#writer.close();
      }
      this.#path.pop();
      reader.release(reader.position);
    } while (reader.hasNext(false, LIST_END));
    if (field.isPackable) this.#writer.close();
  }

  /** Skips a null in a list of messages; in a list of values, it is the empty value. */
  #nullItem({ number, message }: Field): void {
    this.#reader.word("null");
    if (message !== MESSAGES.AnyValue) return;
    this.#writer.open(number);
    this.#writer.close();
  }

  /** Writes a record, or a metric with its points; leaves it out if a value is invalid. */
  #record(field: Field, type: MessageType, depth: number): void {
    const writer = this.#writer;
    const lengthBefore = writer.length;
    const rejectedBefore = this.#rejected;
    const recordsBefore = this.#records;
    const outerFault = this.#fault;
    this.#fault = undefined;
    this.#openRecords++;
    writer.open(field.number);
    this.#message(type, depth + 1);
    writer.close();
    this.#openRecords--;
    if (type !== MESSAGES.Metric) this.#records++;
    if (this.#fault !== undefined) {
      this.#firstFault ??= this.#fault;
      this.#rejected = rejectedBefore + this.#records - recordsBefore;
      writer.rewind(lengthBefore);
    }
    this.#fault = outerFault;
  }

  #scalar(field: Field, kind: JsonKind): void {
    const { type } = field;
    const isText = kind === "string" && (type === "string" || type === "bytes" || type === "id");
    if (kind === "string") this.#reader.string();
    else if (kind === "number") this.#reader.number();
    if (isText ? this.#text(field) : this.#digits(field, kind)) return;
    const value = this.#value(type, kind);
    const read = readScalar(type, value);
    if (typeof read === "object" && "problem" in read) {
      return this.#refuse({ ...read, isRejection: read.isRejection || value === null }, value);
    }
    if (isLeftOut(field, value)) return;
    this.#tag(field);
    this.#write(field, read);
  }

  /** Writes the last string; returns false if it needs a full decoder. */
  #text(field: Field): boolean {
    const reader = this.#reader;
    const writer = this.#writer;
    const isEmpty = reader.start === reader.end;
    if (isEmpty && isLeftOut(field, "")) return true;
    if (field.type === "id") return this.#id(field);
    const before = writer.length;
    writer.open(field.number);
    const fault = field.type === "string" ? writeText(reader, writer) : writeBase64(reader, writer);
    writer.close();
    if (!fault) return true;
    writer.rewind(before);
    this.#refuse(fault, scalarText(reader));
    return true;
  }

  /** Writes hexadecimal digits as bytes; returns false if there is anything else. */
  #id({ number }: Field): boolean {
    const { bytes, start, end } = this.#reader;
    const writer = this.#writer;
    if ((end - start) % 2 !== 0) return false;
    const before = writer.length;
    writer.open(number);
    let isHex = true;
    for (let at = start; isHex && at < end; at += 2) {
      const value = hexDigit(bytes[at]) << 4 | hexDigit(bytes[at + 1]);
      isHex = value >= 0;
      writer.byte(value);
    }
    writer.close();
    if (!isHex) writer.rewind(before);
    return isHex;
  }

  /** Writes an integer of plain digits, as nearly all are; returns false for others and for larger ones. */
  #digits(field: Field, kind: JsonKind): boolean {
    const { type } = field;
    if (type === "bool" || (kind !== "string" && kind !== "number")) return false;
    if (type === "string" || type === "bytes" || type === "id" || !this.#reader.digits()) {
      return false;
    }
    const { low, high } = this.#reader;
    const value = high * TWO_TO_32 + low;
    if (value === 0 && isLeftOut(field, 0)) return true;
    if (type === "fixed64" || type === "sfixed64") {
      if (type === "sfixed64" && high >= TWO_TO_32 / 2) return false;
    } else if (high >= SAFE_HIGH) return false;
    else if (type === "uint32" || type === "fixed32") {
      if (high > 0) return false;
    } else if (type === "int32" || type === "sint32" || type === "enum") {
      if (value >= TWO_TO_32 / 2) return false;
    }
    this.#tag(field);
    if (type === "fixed64" || type === "sfixed64") this.#writer.fixed64(low, high);
    else this.#write(field, value);
    return true;
  }

  /** The current value; for a string or number, the one that was just read. */
  #value(type: Field["type"] | undefined, kind: JsonKind): unknown {
    const reader = this.#reader;
    if (kind === "string") return scalarText(reader);
    if (kind === "number") {
      const text = scalarText(reader);
      const value = Number(text);
      if (type === undefined || !INTEGERS_64.has(type) || Number.isSafeInteger(value)) return value;
      // JavaScript writes -2^63 with more digits, which give the original only when parsed as a double.
      const isExact = /^-?\d{1,20}$/.test(text) && BigInt(text) >= -(2n ** 63n) &&
        BigInt(text) < 2n ** 64n;
      return isExact ? text : value;
    }
    reader.skip();
    return { true: true, false: false, null: null, list: [], object: {} }[kind];
  }

  #write({ type, wireType }: Field, value: string | number | bigint | Uint8Array): void {
    const writer = this.#writer;
    if (type === "id") writer.bytes(Uint8Array.fromHex(value as string));
    else if (type === "double") writer.double(Number(value));
    else if (wireType === FIXED32) writer.fixed32(value as number);
    else if (wireType === FIXED64) {
      const bits = BigInt.asUintN(64, value as bigint);
      writer.fixed64(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
    } else if (type === "sint32") {
      writer.varint(((value as number) << 1 ^ (value as number) >> 31) >>> 0);
    } else writer.int64(value as number | bigint);
  }

  /** Packed numbers share one tag. */
  #tag({ number, wireType, isPackable }: Field): void {
    if (!isPackable) this.#writer.tag(number, wireType);
  }

  #refuse({ problem, isRejection }: ScalarFault, value: unknown): void {
    const text = `${problem}, got ${describeJson(value)}`;
    // Outside of any record, for instance in a resource, there is nothing to leave out.
    if (!isRejection || this.#openRecords === 0) throw this.#malformed(text);
    this.#fault ??= `${this.#where()}: ${text}`;
  }

  #where(): string {
    return this.#path.map((part) => typeof part === "number" ? `[${part}]` : `.${part}`).join("")
      .replace(/^\./, "") || "the request";
  }

  #wrongShape(wanted: string, kind: JsonKind): MalformedError {
    const at = this.#reader.offset;
    if (kind === "string") this.#reader.string();
    else if (kind === "number") this.#reader.number();
    const got = describeJson(this.#value(undefined, kind));
    return new MalformedError(`${this.#where()}: expected ${wanted}, got ${got}`, at);
  }

  #malformed(problem: string): MalformedError {
    return new MalformedError(`${this.#where()}: ${problem}`, this.#reader.offset);
  }
}

/** Default values are left out, except in a oneof or a list. */
function isLeftOut({ isRepeated, oneof }: Field, value: unknown): boolean {
  const isDefault = value === 0 || value === "" || value === "0" || value === false;
  return isDefault && !isRepeated && oneof === undefined && !Object.is(value, -0);
}
