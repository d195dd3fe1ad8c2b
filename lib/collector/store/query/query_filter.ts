import { Buffer } from "node:buffer";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { InstrumentationScope, Resource } from "../../../otlp/json.ts";
import type { Expression } from "../../../query/expression.ts";
import { attributePath, findField } from "../../../query/fields.ts";
import {
  isComparedAsText,
  isDeep,
  matchesSpan,
  type TraceExpression,
  valueTest,
} from "../../../query/match.ts";
import type { SpanStore } from "../index/span_store.ts";
import { attributeText, valueText } from "../../../otlp/any_value.ts";
import { TextSearch } from "../scan/text_search.ts";
import { ROW } from "../tables/span_layout.ts";
import { AttributeSearch } from "./attribute_search.ts";
import { RequestFilter } from "./request_filter.ts";
import { RowFacts } from "./row_facts.ts";
import { OtlpSpanFacts } from "../../../trace/span_facts.ts";
import { TraceDurations } from "./trace_extent.ts";

/** Decides which spans match the user's query. */
export class QueryFilter {
  /** Whether the query excludes traces with certain spans. */
  readonly hasUnwanted: boolean;
  readonly #store: SpanStore;
  readonly #expression: TraceExpression;
  /** The wanted part, split into parts that must all match; parts that need no decoding come first. */
  readonly #shallow: Expression[];
  readonly #attributes: AttributeSearch[];
  readonly #deep: Expression[];
  /** Keys and texts that a wanted span has in its bytes, its resource or its scope. */
  readonly #keys: string[];
  readonly #texts: TextSearch[];
  readonly #requests: RequestFilter;
  readonly #durations: TraceDurations;
  /** Cached, because the spans of a scope are contiguous. */
  #last: Surroundings | undefined;

  constructor(store: SpanStore, expression: TraceExpression) {
    this.#store = store;
    this.#expression = expression;
    const { wanted } = expression;
    const parts = wanted?.kind === "and" ? wanted.parts : wanted ? [wanted] : [];
    const deep = parts.filter(isDeep);
    this.#shallow = parts.filter((part) => !isDeep(part));
    this.#attributes = deep.flatMap(attributeOf);
    this.#deep = deep.filter((part) => attributeOf(part).length === 0);
    this.#keys = this.#deep.flatMap(keyOf);
    this.#texts = parts.flatMap((part) => part.kind === "text" ? [new TextSearch(part.text)] : []);
    const needed = [...this.#attributes.flatMap(({ neededTexts }) => neededTexts), ...this.#keys];
    this.#durations = new TraceDurations(store);
    this.#requests = new RequestFilter(store, needed, this.#texts);
    this.hasUnwanted = expression.unwanted.length > 0;
  }

  /** Whether the span whose row begins at `at` matches the wanted part. */
  matches(at: number): boolean {
    const facts = this.#factsOf(at);
    if (!this.#shallow.every((part) => matchesSpan(part, facts))) return false;
    if (this.#attributes.length === 0 && this.#deep.length === 0) return true;
    if (!this.#requests.mayHave(at)) return false;
    const around = this.#surroundingsOf(at);
    const bytes = this.#store.spanBytes(at);
    return this.#attributes.every((search) => search.isIn(bytes) || isAround(search, around)) &&
      (this.#deep.length === 0 ||
        this.#mayMatch(bytes, around) && this.#deep.every((part) => matchesSpan(part, facts)));
  }

  /** Whether a span excludes its trace. */
  isUnwanted(at: number): boolean {
    if (!this.hasUnwanted) return false;
    const facts = this.#factsOf(at);
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

  #factsOf(at: number): RowFacts {
    const facts: RowFacts = new RowFacts(
      this.#store,
      at,
      this.#durations,
      () => this.#decode(at, (field) => facts.durationNanos(field)),
    );
    return facts;
  }

  #decode(at: number, durationNanos: (field: string) => number): OtlpSpanFacts {
    const { resource, scope } = this.#surroundingsOf(at);
    const span = protobufToJson("Span", this.#store.spanBytes(at));
    return new OtlpSpanFacts(span, resource, scope, durationNanos);
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

/** The search that answers a term without decoding spans; none if the term needs more. */
function attributeOf(term: Expression): AttributeSearch[] {
  if (term.kind !== "compare" || term.operator === "!=") return [];
  const { field, operator, value, hasWildcards } = term;
  if (findField(field) || attributePath(field).level !== undefined) return [];
  const isText = operator === "=" && !hasWildcards && isComparedAsText(value);
  return [new AttributeSearch(field, value, isText ? undefined : valueTest(term))];
}

/** Whether the resource or the scope has the attribute. */
function isAround(search: AttributeSearch, { resource, scope }: Surroundings): boolean {
  return search.isMatch(attributeText(resource?.attributes, search.key)) ||
    search.isMatch(attributeText(scope?.attributes, search.key));
}
