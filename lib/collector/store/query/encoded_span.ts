import { attributeText } from "../../../otlp/any_value.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { KINDS, type Level, STATUSES } from "../../../query/fields.ts";
import type { SpanFacts } from "../../../query/match.ts";
import type { SpanStore } from "../index/span_store.ts";
import { attributeValueText } from "../scan/encoded_value.ts";
import { readEventNames, readStatusMessage } from "../scan/span_text.ts";
import { SPAN_TEXTS } from "../scan/text_layouts.ts";
import type { TextSearch } from "../scan/text_search.ts";
import { KIND_MASK, ROW, STATUS_MASK, STATUS_SHIFT } from "../tables/span_layout.ts";
import { hexOfWords } from "../tables/words.ts";
import { AttributePlaces } from "./attribute_places.ts";
import type { AttributeSearch } from "./attribute_search.ts";
import type { RequestFilter } from "../scan/request_filter.ts";
import { type Surroundings, SurroundingsReader } from "./surroundings.ts";
import { durationAt, hasTimes, TraceDurations } from "./trace_extent.ts";

/**
 * A kept span, as a query sees it. It decodes only what is asked for, and is reused: after
 * {@linkcode moveTo} it is another span.
 */
export class EncodedSpan implements SpanFacts {
  readonly #store: SpanStore;
  readonly #requests: RequestFilter;
  readonly #around: SurroundingsReader;
  readonly #durations: TraceDurations;
  readonly #places = new Map<string, AttributePlaces>();
  readonly #texts: ReadonlyMap<string, TextSearch>;
  #reader = new ProtobufReader(new Uint8Array());
  /** The number of the reader's segment. */
  #segment = -1;
  /** The span's row, and where its bytes are in the segment; -1 until they are asked for. */
  #at = 0;
  #start = -1;
  #end = 0;

  /** @param texts The texts that `contains()` is called with; the filter has the same. */
  constructor(store: SpanStore, requests: RequestFilter, texts: ReadonlyMap<string, TextSearch>) {
    this.#store = store;
    this.#requests = requests;
    this.#texts = texts;
    this.#around = new SurroundingsReader(store);
    this.#durations = new TraceDurations(store);
  }

  /** Becomes the span whose row begins at `at`. */
  moveTo(at: number): void {
    this.#at = at;
    this.#start = -1;
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
        return present(this.surroundings.scope?.name);
      case "scope.version":
        return present(this.surroundings.scope?.version);
      default:
        return [];
    }
  }

  attribute(key: string, level?: Level): readonly string[] {
    const texts: string[] = [];
    if (level !== "resource" && level !== "scope") {
      this.#placesOf(key).some(this.#readSpan(), this.#end, (reader, start, end) => {
        texts.push(attributeValueText(reader, start, end));
        return false;
      }, level);
    }
    if (level === undefined || level === "resource" || level === "scope") {
      const { resource, scope } = this.surroundings;
      const lists = [
        level === "scope" ? undefined : resource?.attributes,
        level === "resource" ? undefined : scope?.attributes,
      ];
      for (const list of lists) {
        const text = attributeText(list, key);
        if (text !== undefined) texts.push(text);
      }
    }
    return texts;
  }

  contains(text: string): boolean {
    const search = this.#texts.get(text)!;
    if (this.#around.contains(this.#at, search)) return true;
    const presence = this.#requests.presence(this.segment, search);
    return presence !== "none" &&
      search.isInMessage(this.#readSpan(), this.#end, SPAN_TEXTS, presence === "written");
  }

  /** Whether the span, one of its events, or one of its links has the attribute. */
  hasAttribute(search: AttributeSearch): boolean {
    return search.isIn(this.#readSpan(), this.#end);
  }

  /** What the span shares with the others of its scope. */
  get surroundings(): Surroundings {
    return this.#around.of(this.#at);
  }

  /** The number of the span's request. */
  get segment(): number {
    return this.#store.segmentOf(this.#at);
  }

  get #traceNumber(): number {
    const low = this.#store.rows.ring.words[this.#at + ROW.trace]!;
    return this.#store.traces.ring.numberOf(low);
  }

  /** The reader at the beginning of the span. A request is read once for all of its spans. */
  #readSpan(): ProtobufReader {
    if (this.#start < 0) {
      const { words } = this.#store.rows.ring;
      const segment = this.#store.segmentOf(this.#at);
      if (segment !== this.#segment) {
        this.#reader = new ProtobufReader(this.#store.bytes.read(segment));
        this.#segment = segment;
      }
      this.#start = words[this.#at + ROW.offset]!;
      this.#end = this.#start + words[this.#at + ROW.length]!;
    }
    this.#reader.position = this.#start;
    return this.#reader;
  }

  #placesOf(key: string): AttributePlaces {
    let places = this.#places.get(key);
    if (places === undefined) this.#places.set(key, places = new AttributePlaces(key));
    return places;
  }
}

function present(text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : [text];
}
