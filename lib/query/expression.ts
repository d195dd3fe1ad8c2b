/** How a field's value is compared with the query's. */
export type Operator = "=" | "!=" | ">" | ">=" | "<" | "<=";

/** A parsed query for spans. */
export type Expression =
  | { kind: "and" | "or"; parts: Expression[] }
  | { kind: "not"; part: Expression; start: number; end: number }
  | Comparison
  | { kind: "exists"; field: string }
  /** Text anywhere in the span, ignoring case. */
  | { kind: "text"; text: string };

/** A field of the span, and the required value. */
export interface Comparison {
  kind: "compare";
  field: string;
  operator: Operator;
  /** As written, without quotes. */
  value: string;
  /** Whether `*` matches any text: it does in values without quotes. */
  hasWildcards: boolean;
  /** Where the term begins and ends in the query. */
  start: number;
  end: number;
}

/** The query is invalid. The message is for the user; the position is for an underline. */
export class QueryError extends Error {
  override name = "QueryError";
  /** Where the error begins and ends, in UTF-16 code units of the query. */
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}
