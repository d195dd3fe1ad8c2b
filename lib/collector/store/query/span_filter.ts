import type { SpanFacts, SpanTest } from "../../../query/match.ts";
import type { TraceQuery } from "../../model.ts";
import { NOT_INTERNED } from "../tables/interner.ts";
import { IS_ERROR, KIND_MASK, ROW, STATUS_MASK, STATUS_SHIFT } from "../tables/span_layout.ts";
import type { SpanStore } from "../index/span_store.ts";
import { EncodedSpan } from "./encoded_span.ts";
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
  /** What reads the bytes, the fastest first. */
  readonly #deep: SpanTest[];
  readonly #span: EncodedSpan;

  constructor(store: SpanStore, query: TraceQuery) {
    const { serviceName, operationName, startTimeMinUnixNano, startTimeMaxUnixNano } = query;
    this.#store = store;
    this.#query = query;
    this.#service = serviceName === undefined ? undefined : store.services.find(serviceName);
    this.#name = operationName === undefined ? undefined : store.names.find(operationName);
    this.#startMin = startTimeMinUnixNano === undefined ? undefined : BigInt(startTimeMinUnixNano);
    this.#startMax = startTimeMaxUnixNano === undefined ? undefined : BigInt(startTimeMaxUnixNano);
    this.#deep = deepTests(query);
    this.#span = new EncodedSpan(store);
    this.isDeep = this.#deep.length > 0;
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
    this.#span.moveTo(at);
    return this.#deep.every((test) => test(this.#span));
  }
}

/** The tests of a query that need a span's bytes. */
function deepTests(query: TraceQuery): SpanTest[] {
  const { scopeName, scopeVersion, resourceAttributes = {}, attributes = {}, text } = query;
  const hasField = (field: string, wanted: string | undefined): SpanTest[] =>
    wanted === undefined ? [] : [(span) => {
      const [found = ""] = span.field(field);
      return found === wanted;
    }];
  return [
    ...hasField("scope.name", scopeName),
    ...hasField("scope.version", scopeVersion),
    ...Object.entries(resourceAttributes).map(([key, value]): SpanTest => (span) =>
      span.hasAttribute(key, value, "resource")
    ),
    ...Object.entries(attributes).map(([key, value]): SpanTest => (span) =>
      span.hasAttribute(key, value)
    ),
    ...text ? [(span: SpanFacts) => span.contains(text)] : [],
  ];
}
