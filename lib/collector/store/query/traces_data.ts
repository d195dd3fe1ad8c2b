import { protobufToJson } from "../../../otlp/decode.ts";
import { withoutContents } from "../scan/message_parts.ts";
import { ROW } from "../tables/span_layout.ts";
import type { SpanStore } from "../index/span_store.ts";

/**
 * Collects spans as OTLP JSON. Spans with the same resource and scope form one group, no matter which
 * requests they came with.
 */
export class TracesDataBuilder {
  readonly #store: SpanStore;
  readonly #resources = new Map<string, ResourceGroup>();
  readonly #byScope = new Map<number, ScopeGroup>();
  #byteLength = 0;

  constructor(store: SpanStore) {
    this.#store = store;
  }

  /** The approximate length of the JSON. */
  get byteLength(): number {
    return this.#byteLength;
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
    const span = JSON.stringify(protobufToJson("Span", this.#store.spanBytes(at)));
    group.spans.push(span);
    this.#byteLength += span.length;
  }

  /** Returns {@linkcode TracesData} as JSON. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(`{"resourceSpans":[${this.#elements()}]}`);
  }

  /** Returns only the elements of the `resourceSpans` list, as JSON. */
  toElements(): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(this.#elements());
  }

  #elements(): string {
    const resources = [...this.#resources.values()].map(({ header, scopes }) => {
      const list = [...scopes.values()].map(({ header, spans }) =>
        withList(header, "spans", spans)
      );
      return withList(header, "scopeSpans", list);
    });
    return resources.join();
  }

  #groupOf(scope: number): ScopeGroup {
    const resourceHeader = withoutContents(this.#store.resourceSpansBytes(scope));
    const resourceKey = latin1(resourceHeader);
    let resource = this.#resources.get(resourceKey);
    if (resource === undefined) {
      const header = JSON.stringify(protobufToJson("ResourceSpans", resourceHeader));
      resource = { header, scopes: new Map() };
      this.#byteLength += header.length;
      this.#resources.set(resourceKey, resource);
    }
    const scopeHeader = withoutContents(this.#store.scopeSpansBytes(scope));
    const scopeKey = latin1(scopeHeader);
    let group = resource.scopes.get(scopeKey);
    if (group === undefined) {
      const header = JSON.stringify(protobufToJson("ScopeSpans", scopeHeader));
      group = { header, spans: [] };
      this.#byteLength += header.length;
      resource.scopes.set(scopeKey, group);
    }
    return group;
  }
}

/** Maps every byte to a character, so that different bytes give different texts. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Adds a list to an object; the object and the elements are already JSON. */
function withList(header: string, name: string, elements: string[]): string {
  const start = header.slice(0, -1);
  return `${start}${start === "{" ? "" : ","}"${name}":[${elements.join(",")}]}`;
}

interface ResourceGroup {
  /** In JSON. */
  header: string;
  scopes: Map<string, ScopeGroup>;
}

interface ScopeGroup {
  /** In JSON. */
  header: string;
  /** Each in JSON. */
  spans: string[];
}
