import type { SpanStore } from "../index/span_store.ts";
import type { TextSearch } from "../scan/text_search.ts";
import type { AttributeSearch } from "./attribute_search.ts";

const decoder = new TextDecoder();

/** Rules out whole requests, much faster than span by span. */
export class RequestFilter {
  readonly #store: SpanStore;
  readonly #needed: readonly string[];
  readonly #text: TextSearch | undefined;
  /** Whether a request may have what is searched for, by request number. */
  readonly #known = new Map<number, boolean>();

  constructor(
    store: SpanStore,
    attributes: readonly AttributeSearch[],
    text: TextSearch | undefined,
  ) {
    this.#store = store;
    this.#needed = attributes.flatMap(({ neededTexts }) => neededTexts);
    this.#text = text?.isFoundInRequests ? text : undefined;
  }

  /** Whether the request of the span whose row begins at `at` may have all that is searched for. */
  mayHave(at: number): boolean {
    if (this.#needed.length === 0 && !this.#text) return true;
    const segment = this.#store.segmentOf(at);
    let mayHave = this.#known.get(segment);
    if (mayHave === undefined) {
      // Far faster than searching the bytes.
      const request = decoder.decode(this.#store.bytes.read(segment));
      mayHave = this.#needed.every((text) => request.includes(text)) &&
        (this.#text?.isIn(request) ?? true);
      this.#known.set(segment, mayHave);
    }
    return mayHave;
  }
}
