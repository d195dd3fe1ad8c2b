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

/** Says which spans the user's query is for. */
export class QueryFilter {
  /** Whether there are spans that a matching trace must not have. */
  readonly hasUnwanted: boolean;
  readonly #store: SpanStore;
  readonly #expression: TraceExpression;
  /** What is wanted, as parts that must all match: those first that need no details. */
  readonly #shallow: Expression[];
  readonly #deep: Expression[];
  /** What a span that is wanted has in its bytes or above it. */
  readonly #keys: string[];
  readonly #texts: TextSearch[];
  /** The spans of a scope follow each other. */
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

  /** Whether a span, given by where its row begins, is one of them. */
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

  /** Most spans need not be decoded: keys and texts stand in their bytes as they are. */
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

/** What a scope's spans have in common. */
interface Surroundings {
  /** The scope's. */
  number: number;
  resource: Resource | undefined;
  scope: InstrumentationScope | undefined;
  /** The keys of their attributes, and all that text is looked for in. */
  keys: Set<string>;
  texts: string[];
}

/** The attribute's key that a span must have to match; it may be above the span. */
function keyOf(term: Expression): string[] {
  if (term.kind !== "compare" && term.kind !== "exists") return [];
  return findField(term.field) ? [] : [attributePath(term.field).key];
}
