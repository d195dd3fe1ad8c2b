import { Buffer } from "node:buffer";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { InstrumentationScope, Resource } from "../../../otlp/json.ts";
import type { Expression } from "../../../query/expression.ts";
import { attributePath, findField } from "../../../query/fields.ts";
import { isDeep, matchesSpan, type TraceExpression } from "../../../query/match.ts";
import type { SpanStore } from "../index/span_store.ts";
import { valueText } from "../../../otlp/any_value.ts";
import { TextSearch } from "../scan/text_search.ts";
import { ROW } from "../tables/span_layout.ts";
import { RowFacts } from "./row_facts.ts";
import { OtlpSpanFacts } from "./span_facts.ts";
import { durationAt } from "./trace_summary.ts";

/** Decides which spans match the user's query. */
export class QueryFilter {
  /** Whether the query excludes traces with certain spans. */
  readonly hasUnwanted: boolean;
  readonly #store: SpanStore;
  readonly #expression: TraceExpression;
  /** The wanted part, split into parts that must all match; parts that need no decoding come first. */
  readonly #shallow: Expression[];
  readonly #deep: Expression[];
  /** Keys and texts that a wanted span has in its bytes, its resource or its scope. */
  readonly #keys: string[];
  readonly #texts: TextSearch[];
  /** Cached, because the spans of a scope are contiguous. */
  #last: Surroundings | undefined;

  constructor(store: SpanStore, expression: TraceExpression) {
    this.#store = store;
    this.#expression = expression;
    const { wanted } = expression;
    const parts = wanted?.kind === "and" ? wanted.parts : wanted ? [wanted] : [];
    this.#shallow = parts.filter((part) => !isDeep(part));
    this.#deep = parts.filter(isDeep);
    this.#keys = this.#deep.flatMap(keyOf);
    this.#texts = parts.flatMap((part) => part.kind === "text" ? [new TextSearch(part.text)] : []);
    this.hasUnwanted = expression.unwanted.length > 0;
  }

  /** Whether the span whose row begins at `at` matches the wanted part. */
  matches(at: number): boolean {
    const facts = new RowFacts(this.#store, at, () => this.#decode(at));
    if (!this.#shallow.every((part) => matchesSpan(part, facts))) return false;
    if (this.#deep.length === 0) return true;
    return this.#mayMatch(this.#store.spanBytes(at), this.#surroundingsOf(at)) &&
      this.#deep.every((part) => matchesSpan(part, facts));
  }

  /** Whether a span excludes its trace. */
  isUnwanted(at: number): boolean {
    if (!this.hasUnwanted) return false;
    const facts = new RowFacts(this.#store, at, () => this.#decode(at));
    return this.#expression.unwanted.some((part) => matchesSpan(part, facts));
  }

  /** Avoids decoding most spans: keys and texts are encoded as they are. */
  #mayMatch(bytes: Uint8Array, { keys, texts }: Surroundings): boolean {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.#keys.every((key) => buffer.includes(key) || keys.has(key)) &&
      this.#texts.every((search) =>
        search.mayBeIn(bytes) || texts.some((text) => search.isIn(text))
      );
  }

  #decode(at: number): OtlpSpanFacts {
    const { resource, scope } = this.#surroundingsOf(at);
    const span = protobufToJson("Span", this.#store.spanBytes(at));
    return new OtlpSpanFacts(span, resource, scope, durationAt(this.#store.rows.ring.words, at));
  }

  #surroundingsOf(at: number): Surroundings {
    const number = this.#store.scopes.numberOf(this.#store.rows.ring.words[at + ROW.scope]!);
    if (this.#last?.number === number) return this.#last;
    const { resource } = this.#store.resourceOf(number);
    const { scope } = this.#store.scopeHeader(number);
    const attributes = [...resource?.attributes ?? [], ...scope?.attributes ?? []];
    return this.#last = {
      number,
      resource,
      scope,
      keys: new Set(attributes.map(({ key = "" }) => key)),
      texts: [scope?.name ?? "", ...attributes.map(({ value }) => valueText(value))],
    };
  }
}

/** What the spans of a scope have in common. */
interface Surroundings {
  /** The scope's number. */
  number: number;
  resource: Resource | undefined;
  scope: InstrumentationScope | undefined;
  /** The attribute keys of resource and scope, and all texts that a search looks at. */
  keys: Set<string>;
  texts: string[];
}

/** The attribute key that a matching span must have; the attribute may be on its resource or scope. */
function keyOf(term: Expression): string[] {
  if (term.kind !== "compare" && term.kind !== "exists") return [];
  return findField(term.field) ? [] : [attributePath(term.field).key];
}
