import { RE2JS, RE2JSException } from "re2js";

/** The longest pattern, in UTF-16 code units. */
export const MAX_PATTERN_LENGTH = 1000;

/** How long a pattern may become when its counted repetitions are written out. */
const MAX_WRITTEN_OUT = 50_000;

/** How many instructions a pattern may be compiled to. */
const MAX_INSTRUCTIONS = 1000;

/** RE2 takes no more repetitions than this, nested ones multiplied. */
const MAX_REPETITIONS = 1000;

/** A pattern is none, or costs more than it may; the message says which. */
export class PatternError extends Error {
  override name = "PatternError";
}

/** Options of {@linkcode LinearPattern}. */
export interface LinearPatternOptions {
  ignoresCase?: boolean;
}

/**
 * A regular expression over whole texts, in RE2's syntax and as Prometheus anchors it: `.` is any
 * character, line breaks too. However pattern and text were made, the time is linear in the length
 * of the text, where JavaScript's own expressions may take for ever.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export class LinearPattern {
  /** Instructions, each of which may be looked at for each character of a text. */
  readonly cost: number;
  readonly #pattern: RE2JS;

  /** @throws {PatternError} If the source is no pattern, or one that is too large. */
  constructor(source: string, { ignoresCase = false }: LinearPatternOptions = {}) {
    if (source.length > MAX_PATTERN_LENGTH || writtenOutLength(source) > MAX_WRITTEN_OUT) {
      throw tooLarge();
    }
    this.#pattern = compile(source, RE2JS.DOTALL | (ignoresCase ? RE2JS.CASE_INSENSITIVE : 0));
    this.cost = this.#pattern.programSize();
    if (this.cost > MAX_INSTRUCTIONS) throw tooLarge();
  }

  /** Whether it describes the whole text. */
  matches(text: string): boolean {
    return this.#pattern.testExact(text);
  }

  /** What the groups took of the whole text, by number and name; undefined if it is not described. */
  groupsOf(text: string): ReadonlyMap<string, string> | undefined {
    const matcher = this.#pattern.matcher(text);
    if (!matcher.matches()) return undefined;
    const groups = new Map<string, string>();
    for (let i = 0; i <= matcher.groupCount(); i++) groups.set(String(i), matcher.group(i) ?? "");
    for (const [name, i] of Object.entries(this.#pattern.namedGroups())) {
      groups.set(name, groups.get(String(i)) ?? "");
    }
    return groups;
  }
}

function compile(source: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(source, flags);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new PatternError(error.message, { cause: error });
  }
}

/** An upper bound, which costs nothing to find: repetitions may be nested. */
function writtenOutLength(source: string): number {
  let repetitions = 1;
  for (const [, least, most] of source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) {
    const count = Math.max(Number(least), Number(most ?? 0), 1);
    repetitions = Math.min(repetitions * count, MAX_REPETITIONS);
  }
  return source.length * repetitions;
}

function tooLarge(): PatternError {
  return new PatternError("it is too large, with its repetitions written out");
}
