import { protobufToJson } from "../../../otlp/decode.ts";
import type { ResourceSpans, ScopeSpans } from "../../../otlp/json.ts";
import { withoutContents } from "../scan/message_parts.ts";
import { ROW } from "../tables/span_layout.ts";
import type { SpanStore } from "../index/span_store.ts";

/**
 * Puts spans together as OTLP's JSON: those of the same resource and scope in one group, whatever
 * requests they came with.
 */
export class TracesDataBuilder {
  readonly #store: SpanStore;
  readonly #resources = new Map<string, ResourceGroup>();
  readonly #byScope = new Map<number, ScopeGroup>();

  constructor(store: SpanStore) {
    this.#store = store;
  }

  get isEmpty(): boolean {
    return this.#resources.size === 0;
  }

  add(row: number): void {
    const { ring } = this.#store.rows;
    const at = ring.at(row);
    const scope = this.#store.scopes.numberOf(ring.words[at + ROW.scope]!);
    let group = this.#byScope.get(scope);
    if (group === undefined) this.#byScope.set(scope, group = this.#groupOf(scope));
    group.spans.push(JSON.stringify(protobufToJson("Span", this.#store.spanBytes(at))));
  }

  /** JSON of {@linkcode TracesData}. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const resources = [...this.#resources.values()].map(({ header, scopes }) => {
      const list = [...scopes.values()].map(({ header, spans }) =>
        withList(header, "spans", spans)
      );
      return withList(header, "scopeSpans", list);
    });
    return new TextEncoder().encode(withList({}, "resourceSpans", resources));
  }

  #groupOf(scope: number): ScopeGroup {
    const resourceHeader = withoutContents(this.#store.resourceSpansBytes(scope));
    const resourceKey = latin1(resourceHeader);
    let resource = this.#resources.get(resourceKey);
    if (resource === undefined) {
      resource = { header: protobufToJson("ResourceSpans", resourceHeader), scopes: new Map() };
      this.#resources.set(resourceKey, resource);
    }
    const scopeHeader = withoutContents(this.#store.scopeSpansBytes(scope));
    const scopeKey = latin1(scopeHeader);
    let group = resource.scopes.get(scopeKey);
    if (group === undefined) {
      group = { header: protobufToJson("ScopeSpans", scopeHeader), spans: [] };
      resource.scopes.set(scopeKey, group);
    }
    return group;
  }
}

/** Takes every byte as a character, so that different bytes are different texts. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The object in JSON, with a list of elements that are in JSON already. */
function withList(header: object, name: string, elements: string[]): string {
  const start = JSON.stringify(header).slice(0, -1);
  return `${start}${start === "{" ? "" : ","}"${name}":[${elements.join(",")}]}`;
}

interface ResourceGroup {
  header: ResourceSpans;
  scopes: Map<string, ScopeGroup>;
}

interface ScopeGroup {
  header: ScopeSpans;
  /** Each in JSON. */
  spans: string[];
}
