import type { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import type { Level } from "../../../query/fields.ts";
import { layout, type MessageLayout } from "../scan/message_layout.ts";
import type { AttributeKeys } from "./attribute_keys.ts";

/** The lists of attributes in a message, by their level. */
export type AttributeLayout = MessageLayout<Level>;

const lists = layout<Level>;

/** `Span`, `ResourceSpans`, and `ScopeSpans`. */
export const SPAN_ATTRIBUTES = lists({
  9: "span",
  11: lists({ 3: "event" }),
  13: lists({ 4: "link" }),
});
export const RESOURCE_ATTRIBUTES = lists({ 1: lists({ 1: "resource" }) });
export const SCOPE_ATTRIBUTES = lists({ 1: lists({ 3: "scope" }) });

/** Tests an attribute whose `KeyValue` message is between two positions. */
export type AttributeTest = (reader: ProtobufReader, start: number, end: number) => boolean;

/** Where attributes with certain keys are in encoded messages: all of them are found in one pass. */
export class AttributePlaces {
  readonly #keys: AttributeKeys;
  /** The first ones are valid; the others are there to be used again. */
  readonly #places: Place[] = [];
  #count = 0;
  #keyCount = -1;

  constructor(keys: AttributeKeys) {
    this.#keys = keys;
  }

  /** Whether all keys have been searched for since {@linkcode forget}. */
  get isComplete(): boolean {
    return this.#keyCount === this.#keys.count;
  }

  forget(): void {
    this.#keyCount = -1;
  }

  /** Begins to search for all keys; returns false if it is complete. */
  begin(): boolean {
    if (this.isComplete) return false;
    this.#count = 0;
    this.#keyCount = this.#keys.count;
    return true;
  }

  /** Searches the message from the reader's position. */
  search(reader: ProtobufReader, end: number, layout: AttributeLayout): void {
    const start = this.#count;
    while (reader.position < end) {
      const tag = reader.tag(end);
      const part = layout[tag];
      if (part === undefined) {
        reader.skip(tag, end);
        continue;
      }
      const inner = reader.lengthDelimited(end);
      if (typeof part === "object") this.search(reader, inner, part);
      else {
        const key = this.#keys.at(reader, inner);
        // There can be several events and links; other messages may come in parts.
        const first = part === "event" || part === "link" ? start : 0;
        if (key >= 0) this.#note(first, key, part, reader.position, inner);
      }
      reader.position = inner;
    }
  }

  /** Whether an attribute with the key passes the test, at one level or at any. */
  some(
    key: number,
    level: Level | undefined,
    reader: ProtobufReader,
    test: AttributeTest,
  ): boolean {
    for (let i = 0; i < this.#count; i++) {
      const place = this.#places[i]!;
      const isMeant = place.key === key && (level === undefined || place.level === level);
      if (isMeant && test(reader, place.start, place.end)) return true;
    }
    return false;
  }

  /** If several attributes of a list have the same key, the last one counts. */
  #note(first: number, key: number, level: Level, start: number, end: number): void {
    let i = first;
    while (i < this.#count && (this.#places[i]!.key !== key || this.#places[i]!.level !== level)) {
      i++;
    }
    if (i === this.#count) this.#count++;
    if (i === this.#places.length) this.#places.push({ key, level, start, end });
    else Object.assign(this.#places[i]!, { key, level, start, end });
  }
}

/** An attribute with the key of that index. */
interface Place {
  key: number;
  level: Level;
  start: number;
  end: number;
}
