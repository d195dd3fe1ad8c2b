import { attributeText } from "../../../otlp/any_value.ts";
import type { TraceQuery } from "../../model.ts";
import type { KeyValue } from "../../../otlp/json.ts";
import type { SpanStore } from "../index/span_store.ts";
import { SurroundingsReader } from "./surroundings.ts";

/** An attribute to search for; values are compared as text. */
interface WantedAttribute {
  key: string;
  value: string;
}

/** Finds spans by their resource and scope. */
export class ScopeFilter {
  /** Whether every scope matches. */
  readonly isEmpty: boolean;
  readonly #query: TraceQuery;
  readonly #resourceAttributes: WantedAttribute[];
  readonly #around: SurroundingsReader;

  constructor(store: SpanStore, query: TraceQuery) {
    this.#around = new SurroundingsReader(store);
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
    const { resource, scope } = this.#around.of(at);
    return (scopeName === undefined || (scope?.name ?? "") === scopeName) &&
      (scopeVersion === undefined || (scope?.version ?? "") === scopeVersion) &&
      this.#resourceAttributes.every((wanted) => hasAttribute(resource?.attributes, wanted));
  }

  /** Whether the span's resource or scope has each of the attributes. */
  hasAll(at: number, attributes: readonly WantedAttribute[]): boolean {
    if (attributes.length === 0) return true;
    const { resource, scope } = this.#around.of(at);
    return attributes.every((wanted) =>
      hasAttribute(resource?.attributes, wanted) || hasAttribute(scope?.attributes, wanted)
    );
  }
}

/** Whether one of the attributes has the wanted key and value. */
function hasAttribute(
  attributes: KeyValue[] | undefined,
  { key, value }: WantedAttribute,
): boolean {
  return attributeText(attributes, key) === value;
}
