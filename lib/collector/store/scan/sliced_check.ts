import { MalformedError } from "../../../otlp/malformed_error.ts";
import { MESSAGES, REQUEST_MESSAGES } from "../../../otlp/messages.ts";
import type { MessageType } from "../../../otlp/message_type.ts";
import { MAX_DEPTH, ProtobufReader, tooDeep } from "../../../otlp/protobuf_reader.ts";
import type { Signal } from "../../../otlp/signal.ts";
import { checkWireType, isPacked } from "../../../otlp/validate.ts";
import { TimeSlice } from "../../time_slice.ts";
import { LEVELS, MAX_ITEMS, tooManyItems } from "./item_limit.ts";

/** Takes about a millisecond, so that a slice ends in time. */
const FIELDS_PER_STEP = 2 ** 14;

/**
 * Cutting and storing a request skips over the fields of its resources, scopes and items once more, and
 * sorts the attributes of data points. No exporter sends this many fields: 60 MB hold a million
 * attributes of 60 bytes.
 */
const MAX_FIELDS: Readonly<Record<Signal, number>> = {
  traces: 5_000_000,
  logs: 5_000_000,
  metrics: 2_000_000,
};

/**
 * Checks a long request like `validate()` and `checkItemCount()`, and yields every few milliseconds. The
 * request need not be checked again when it is stored.
 *
 * @throws {MalformedError} If it is not a request of the signal, or holds too many items or fields.
 */
export async function checkInSlices(
  signal: Signal,
  bytes: Uint8Array,
  slice: Pick<TimeSlice, "isOver" | "pause"> = new TimeSlice(),
): Promise<void> {
  const check = new SlicedCheck(bytes, signal);
  while (!check.advance(FIELDS_PER_STEP)) if (slice.isOver) await slice.pause();
}

/**
 * Walks through a request. Keeps its position in fields instead of on the call stack, so that it can
 * pause.
 */
class SlicedCheck {
  readonly #reader: ProtobufReader;
  /** The messages that enclose the current position, outermost first, and where each ends. */
  readonly #types: MessageType[];
  readonly #ends: number[];
  #depth = 1;
  /** The wire type of the packed numbers at the current position, if there are any. */
  #packedWireType = 0;
  #packedEnd = 0;
  #itemsLeft = MAX_ITEMS;
  #fieldsLeft: number;
  readonly #maxFields: number;

  constructor(bytes: Uint8Array, signal: Signal) {
    this.#reader = new ProtobufReader(bytes);
    this.#types = [MESSAGES[REQUEST_MESSAGES[signal]]];
    this.#maxFields = this.#fieldsLeft = MAX_FIELDS[signal];
    this.#ends = [bytes.length];
  }

  /** Reads up to `count` fields or numbers; returns true when there are no more. */
  advance(count: number): boolean {
    const reader = this.#reader;
    for (let left = count; left > 0; left--) {
      if (reader.position < this.#packedEnd) {
        reader.skip(this.#packedWireType, this.#packedEnd);
        continue;
      }
      while (reader.position >= this.#ends[this.#depth - 1]!) if (--this.#depth === 0) return true;
      this.#field(this.#types[this.#depth - 1]!, this.#ends[this.#depth - 1]!);
    }
    return false;
  }

  #field(type: MessageType, end: number): void {
    const reader = this.#reader;
    const start = reader.position;
    const tag = reader.tag(end);
    if (!isOfValue(type) && --this.#fieldsLeft < 0) {
      throw new MalformedError(
        `more than ${this.#maxFields} fields in one request: export smaller batches`,
        start,
      );
    }
    const field = type.byNumber[tag >>> 3];
    if (field === undefined) return reader.skip(tag, end, this.#depth);
    if (field.message !== undefined) {
      checkWireType(field, tag, start);
      const inner = reader.lengthDelimited(end);
      if (field.isRepeated && LEVELS.has(type) && --this.#itemsLeft < 0) {
        throw tooManyItems(reader.position);
      }
      if (this.#depth === MAX_DEPTH) throw tooDeep(reader.position);
      this.#types[this.#depth] = field.message;
      this.#ends[this.#depth++] = inner;
    } else if (isPacked(field, tag)) {
      this.#packedEnd = reader.lengthDelimited(end);
      this.#packedWireType = field.wireType;
    } else {
      checkWireType(field, tag, start);
      reader.skip(tag, end, this.#depth);
    }
  }
}

/** Whether the message is part of an attribute. Once checked, attributes are skipped in one step. */
function isOfValue(type: MessageType): boolean {
  return type === MESSAGES.KeyValue || type === MESSAGES.AnyValue ||
    type === MESSAGES.ArrayValue || type === MESSAGES.KeyValueList;
}
