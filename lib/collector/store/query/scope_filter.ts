import { attributeText } from "../../../otlp/any_value.ts";
import type { TraceQuery } from "../../model.ts";
import type { InstrumentationScope, KeyValue } from "../../../otlp/json.ts";
import type { SpanStore } from "../index/span_store.ts";
import { ROW } from "../tables/span_layout.ts";

/** An attribute to search for; values are compared as text. */
interface WantedAttribute {
  key: string;
  value: string;
}

/** Finds spans by their resource and scope. */
export class ScopeFilter {
  /** Whether every scope matches. */
  readonly isEmpty: boolean;
  readonly #store: SpanStore;
  readonly #query: TraceQuery;
  readonly #resourceAttributes: WantedAttribute[];
  /** Cached, because the spans of a scope are contiguous. */
  #last: Surroundings | undefined;

  constructor(store: SpanStore, query: TraceQuery) {
    this.#store = store;
    this.#query = query;
    this.#resourceAttributes = Object.entries(query.resourceAttributes ?? {})
      .map(([key, value]) => ({ key, value }));
    this.isEmpty = this.#resourceAttributes.length === 0 && query.scopeName === undefined &&
      query.scopeVersion === undefined;
  }

  /** Whether resource and scope match, for the span whose row begins at `at`. */
  matches(at: number): boolean {
    if (this.isEmpty) return true;
    const { scopeName, scopeVersion } = this.#query;
    const { resource, scope } = this.#surroundings(at);
    return (scopeName === undefined || (scope?.name ?? "") === scopeName) &&
      (scopeVersion === undefined || (scope?.version ?? "") === scopeVersion) &&
      this.#resourceAttributes.every((wanted) => hasAttribute(resource, wanted));
  }

  /** Whether the span's resource or scope has each of the attributes. */
  hasAll(at: number, attributes: readonly WantedAttribute[]): boolean {
    if (attributes.length === 0) return true;
    const { resource, scope } = this.#surroundings(at);
    return attributes.every((wanted) =>
      hasAttribute(resource, wanted) || hasAttribute(scope?.attributes, wanted)
    );
  }

  #surroundings(at: number): Surroundings {
    const number = this.#store.scopes.numberOf(this.#store.rows.ring.words[at + ROW.scope]!);
    if (this.#last?.number !== number) {
      this.#last = {
        number,
        resource: this.#store.resourceOf(number).resource?.attributes,
        scope: this.#store.scopeHeader(number).scope,
      };
    }
    return this.#last;
  }
}

/** Whether one of the attributes has the wanted key and value. */
function hasAttribute(
  attributes: KeyValue[] | undefined,
  { key, value }: WantedAttribute,
): boolean {
  return attributeText(attributes, key) === value;
}

interface Surroundings {
  number: number;
  resource: KeyValue[] | undefined;
  scope: InstrumentationScope | undefined;
}
