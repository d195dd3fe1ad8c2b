import type { TraceQuery } from "../../model.ts";
import { NOT_INTERNED } from "../tables/interner.ts";
import { IS_ERROR, KIND_MASK, ROW, STATUS_MASK, STATUS_SHIFT } from "../tables/span_layout.ts";
import type { SpanStore } from "../index/span_store.ts";
import { TextSearch } from "../scan/text_search.ts";
import { AttributeSearch } from "./attribute_search.ts";
import { EncodedSpan } from "./encoded_span.ts";
import { RequestFilter } from "../scan/request_filter.ts";
import { ScopeFilter } from "./scope_filter.ts";
import { durationAt } from "./trace_extent.ts";

/** Decides which spans match a search. */
export class SpanFilter {
  /** Whether every span matches. */
  readonly isEmpty: boolean;
  /** Whether it reads the spans' bytes, which is slow. */
  readonly isDeep: boolean;
  readonly #store: SpanStore;
  readonly #query: TraceQuery;
  readonly #service: number | undefined;
  readonly #name: number | undefined;
  readonly #startMin: bigint | undefined;
  readonly #startMax: bigint | undefined;
  readonly #attributes: AttributeSearch[];
  readonly #requests: RequestFilter;
  readonly #text: string | undefined;
  readonly #span: EncodedSpan;
  readonly #scope: ScopeFilter;

  constructor(store: SpanStore, query: TraceQuery) {
    const { serviceName, operationName, startTimeMinUnixNano, startTimeMaxUnixNano } = query;
    this.#store = store;
    this.#query = query;
    this.#service = serviceName === undefined ? undefined : store.services.find(serviceName);
    this.#name = operationName === undefined ? undefined : store.names.find(operationName);
    this.#startMin = startTimeMinUnixNano === undefined ? undefined : BigInt(startTimeMinUnixNano);
    this.#startMax = startTimeMaxUnixNano === undefined ? undefined : BigInt(startTimeMaxUnixNano);
    this.#attributes = Object.entries(query.attributes ?? {})
      .map(([key, value]) => new AttributeSearch(key, value));
    this.#text = query.text || undefined;
    const texts = new Map(this.#text ? [[this.#text, new TextSearch(this.#text)]] : []);
    this.#requests = new RequestFilter(
      store.bytes,
      this.#attributes.flatMap(({ neededTexts }) => neededTexts),
      [...texts.values()],
    );
    this.#span = new EncodedSpan(store, this.#requests, texts);
    this.#scope = new ScopeFilter(store, query);
    this.isDeep = this.#attributes.length > 0 || this.#text !== undefined || !this.#scope.isEmpty;
    this.isEmpty = !this.isDeep && query.status !== "error" &&
      [
        serviceName,
        operationName,
        startTimeMinUnixNano,
        startTimeMaxUnixNano,
        query.minDurationNanos,
        query.maxDurationNanos,
        query.spanKind,
        query.statusCodes,
      ].every((value) => value === undefined);
  }

  /** Whether the span whose row begins at `at` matches. */
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
    if (!this.#matchesFacts(words[at + ROW.facts]!)) return false;
    const { minDurationNanos = 0, maxDurationNanos = Infinity } = query;
    const duration = durationAt(words, at);
    if (duration < minDurationNanos || duration > maxDurationNanos) return false;
    if (this.#startMin === undefined && this.#startMax === undefined) return true;
    const start = BigInt(words[at + ROW.start]!) << 32n | BigInt(words[at + ROW.start + 1]!);
    return (this.#startMin === undefined || start >= this.#startMin) &&
      (this.#startMax === undefined || start <= this.#startMax);
  }

  #matchesFacts(facts: number): boolean {
    const { status, spanKind, statusCodes } = this.#query;
    if (status === "error" && (facts & STATUS_MASK) !== IS_ERROR) return false;
    if (spanKind !== undefined && (facts & KIND_MASK) !== spanKind) return false;
    return statusCodes?.includes((facts & STATUS_MASK) >>> STATUS_SHIFT) ?? true;
  }

  #matchesBytes(at: number): boolean {
    const span = this.#span;
    span.moveTo(at);
    if (!this.#requests.hasNeeded(span.segment) || !this.#scope.matches(at)) return false;
    const missing = this.#attributes.filter((attribute) => !span.hasAttribute(attribute));
    return this.#scope.hasAll(at, missing) &&
      (this.#text === undefined || span.contains(this.#text));
  }
}
