import { queryDuration } from "./duration.ts";
import { type Comparison, type Expression, type Operator, QueryError } from "./expression.ts";
import { findField } from "./fields.ts";
import { type Token, Tokens } from "./tokens.ts";

/** The maximum length of a query, in UTF-16 code units. */
export const MAX_QUERY_LENGTH = 1_000;
/** The maximum number of terms in a query, and of nested parentheses. */
const MAX_TERMS = 100;
const MAX_DEPTH = 20;

const AND = ["and", "&&"];
const OR = ["or", "||"];
const NOT = ["not", "!"];

/**
 * Parses a query for spans: `service:shop status:error duration>100ms "free text"`. Adjacent terms
 * must all match. `or` binds less tightly than `and`, and `not` binds most tightly. See
 * `docs/reference/query.md`.
 *
 * @returns Undefined if the query is empty: then every span matches.
 * @throws {QueryError} If the query is invalid; the error has the position.
 */
export function parseQuery(text: string): Expression | undefined {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new QueryError(
      `Cannot read the query: expected at most ${MAX_QUERY_LENGTH} characters`,
      MAX_QUERY_LENGTH,
      text.length,
    );
  }
  return new Parser(text).parse();
}

class Parser {
  readonly #tokens: Tokens;
  #terms = 0;

  constructor(text: string) {
    this.#tokens = new Tokens(text);
  }

  parse(): Expression | undefined {
    if (this.#tokens.peek().kind === "end") return undefined;
    const expression = this.#or(0);
    const rest = this.#tokens.next();
    if (rest.kind === "end") return expression;
    throw new QueryError('Cannot read ")": no parenthesis is open', rest.start, rest.end);
  }

  #or(depth: number): Expression {
    const parts = [this.#and(depth)];
    while (isKeyword(this.#tokens.peek(), OR)) {
      this.#tokens.next();
      parts.push(this.#and(depth));
    }
    return parts.length === 1 ? parts[0]! : { kind: "or", parts };
  }

  #and(depth: number): Expression {
    const parts = [this.#not(depth)];
    while (true) {
      const token = this.#tokens.peek();
      if (token.kind === "end" || token.kind === ")" || isKeyword(token, OR)) break;
      if (isKeyword(token, AND)) this.#tokens.next();
      parts.push(this.#not(depth));
    }
    return parts.length === 1 ? parts[0]! : { kind: "and", parts };
  }

  #not(depth: number): Expression {
    const token = this.#tokens.peek();
    if (!isKeyword(token, NOT)) return this.#term(depth);
    this.#tokens.next();
    const part = this.#not(this.#deeper(depth, token));
    return { kind: "not", part, start: token.start, end: this.#tokens.at };
  }

  #term(depth: number): Expression {
    const token = this.#tokens.next();
    if (++this.#terms > MAX_TERMS) {
      throw new QueryError(
        `Cannot read the query: expected at most ${MAX_TERMS} terms`,
        token.start,
        token.end,
      );
    }
    if (token.kind === "(") return this.#group(token, depth);
    if (token.kind === "text") return { kind: "text", text: token.value };
    if (token.kind !== "word" || isKeyword(token, [...AND, ...OR])) {
      const what = token.kind === "end" ? "the end of the query" : `"${token.value}"`;
      throw new QueryError(
        `Cannot read ${what}: expected a term, such as status:error`,
        token.start,
        token.end,
      );
    }
    const operator = this.#tokens.operator();
    if (operator) return comparison(token, operator, this.#tokens.value(operator));
    if (!isKeyword(this.#tokens.peek(), ["exists"])) return { kind: "text", text: token.value };
    this.#tokens.next();
    return { kind: "exists", field: token.value };
  }

  #group(open: Token, depth: number): Expression {
    const expression = this.#or(this.#deeper(depth, open));
    const close = this.#tokens.next();
    if (close.kind === ")") return expression;
    throw new QueryError('Cannot read "(": expected a closing parenthesis', open.start, open.end);
  }

  #deeper(depth: number, { start, end }: Token): number {
    if (depth < MAX_DEPTH) return depth + 1;
    throw new QueryError(
      `Cannot read the query: expected at most ${MAX_DEPTH} levels`,
      start,
      end,
    );
  }
}

function isKeyword({ kind, value }: Token, words: readonly string[]): boolean {
  return kind === "word" && words.includes(value.toLowerCase());
}

const OPERATORS: Readonly<Record<string, Operator>> = { ":": "=", "==": "=" };

function comparison(field: Token, sign: Token, value: Token): Comparison {
  const operator = OPERATORS[sign.value] ?? sign.value as Operator;
  const isOrder = operator !== "=" && operator !== "!=";
  const known = findField(field.value);
  const refuse = (wanted: string): never => {
    throw new QueryError(
      `Cannot compare ${field.value} with "${value.value}": expected ${wanted}`,
      value.start,
      value.end,
    );
  };
  if (known?.isDuration) {
    if (queryDuration(value.value) === undefined) refuse("a duration, such as 100ms or 1.5s");
  } else if (known && isOrder) {
    throw new QueryError(
      `Cannot use "${sign.value}" with ${known.name}: expected ":" or "!="`,
      sign.start,
      sign.end,
    );
  } else if (known?.values && !known.values.includes(value.value.toLowerCase())) {
    refuse(`one of ${known.values.join(", ")}`);
  } else if (isOrder && numberOf(value.value) === undefined) {
    refuse("a number or a duration");
  }
  return {
    kind: "compare",
    field: field.value,
    operator,
    value: value.value,
    hasWildcards: value.kind === "word" && value.value.includes("*"),
    start: field.start,
    end: value.end,
  };
}

function numberOf(text: string): number | undefined {
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : queryDuration(text);
}
