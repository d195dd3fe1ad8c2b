import type { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import type { SpanStore } from "../index/span_store.ts";
import { readScopeText } from "../scan/span_text.ts";
import { RESOURCE_TEXTS, SCOPE_TEXTS } from "../scan/text_layouts.ts";
import { FoundTexts, type TextSearch } from "../scan/text_search.ts";
import { SCOPE } from "../tables/span_layout.ts";
import type { AttributeKeys } from "./attribute_keys.ts";
import { AttributePlaces, RESOURCE_ATTRIBUTES, SCOPE_ATTRIBUTES } from "./attribute_places.ts";

/** How many scopes are remembered; a power of two. */
const MAX_KNOWN = 256;

/**
 * What the scopes and resources of spans hold, as far as it was asked for. The last ones are remembered: the
 * spans of a trace come from several services, and so do those of the next one.
 */
export class EncodedScopes {
  readonly #store: SpanStore;
  readonly #keys: AttributeKeys;
  readonly #texts: TextSearch;
  readonly #known: KnownScope[] = [];

  constructor(store: SpanStore, keys: AttributeKeys, texts: TextSearch) {
    this.#store = store;
    this.#keys = keys;
    this.#texts = texts;
  }

  /** The attributes of a scope and of its resource. @param reader Of their segment, as below. */
  attributes(number: number, reader: ProtobufReader): AttributePlaces {
    const { attributes } = this.#of(number);
    if (attributes.begin()) {
      attributes.search(reader, this.#toResource(number, reader), RESOURCE_ATTRIBUTES);
      attributes.search(reader, this.#toScope(number, reader), SCOPE_ATTRIBUTES);
    }
    return attributes;
  }

  /** The texts in the scope's name, and in the attributes of scope and resource. */
  texts(number: number, reader: ProtobufReader): FoundTexts {
    const { texts } = this.#of(number);
    if (texts.begin()) {
      texts.search(reader, this.#toResource(number, reader), RESOURCE_TEXTS);
      texts.search(reader, this.#toScope(number, reader), SCOPE_TEXTS);
    }
    return texts;
  }

  /** The scope's name or version; empty if there is none. */
  field(number: number, reader: ProtobufReader, name: "name" | "version"): string {
    const { fields } = this.#of(number);
    return fields[name] ??= readScopeText(reader, this.#toScope(number, reader), name) ?? "";
  }

  /** Moves the reader to the scope's `ResourceSpans`, and returns its end. */
  #toResource(number: number, reader: ProtobufReader): number {
    const { words } = this.#store.scopes;
    const at = this.#store.scopes.at(number);
    reader.position = words[at + SCOPE.resourceStart]!;
    return words[at + SCOPE.resourceEnd]!;
  }

  /** Moves the reader to the `ScopeSpans`, and returns its end. */
  #toScope(number: number, reader: ProtobufReader): number {
    const { words } = this.#store.scopes;
    const at = this.#store.scopes.at(number);
    reader.position = words[at + SCOPE.scopeStart]!;
    return words[at + SCOPE.scopeEnd]!;
  }

  #of(number: number): KnownScope {
    const slot = number & MAX_KNOWN - 1;
    const known = this.#known[slot] ??= {
      number: -1,
      attributes: new AttributePlaces(this.#keys),
      texts: new FoundTexts(this.#texts),
      fields: {},
    };
    if (known.number !== number) {
      known.number = number;
      known.attributes.forget();
      known.texts.forget();
      known.fields = {};
    }
    return known;
  }
}

interface KnownScope {
  number: number;
  attributes: AttributePlaces;
  texts: FoundTexts;
  fields: { name?: string; version?: string };
}
