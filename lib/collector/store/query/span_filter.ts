import { Buffer } from "node:buffer";
import type { TraceQuery } from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { Resource, Span } from "../../../otlp/json.ts";
import { NOT_INTERNED } from "../tables/interner.ts";
import { IS_ERROR, ROW, STATUS_MASK } from "../tables/span_layout.ts";
import type { SpanStore } from "../index/span_store.ts";
import { attributeText, TextSearch } from "../scan/text_search.ts";
import { durationAt } from "./trace_summary.ts";

/** Says which spans a search is for. */
export class SpanFilter {
  /** Whether any span will do. */
  readonly isEmpty: boolean;
  /** Whether it reads the spans' bytes, which takes its time. */
  readonly isDeep: boolean;
  readonly #store: SpanStore;
  readonly #query: TraceQuery;
  readonly #service: number | undefined;
  readonly #name: number | undefined;
  readonly #startMin: bigint | undefined;
  readonly #startMax: bigint | undefined;
  readonly #attributes: WantedAttribute[];
  readonly #text: TextSearch | undefined;
  /** The spans of a scope follow each other. */
  #lastResource: { scope: number; resource: Resource | undefined } | undefined;

  constructor(store: SpanStore, query: TraceQuery) {
    const { serviceName, operationName, startTimeMinUnixNano, startTimeMaxUnixNano } = query;
    this.#store = store;
    this.#query = query;
    this.#service = serviceName === undefined ? undefined : store.services.find(serviceName);
    this.#name = operationName === undefined ? undefined : store.names.find(operationName);
    this.#startMin = startTimeMinUnixNano === undefined ? undefined : BigInt(startTimeMinUnixNano);
    this.#startMax = startTimeMaxUnixNano === undefined ? undefined : BigInt(startTimeMaxUnixNano);
    this.#attributes = Object.entries(query.attributes ?? {})
      .map(([key, value]) => ({ key, value }));
    this.#text = query.text ? new TextSearch(query.text) : undefined;
    this.isDeep = this.#attributes.length > 0 || this.#text !== undefined;
    this.isEmpty = !this.isDeep && query.status !== "error" &&
      [
        serviceName,
        operationName,
        startTimeMinUnixNano,
        startTimeMaxUnixNano,
        query.minDurationNanos,
        query.maxDurationNanos,
      ].every((value) => value === undefined);
  }

  /** Whether a span, given by where its row begins, is one of them. */
  matches(at: number): boolean {
    return this.#matchesRow(at) && (!this.isDeep || this.#matchesBytes(at));
  }

  #matchesRow(at: number): boolean {
    const { words } = this.#store.rows.ring;
    const query = this.#query;
    if (this.#service !== undefined) {
      const service = words[at + ROW.service]!;
      if (service !== this.#service) return false;
      if (service === NOT_INTERNED && this.#store.serviceAt(at) !== query.serviceName) return false;
    }
    if (this.#name !== undefined) {
      const name = words[at + ROW.name]!;
      if (name !== this.#name) return false;
      if (name === NOT_INTERNED && this.#store.nameAt(at) !== query.operationName) return false;
    }
    if (query.status === "error" && (words[at + ROW.facts]! & STATUS_MASK) !== IS_ERROR) {
      return false;
    }
    const { minDurationNanos = 0, maxDurationNanos = Infinity } = query;
    const duration = durationAt(words, at);
    if (duration < minDurationNanos || duration > maxDurationNanos) return false;
    if (this.#startMin === undefined && this.#startMax === undefined) return true;
    const start = BigInt(words[at + ROW.start]!) << 32n | BigInt(words[at + ROW.start + 1]!);
    return (this.#startMin === undefined || start >= this.#startMin) &&
      (this.#startMax === undefined || start <= this.#startMax);
  }

  /** Most spans need not be decoded: what is looked for stands in their bytes as it is. */
  #matchesBytes(at: number): boolean {
    const bytes = this.#store.spanBytes(at);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const absent = this.#attributes.filter(({ key }) => !buffer.includes(key));
    if (!this.#isInResource(at, absent)) return false;
    const isService = this.#text?.isIn(this.#store.serviceAt(at)) ?? true;
    if (!isService && !this.#text!.mayBeIn(bytes)) return false;
    const span = protobufToJson("Span", bytes);
    if (!isService && !isInSpan(this.#text!, span)) return false;
    const missing = this.#attributes.filter(({ key, value }) =>
      attributeText(span.attributes, key) !== value
    );
    return this.#isInResource(at, missing);
  }

  #isInResource(at: number, attributes: WantedAttribute[]): boolean {
    if (attributes.length === 0) return true;
    const scope = this.#store.scopes.numberOf(this.#store.rows.ring.words[at + ROW.scope]!);
    if (this.#lastResource?.scope !== scope) {
      this.#lastResource = { scope, resource: this.#store.resourceOf(scope).resource };
    }
    const found = this.#lastResource.resource?.attributes;
    return attributes.every(({ key, value }) => attributeText(found, key) === value);
  }
}

function isInSpan(text: TextSearch, { name, status, attributes, events }: Span): boolean {
  return text.isIn(name) || text.isIn(status?.message) || text.isInValues(attributes) ||
    (events?.some((event) => text.isIn(event.name) || text.isInValues(event.attributes)) ?? false);
}

interface WantedAttribute {
  key: string;
  value: string;
}
