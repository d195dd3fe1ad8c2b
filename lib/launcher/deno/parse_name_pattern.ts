import { NamePattern, type Step } from "./preload/name_pattern.ts";

/** The characters of header names in lower case (RFC 9110, 5.6.2). */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789-_!#$%&'*+.^`|~";

const DIGITS = "0123456789";
const WORD = `abcdefghijklmnopqrstuvwxyz${DIGITS}_`;

/** The character classes that letters after a backslash stand for. */
const CLASSES: Record<string, string> = {
  d: DIGITS,
  D: without(DIGITS),
  w: WORD,
  W: without(WORD),
};

/** A pattern becomes part of the program's command line, where longer ones don't fit. */
const MAX_LENGTH = 200;

/**
 * Parses a regular expression for whole names of headers, in any case: characters, `.`, classes, groups,
 * alternatives, and the quantifiers `*`, `+` and `?`. Undefined for anything else, such as a lookahead,
 * a backreference, or a counted repetition: some of these can't be matched in linear time.
 */
export function parseNamePattern(source: string): NamePattern | undefined {
  if (source.length > MAX_LENGTH) return undefined;
  const parser = new Parser(lowered(source));
  const program = parser.alternatives();
  return program && parser.isAtEnd ? new NamePattern(program) : undefined;
}

/** The text in lower case, except for the names of classes. */
function lowered(source: string): string {
  return source.replace(/\\.|[^\\]+/g, (part) => part[0] === "\\" ? part : part.toLowerCase());
}

/** Each method reads a part, and returns its program; undefined if it can't be read. */
class Parser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    // Patterns match whole names, so anchors around the whole pattern are redundant.
    this.#source = source.replace(/^\^/, "").replace(/(^|[^\\])\$$/, "$1");
  }

  get isAtEnd(): boolean {
    return this.#at === this.#source.length;
  }

  alternatives(): Step[] | undefined {
    const first = this.#sequence();
    if (!first || !this.#take("|")) return first;
    const others = this.alternatives();
    return others && [[1, first.length + 2], ...first, [others.length + 1], ...others];
  }

  #sequence(): Step[] | undefined {
    const steps: Step[] = [];
    while (!this.isAtEnd && !"|)".includes(this.#next)) {
      const more = this.#repeated();
      if (!more) return undefined;
      steps.push(...more);
    }
    return steps;
  }

  #repeated(): Step[] | undefined {
    const steps = this.#one();
    if (!steps) return undefined;
    const { length } = steps;
    const quantifier = ["*", "+", "?"].find((sign) => this.#take(sign));
    if (quantifier === undefined) return steps;
    // For a match of the whole name, it doesn't matter whether the quantifier is lazy.
    this.#take("?");
    if (quantifier === "?") return [[1, length + 1], ...steps];
    const again: Step[] = [...steps, [-length, 1]];
    return quantifier === "+" ? again : [[1, length + 2], ...again];
  }

  #one(): Step[] | undefined {
    if (this.#take("(")) {
      this.#take("?:");
      const steps = this.alternatives();
      return steps && this.#take(")") ? steps : undefined;
    }
    if (this.#take("[")) return asStep(this.#class());
    if (this.#take(".")) return [ALPHABET];
    if (this.#take("\\")) return asStep(this.#escaped());
    const character = this.#next;
    if ("*+?^$)]{}|".includes(character)) return undefined;
    this.#at++;
    return [character];
  }

  #class(): string | undefined {
    const isNegated = this.#take("^");
    let characters = "";
    do {
      const first = this.#take("\\") ? this.#escaped() : this.#source[this.#at++];
      if (first === undefined) return undefined;
      const isRange = this.#next === "-" && this.#source[this.#at + 1] !== "]";
      if (!isRange) characters += first;
      else {
        const last = this.#source[this.#at + 1];
        if (last === undefined || first.length > 1 || last === "\\" || last < first) {
          return undefined;
        }
        characters += [...ALPHABET].filter((one) => one >= first && one <= last).join("");
        this.#at += 2;
      }
    } while (!this.isAtEnd && this.#next !== "]");
    if (!this.#take("]")) return undefined;
    return isNegated ? without(characters) : characters;
  }

  #escaped(): string | undefined {
    const character = this.#source[this.#at++];
    if (character === undefined) return undefined;
    return /[a-z0-9]/i.test(character) ? CLASSES[character] : character;
  }

  get #next(): string {
    return this.#source[this.#at] ?? "";
  }

  #take(text: string): boolean {
    const isNext = this.#source.startsWith(text, this.#at);
    if (isNext) this.#at += text.length;
    return isNext;
  }
}

function asStep(characters: string | undefined): Step[] | undefined {
  return characters === undefined ? undefined : [characters];
}

function without(characters: string): string {
  return [...ALPHABET].filter((one) => !characters.includes(one)).join("");
}
