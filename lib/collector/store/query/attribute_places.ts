import { protobufToJson } from "../../../otlp/decode.ts";
import type { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import type { Level } from "../../../query/fields.ts";
import { isUsualAttribute } from "../scan/encoded_value.ts";

/** Tags of fields that hold attributes: field number and wire type, as encoded. */
const TAG = {
  spanAttributes: 9 << 3 | 2,
  events: 11 << 3 | 2,
  eventAttributes: 3 << 3 | 2,
  links: 13 << 3 | 2,
  linkAttributes: 4 << 3 | 2,
} as const;

/** A decoder may remove this from the beginning of a text. */
export const BYTE_ORDER_MARK = 0xef;

const encoder = new TextEncoder();

/** Tests an attribute whose `KeyValue` message is between two positions. */
export type PlaceTest = (reader: ProtobufReader, start: number, end: number) => boolean;

/** Finds an attribute by its key in the bytes of spans. Only unusual keys are decoded. */
export class AttributePlaces {
  readonly key: string;
  /** Whether bytes that aren't UTF-8 may decode to the key. */
  readonly isReplaced: boolean;
  readonly #keyBytes: Uint8Array;

  constructor(key: string) {
    this.key = key;
    this.isReplaced = key.includes("\ufffd");
    this.#keyBytes = encoder.encode(key);
  }

  /**
   * Whether an attribute with the key passes the test: of the span that begins at the reader's position, of
   * its events, or of its links. If several attributes of a list have the key, the last one counts.
   */
  some(reader: ProtobufReader, end: number, test: PlaceTest, level?: Level): boolean {
    const [isOfSpan, isOfEvents, isOfLinks] = LEVELS[level ?? "all"];
    let [ownStart, ownEnd] = [-1, 0];
    while (reader.position < end) {
      const tag = reader.tag(end);
      if (tag === TAG.spanAttributes && isOfSpan) {
        const inner = reader.lengthDelimited(end);
        const start = reader.position;
        if (this.#hasKey(reader, inner)) [ownStart, ownEnd] = [start, inner];
        reader.position = inner;
      } else if (tag === TAG.events && isOfEvents || tag === TAG.links && isOfLinks) {
        const inner = reader.lengthDelimited(end);
        const wanted = tag === TAG.events ? TAG.eventAttributes : TAG.linkAttributes;
        if (this.#someAmong(reader, inner, wanted, test)) return true;
        reader.position = inner;
      } else reader.skip(tag, end);
    }
    return ownStart >= 0 && test(reader, ownStart, ownEnd);
  }

  #someAmong(reader: ProtobufReader, end: number, wanted: number, test: PlaceTest): boolean {
    let [lastStart, lastEnd] = [-1, 0];
    while (reader.position < end) {
      const tag = reader.tag(end);
      if (tag !== wanted) reader.skip(tag, end);
      else {
        const inner = reader.lengthDelimited(end);
        const start = reader.position;
        if (this.#hasKey(reader, inner)) [lastStart, lastEnd] = [start, inner];
        reader.position = inner;
      }
    }
    return lastStart >= 0 && test(reader, lastStart, lastEnd);
  }

  /** Whether the attribute at the reader's position has the key. */
  #hasKey(reader: ProtobufReader, end: number): boolean {
    const { bytes, position: start } = reader;
    const isUsual = !this.isReplaced && isUsualAttribute(bytes, start, end) &&
      bytes[start + 2] !== BYTE_ORDER_MARK;
    if (isUsual) return isEqual(bytes, start + 2, start + 2 + bytes[start + 1]!, this.#keyBytes);
    const { key = "" } = protobufToJson("KeyValue", bytes.subarray(start, end));
    return key === this.key;
  }
}

/** For each level: whether the attributes of the span, its events, or its links belong to it. */
const LEVELS: Record<Level | "all", [span: boolean, events: boolean, links: boolean]> = {
  all: [true, true, true],
  span: [true, false, false],
  event: [false, true, false],
  link: [false, false, true],
  resource: [false, false, false],
  scope: [false, false, false],
};

/** Whether the bytes between two positions are those. */
export function isEqual(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false;
  return true;
}
