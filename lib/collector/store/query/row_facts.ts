import { KINDS, type Level, STATUSES } from "../../../query/fields.ts";
import type { SpanFacts } from "../../../query/match.ts";
import type { SpanStore } from "../index/span_store.ts";
import { KIND_MASK, ROW, STATUS_MASK, STATUS_SHIFT } from "../tables/span_layout.ts";
import { hexOfWords } from "../tables/words.ts";
import { durationAt, type TraceDurations } from "./trace_extent.ts";

/** A kept span, as a query sees it. Details are decoded only when needed. */
export class RowFacts implements SpanFacts {
  readonly #store: SpanStore;
  readonly #at: number;
  readonly #traces: TraceDurations;
  readonly #decode: () => SpanFacts;
  #details: SpanFacts | undefined;

  constructor(store: SpanStore, at: number, traces: TraceDurations, decode: () => SpanFacts) {
    this.#store = store;
    this.#at = at;
    this.#traces = traces;
    this.#decode = decode;
  }

  durationNanos(field: string): number {
    if (field === "trace.duration") return this.#traces.nanosOf(this.#traceNumber);
    return durationAt(this.#store.rows.ring.words, this.#at);
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
      default:
        return this.#decoded.field(name);
    }
  }

  attribute(key: string, level?: Level): Iterable<string> {
    return this.#decoded.attribute(key, level);
  }

  texts(): Iterable<string> {
    return this.#decoded.texts();
  }

  get #traceNumber(): number {
    const low = this.#store.rows.ring.words[this.#at + ROW.trace]!;
    return this.#store.traces.ring.numberOf(low);
  }

  get #decoded(): SpanFacts {
    return this.#details ??= this.#decode();
  }
}
