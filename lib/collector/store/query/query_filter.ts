import { attributeText } from "../../../otlp/any_value.ts";
import type { Expression } from "../../../query/expression.ts";
import { attributePath, findField } from "../../../query/fields.ts";
import {
  isComparedAsText,
  isDeep,
  type SpanTest,
  spanTest,
  type TraceExpression,
} from "../../../query/match.ts";
import type { SpanStore } from "../index/span_store.ts";
import { TextSearch } from "../scan/text_search.ts";
import { AttributeSearch } from "./attribute_search.ts";
import { EncodedSpan } from "./encoded_span.ts";
import { RequestFilter } from "../scan/request_filter.ts";
import type { Surroundings } from "./surroundings.ts";

/** Decides which spans match the user's query. */
export class QueryFilter {
  /** Whether the query excludes traces with certain spans. */
  readonly hasUnwanted: boolean;
  /** The wanted part, split into parts that must all match, the fastest first. */
  readonly #shallow: SpanTest[];
  readonly #attributes: AttributeSearch[];
  readonly #deep: SpanTest[];
  readonly #unwanted: SpanTest[];
  readonly #requests: RequestFilter;
  readonly #span: EncodedSpan;

  constructor(store: SpanStore, { wanted, unwanted }: TraceExpression) {
    const parts = wanted?.kind === "and" ? wanted.parts : wanted ? [wanted] : [];
    const deep = parts.filter(isDeep);
    this.#shallow = parts.filter((part) => !isDeep(part)).map(spanTest);
    this.#attributes = deep.flatMap(attributeOf);
    const others = deep.filter((part) => attributeOf(part).length === 0);
    this.#deep = others.map(spanTest);
    this.#unwanted = unwanted.map(spanTest);
    this.hasUnwanted = unwanted.length > 0;

    const texts = new Map(
      [...parts, ...unwanted].flatMap(textsOf)
        .map((text) => [text, new TextSearch(text)]),
    );
    const needed = [
      ...this.#attributes.flatMap(({ neededTexts }) => neededTexts),
      ...others.flatMap(keyOf),
    ];
    this.#requests = new RequestFilter(store.bytes, needed, [...texts.values()]);
    this.#span = new EncodedSpan(store, this.#requests, texts);
  }

  /** Whether the span whose row begins at `at` matches the wanted part. */
  matches(at: number): boolean {
    const span = this.#span;
    span.moveTo(at);
    if (!this.#shallow.every((test) => test(span))) return false;
    if (this.#attributes.length === 0 && this.#deep.length === 0) return true;
    return this.#requests.hasNeeded(span.segment) &&
      this.#attributes.every((search) =>
        isAround(search, span.surroundings) || span.hasAttribute(search)
      ) &&
      this.#deep.every((test) => test(span));
  }

  /** Whether a span excludes its trace. */
  isUnwanted(at: number): boolean {
    if (!this.hasUnwanted) return false;
    this.#span.moveTo(at);
    return this.#unwanted.some((test) => test(this.#span));
  }
}

/** All texts that an expression searches for. */
function textsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case "and":
    case "or":
      return expression.parts.flatMap(textsOf);
    case "not":
      return textsOf(expression.part);
    case "text":
      return [expression.text];
    default:
      return [];
  }
}

/** The attribute key that a matching span must have; the attribute may be on its resource or scope. */
function keyOf(term: Expression): string[] {
  if (term.kind !== "compare" && term.kind !== "exists") return [];
  const { key } = attributePath(term.field);
  return findField(term.field) || key.includes("\ufffd") ? [] : [key];
}

/** The search for a term that a text must equal; none for other terms. */
function attributeOf(term: Expression): AttributeSearch[] {
  if (term.kind !== "compare" || term.operator !== "=" || term.hasWildcards) return [];
  const { field, value } = term;
  const isOther = findField(field) || attributePath(field).level !== undefined ||
    !isComparedAsText(value);
  return isOther ? [] : [new AttributeSearch(field, value)];
}

/** Whether the resource or the scope has the attribute. */
function isAround(
  { key, value }: AttributeSearch,
  { resource, scope }: Surroundings,
): boolean {
  return attributeText(resource?.attributes, key) === value ||
    attributeText(scope?.attributes, key) === value;
}
