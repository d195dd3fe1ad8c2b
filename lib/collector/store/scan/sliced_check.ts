import { MalformedError } from "../../../otlp/malformed_error.ts";
import { MESSAGES, REQUEST_MESSAGES } from "../../../otlp/messages.ts";
import type { MessageType } from "../../../otlp/message_type.ts";
import { MAX_DEPTH, ProtobufReader, tooDeep } from "../../../otlp/protobuf_reader.ts";
import type { Signal } from "../../../otlp/signal.ts";
import { checkWireType, isPacked } from "../../../otlp/validate.ts";
import { TimeSlice } from "../../time_slice.ts";
import { LEVELS, MAX_ITEMS, tooManyItems } from "./item_limit.ts";

/** About a millisecond, so that a slice ends in time. */
const FIELDS_PER_STEP = 2 ** 14;

/**
 * When a request is cut and taken, the fields of its resources, scopes and items are passed over once
 * more, and attributes of data points sorted. No exporter sends so many: 60 MB hold a million
 * attributes of 60 bytes.
 */
const MAX_FIELDS: Readonly<Record<Signal, number>> = {
  traces: 5_000_000,
  logs: 5_000_000,
  metrics: 2_000_000,
};

/**
 * Checks a long request as `validate()` and `checkItemCount()` do, and gives way to others every few
 * milliseconds. What was checked need not be checked again when it is taken.
 *
 * @throws {MalformedError} If it is no request of the signal, or holds too many items, or these too much.
 */
export async function checkInSlices(
  signal: Signal,
  bytes: Uint8Array,
  slice: Pick<TimeSlice, "isOver" | "pause"> = new TimeSlice(),
): Promise<void> {
  const check = new SlicedCheck(bytes, signal);
  while (!check.advance(FIELDS_PER_STEP)) if (slice.isOver) await slice.pause();
}

/** Walks through a request. Where it stands is kept here, not in functions that call each other. */
class SlicedCheck {
  readonly #reader: ProtobufReader;
  /** The messages that it stands in, from the outermost on, and where each ends. */
  readonly #types: MessageType[];
  readonly #ends: number[];
  #depth = 1;
  /** Numbers that stand packed together, if it stands among such. */
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

  /** Reads so many fields or numbers; true if no more are there. */
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

/** Whether it is part of an attribute, which is passed over in one step once it was checked. */
function isOfValue(type: MessageType): boolean {
  return type === MESSAGES.KeyValue || type === MESSAGES.AnyValue ||
    type === MESSAGES.ArrayValue || type === MESSAGES.KeyValueList;
}
