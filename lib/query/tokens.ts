import { QueryError } from "./expression.ts";

/** A part of the query's text. */
export interface Token {
  kind: "word" | "text" | "operator" | "(" | ")" | "end";
  /** Without quotes. */
  value: string;
  start: number;
  end: number;
}

const OPERATOR = /(?:!=|>=|<=|==|[=:<>])/y;
const SPACE = /\s*/y;
/** A name, up to white space, a quote, a parenthesis, or an operator. */
const WORD = /[^\s()"=:<>!]+|!(?!=)/y;
/** A value: operators and colons are part of it, as in `/orders/:id`. */
const VALUE = /[^\s()"][^\s()]*/y;
const QUOTED = /"(?:[^"\\]|\\.)*"/sy;

/** Reads one token at a time, because the meaning of a text depends on what precedes it. */
export class Tokens {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The position of the next token, or of the white space before it. */
  get at(): number {
    return this.#at;
  }

  /**
   * A word, a quoted text, a parenthesis, or the end.
   *
   * @throws {QueryError} If a quote isn't closed, or an operator has no field.
   */
  next(): Token {
    this.#skip(SPACE);
    const start = this.#at;
    const character = this.#text[start];
    if (character === undefined) return { kind: "end", value: "", start, end: start };
    if (character === "(" || character === ")") {
      this.#at++;
      return { kind: character, value: character, start, end: this.#at };
    }
    if (character === '"') return this.#quoted();
    const word = this.#skip(WORD);
    if (word !== "") return { kind: "word", value: word, start, end: this.#at };
    const operator = this.#skip(OPERATOR) || character;
    throw new QueryError(
      `Cannot read "${operator}": expected a field before it, such as duration>100ms`,
      start,
      start + operator.length,
    );
  }

  /** The next token, without consuming it. */
  peek(): Token {
    const before = this.#at;
    const token = this.next();
    this.#at = before;
    return token;
  }

  /** The operator, if one is next, even after white space. */
  operator(): Token | undefined {
    const before = this.#at;
    this.#skip(SPACE);
    const start = this.#at;
    const value = this.#skip(OPERATOR);
    if (value !== "") return { kind: "operator", value, start, end: this.#at };
    this.#at = before;
    return undefined;
  }

  /**
   * The value after an operator; its kind is `text` if it is in quotes.
   *
   * @throws {QueryError} If there is no value, or a quote isn't closed.
   */
  value(operator: Token): Token {
    this.#skip(SPACE);
    const start = this.#at;
    if (this.#text[start] === '"') return this.#quoted();
    const value = this.#skip(VALUE);
    if (value !== "") return { kind: "word", value, start, end: this.#at };
    throw new QueryError(
      `Cannot read "${operator.value}": expected a value after it. Put an empty one in quotes: ""`,
      operator.start,
      operator.end,
    );
  }

  #quoted(): Token {
    const start = this.#at;
    const quoted = this.#skip(QUOTED);
    if (quoted === "") {
      throw new QueryError(
        `Cannot read the text: expected a closing quote`,
        start,
        this.#text.length,
      );
    }
    const value = quoted.slice(1, -1).replace(/\\(.)/gs, "$1");
    return { kind: "text", value, start, end: this.#at };
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }
}
