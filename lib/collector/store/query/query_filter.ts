import { type SpanTest, spanTest, type TraceExpression } from "../../../query/match.ts";
import type { SpanStore } from "../index/span_store.ts";
import { EncodedSpan } from "./encoded_span.ts";

/** Decides which spans match the user's query. */
export class QueryFilter {
  /** Whether the query excludes traces with certain spans. */
  readonly hasUnwanted: boolean;
  readonly #wanted: SpanTest;
  readonly #unwanted: SpanTest[];
  readonly #span: EncodedSpan;

  constructor(store: SpanStore, { wanted, unwanted }: TraceExpression) {
    this.#wanted = wanted ? spanTest(wanted) : () => true;
    this.#unwanted = unwanted.map(spanTest);
    this.hasUnwanted = unwanted.length > 0;
    this.#span = new EncodedSpan(store);
  }

  /** Whether the span whose row begins at `at` matches the wanted part. */
  matches(at: number): boolean {
    this.#span.moveTo(at);
    return this.#wanted(this.#span);
  }

  /** Whether a span excludes its trace. */
  isUnwanted(at: number): boolean {
    if (!this.hasUnwanted) return false;
    this.#span.moveTo(at);
    return this.#unwanted.some((test) => test(this.#span));
  }
}
