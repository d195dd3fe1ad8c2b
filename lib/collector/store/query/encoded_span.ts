import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { KINDS, type Level, STATUSES } from "../../../query/fields.ts";
import type { SpanFacts } from "../../../query/match.ts";
import type { SpanStore } from "../index/span_store.ts";
import { attributeValueText } from "../scan/encoded_value.ts";
import { readEventNames, readStatusMessage } from "../scan/span_text.ts";
import { SPAN_TEXTS } from "../scan/text_layouts.ts";
import { FoundTexts, TextSearch } from "../scan/text_search.ts";
import { ValueSearch } from "../scan/value_search.ts";
import { KIND_MASK, ROW, STATUS_MASK, STATUS_SHIFT } from "../tables/span_layout.ts";
import { hexOfWords } from "../tables/words.ts";
import { AttributeKeys } from "./attribute_keys.ts";
import { AttributePlaces, type AttributeTest, SPAN_ATTRIBUTES } from "./attribute_places.ts";
import { EncodedScopes } from "./encoded_scopes.ts";
import { durationAt, hasTimes, TraceDurations } from "./trace_extent.ts";

/**
 * A kept span, as a query sees it. It decodes only what is asked for, and is reused: after
 * {@linkcode moveTo} it is another span.
 */
export class EncodedSpan implements SpanFacts {
  readonly #store: SpanStore;
  readonly #keys = new AttributeKeys();
  readonly #values = new Map<string, ValueSearch>();
  readonly #texts = new TextSearch();
  /** Of the span, its events, and its links. */
  readonly #ownAttributes = new AttributePlaces(this.#keys);
  readonly #ownTexts = new FoundTexts(this.#texts);
  readonly #scopes: EncodedScopes;
  readonly #durations: TraceDurations;
  #reader = new ProtobufReader(new Uint8Array());
  /** The number of the reader's segment. */
  #segment = -1;
  #at = 0;

  constructor(store: SpanStore) {
    this.#store = store;
    this.#scopes = new EncodedScopes(store, this.#keys, this.#texts);
    this.#durations = new TraceDurations(store);
  }

  /** Becomes the span whose row begins at `at`. */
  moveTo(at: number): void {
    this.#at = at;
    this.#ownAttributes.forget();
    this.#ownTexts.forget();
  }

  durationNanos(field: string): number | undefined {
    if (field === "trace.duration") return this.#durations.nanosOf(this.#traceNumber);
    const { words } = this.#store.rows.ring;
    return hasTimes(words, this.#at) ? durationAt(words, this.#at) : undefined;
  }

  field(name: string): Iterable<string> {
    const { words } = this.#store.rows.ring;
    const facts = words[this.#at + ROW.facts]!;
    switch (name) {
      case "service":
        return [this.#store.serviceAt(this.#at)];
      case "name":
        return [this.#store.nameAt(this.#at)];
      case "kind":
        return [KINDS[facts & KIND_MASK] ?? ""];
      case "status":
        return [STATUSES[(facts & STATUS_MASK) >> STATUS_SHIFT] ?? ""];
      case "trace":
        return [this.#store.traces.idOf(this.#traceNumber)];
      case "span":
        return [hexOfWords(words, this.#at + ROW.spanId, 2)];
      case "status.message":
        return present(readStatusMessage(this.#readSpan(), this.#end));
      case "event.name":
        return readEventNames(this.#readSpan(), this.#end);
      case "scope.name":
        return present(this.#scopes.field(this.#scopeNumber, this.#readSegment(), "name"));
      case "scope.version":
        return present(this.#scopes.field(this.#scopeNumber, this.#readSegment(), "version"));
      default:
        return [];
    }
  }

  attribute(key: string, level?: Level): readonly string[] {
    const texts: string[] = [];
    this.#some(key, level, (reader, start, end) => {
      texts.push(attributeValueText(reader, start, end));
      return false;
    });
    return texts;
  }

  hasAttribute(key: string, value: string, level?: Level): boolean {
    let search = this.#values.get(value);
    if (search === undefined) this.#values.set(value, search = new ValueSearch(value));
    return this.#some(key, level, search.isValue);
  }

  contains(text: string): boolean {
    if (text === "") return true;
    const index = this.#texts.indexOf(text);
    return this.#scopes.texts(this.#scopeNumber, this.#readSegment()).has(index) ||
      this.#findTexts().has(index);
  }

  /** Whether an attribute with the key passes the test, at one level or at any. */
  #some(key: string, level: Level | undefined, test: AttributeTest): boolean {
    const index = this.#keys.indexOf(key);
    const reader = this.#readSegment();
    const isAround = level === "resource" || level === "scope";
    if (isAround || level === undefined) {
      const around = this.#scopes.attributes(this.#scopeNumber, reader);
      if (around.some(index, level, reader, test)) return true;
    }
    return !isAround && this.#findAttributes().some(index, level, reader, test);
  }

  #findAttributes(): AttributePlaces {
    const attributes = this.#ownAttributes;
    if (attributes.begin()) {
      attributes.search(this.#readSpan(), this.#end, SPAN_ATTRIBUTES);
    }
    return attributes;
  }

  #findTexts(): FoundTexts {
    const texts = this.#ownTexts;
    if (texts.begin()) {
      texts.search(this.#readSpan(), this.#end, SPAN_TEXTS);
    }
    return texts;
  }

  get #scopeNumber(): number {
    return this.#store.scopes.numberOf(this.#store.rows.ring.words[this.#at + ROW.scope]!);
  }

  get #traceNumber(): number {
    const low = this.#store.rows.ring.words[this.#at + ROW.trace]!;
    return this.#store.traces.ring.numberOf(low);
  }

  /** Where the span ends in its segment. */
  get #end(): number {
    const { words } = this.#store.rows.ring;
    return words[this.#at + ROW.offset]! + words[this.#at + ROW.length]!;
  }

  /** The reader at the beginning of the span. */
  #readSpan(): ProtobufReader {
    const reader = this.#readSegment();
    reader.position = this.#store.rows.ring.words[this.#at + ROW.offset]!;
    return reader;
  }

  /** The reader of the span's segment. */
  #readSegment(): ProtobufReader {
    const segment = this.#store.segmentOf(this.#at);
    if (segment !== this.#segment) {
      this.#reader = new ProtobufReader(this.#store.bytes.read(segment));
      this.#segment = segment;
    }
    return this.#reader;
  }
}

function present(text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : [text];
}
