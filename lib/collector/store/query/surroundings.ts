import { valueText } from "../../../otlp/any_value.ts";
import type { InstrumentationScope, Resource } from "../../../otlp/json.ts";
import type { SpanStore } from "../index/span_store.ts";
import type { TextSearch } from "../scan/text_search.ts";
import { ROW } from "../tables/span_layout.ts";

/** What the spans of a scope have in common. */
export interface Surroundings {
  resource: Resource | undefined;
  scope: InstrumentationScope | undefined;
}

/** Decodes resources and scopes once for all of their spans, which are contiguous. */
export class SurroundingsReader {
  readonly #store: SpanStore;
  #number = -1;
  #last: Surroundings = { resource: undefined, scope: undefined };
  /** Whether the last surroundings have a text. */
  readonly #contained = new Map<TextSearch, boolean>();

  constructor(store: SpanStore) {
    this.#store = store;
  }

  /** The surroundings of the span whose row begins at `at`. */
  of(at: number): Surroundings {
    const number = this.#store.scopes.numberOf(this.#store.rows.ring.words[at + ROW.scope]!);
    if (number !== this.#number) {
      const { resource } = this.#store.resourceOf(number);
      const { scope } = this.#store.scopeHeader(number);
      this.#number = number;
      this.#last = { resource, scope };
      this.#contained.clear();
    }
    return this.#last;
  }

  /** Whether the scope's name, or an attribute of scope or resource, contains the text. */
  contains(at: number, search: TextSearch): boolean {
    const { resource, scope } = this.of(at);
    let isIn = this.#contained.get(search);
    if (isIn === undefined) {
      const attributes = [...resource?.attributes ?? [], ...scope?.attributes ?? []];
      isIn = search.isIn(scope?.name ?? "") ||
        attributes.some(({ value }) => search.isIn(valueText(value)));
      this.#contained.set(search, isIn);
    }
    return isIn;
  }
}
