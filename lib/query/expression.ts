/** How a field's value is compared with the query's. */
export type Operator = "=" | "!=" | ">" | ">=" | "<" | "<=";

/** A query for spans, parsed. */
export type Expression =
  | { kind: "and" | "or"; parts: Expression[] }
  | { kind: "not"; part: Expression; start: number; end: number }
  | Comparison
  | { kind: "exists"; field: string }
  /** A text anywhere in the span, in any case. */
  | { kind: "text"; text: string };

/** A field of the span and what its value must be. */
export interface Comparison {
  kind: "compare";
  field: string;
  operator: Operator;
  /** As it was written, without quotes. */
  value: string;
  /** Whether `*` stands for any text: it does in values without quotes. */
  hasWildcards: boolean;
  /** Where the term begins and ends in the query. */
  start: number;
  end: number;
}

/** The query cannot be read. The message is for the user, the place is for an underline. */
export class QueryError extends Error {
  override name = "QueryError";
  /** Where the mistake begins and ends, in UTF-16 code units of the query. */
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}
