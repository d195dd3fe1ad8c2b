import { MAX_TIMER_MS } from "../time.ts";

/**
 * How the text of a variable or flag becomes a value, by the rules of the OpenTelemetry specification:
 * https://opentelemetry.io/docs/specs/otel/configuration/common/
 */
export interface ValueType<T> {
  /** Describes a valid text, for messages: `expected ${expected}`. */
  readonly expected: string;
  /** The placeholder in help texts. */
  readonly placeholder: string;
  /** The allowed words, if they can be listed. */
  readonly choices?: readonly string[];
  /** Returns the value, or undefined if the text is invalid. The text is never empty. */
  parse(text: string): T | undefined;
  /** The value as text; default: `String()`. */
  format?(value: T): string;
  /** A valid text in the form that all programs accept; default: unchanged. */
  spell?(text: string): string;
  /** The value of a variable whose text is invalid; default: the default of the setting. */
  readonly invalid?: T;
  /** A sentence about the part of a valid text that can't be used; undefined if all of it can. */
  complain?(text: string): string | undefined;
}

/** Any text. */
export function text(placeholder = "TEXT"): ValueType<string> {
  return { expected: "a text", placeholder, parse: (text) => text };
}

/** `true` or `false`, in any case; by the specification, anything else is false. */
export const BOOLEAN: ValueType<boolean> = {
  invalid: false,
  expected: "true or false",
  placeholder: "true|false",
  choices: ["true", "false"],
  parse(text) {
    const word = text.trim().toLowerCase();
    return word === "true" || word === "false" ? word === "true" : undefined;
  },
};

/** A whole number in a range. */
export function integer(
  { min = 0, max = Number.MAX_SAFE_INTEGER, unit = "N" }: {
    min?: number;
    max?: number;
    unit?: string;
  } = {},
): ValueType<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return {
    expected: `an integer ${range}${unit === "MS" ? ", in milliseconds" : ""}`,
    placeholder: unit,
    parse: (text) => /^\s*\d+\s*$/.test(text) ? inRange(Number(text), min, max) : undefined,
  };
}

/** A time in milliseconds. */
export const MILLISECONDS = integer({ max: MAX_TIMER_MS, unit: "MS" });

/** A time in milliseconds that is greater than zero. */
export const POSITIVE_MILLISECONDS = integer({ min: 1, max: MAX_TIMER_MS, unit: "MS" });

/** A TCP port; 0 is any free one. */
export const PORT = integer({ max: 65535 });

/** A decimal number in a range. */
export function number({ min, max }: { min: number; max: number }): ValueType<number> {
  return {
    expected: `a number from ${min} to ${max}`,
    placeholder: "N",
    parse: (text) =>
      /^\s*(?:\d+(?:\.\d+)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)
        ? inRange(Number(text), min, max)
        : undefined,
  };
}

/** One word of a list, in any case. */
export function oneOf<const T extends string>(...choices: T[]): ValueType<T> {
  return {
    expected: oneOfWords(choices),
    placeholder: choices.join("|"),
    choices,
    parse: (text) => choices.find((choice) => choice === text.trim().toLowerCase()),
  };
}

/** Words of a list, separated by commas, each kept once. `none` must be alone and means an empty list. */
export function listOf<const T extends string>(...choices: T[]): ValueType<T[]> {
  const words = [...choices, "none"];
  return {
    expected: `${oneOfWords(choices)}, several separated by commas, or none alone`,
    placeholder: `${choices.join("|")}|none,...`,
    choices: words,
    parse(text) {
      const items = new Set(splitList(text.toLowerCase()));
      if (items.has("none")) return items.size === 1 ? [] : undefined;
      const known = choices.filter((choice) => items.has(choice));
      if (known.length !== items.size || known.length === 0) return undefined;
      return [...items] as T[];
    },
    format: (items) => items.length === 0 ? "none" : items.join(","),
  };
}

/** Texts separated by commas. */
export function texts(placeholder: string): ValueType<string[]> {
  return {
    expected: "texts separated by commas",
    placeholder,
    parse: splitList,
    format: (items) => items.join(","),
  };
}

/** Syntax that RE2 lacks because it can't be matched in linear time: lookaround and backreferences. */
const BEYOND_RE2 = /\(\?<?[=!]|\\[1-9k]/;

/**
 * Regular expressions in RE2's syntax, separated by commas. `none` must be alone and means an empty list.
 */
export const PATTERNS: ValueType<string[]> = {
  expected: "regular expressions of RE2, separated by commas, or none",
  placeholder: "REGEXP,...|none",
  parse(text) {
    const patterns = splitList(text);
    if (patterns.length === 1 && patterns[0]!.toLowerCase() === "none") return [];
    return patterns.every(isPattern) ? patterns : undefined;
  },
  format: (patterns) => patterns.length === 0 ? "none" : patterns.join(","),
};

/**
 * `key=value` pairs separated by commas, with percent-encoded values. One invalid pair discards all, as the
 * specification requires.
 */
export const PAIRS: ValueType<Record<string, string>> = {
  expected: "key=value pairs separated by commas",
  placeholder: "KEY=VALUE,...",
  parse: parsePairs,
  format: (pairs) =>
    Object.entries(pairs).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join(","),
};

/**
 * Like {@linkcode PAIRS}, but every key is the name of an HTTP header, in lower case. If names differ only in
 * case, the last one counts.
 */
export const HEADERS: ValueType<Record<string, string>> = {
  ...PAIRS,
  parse(text) {
    const headers = parsePairs(text);
    if (!headers || !Object.entries(headers).every(([name, value]) => isHeader(name, value))) {
      return undefined;
    }
    return lowerCaseNames(Object.entries(headers));
  },
  spell(text) {
    const pairs = splitList(text).map((pair): [string, string] => {
      const [name = "", ...value] = pair.split("=");
      return [name.trim(), value.join("=").trim()];
    });
    return Object.entries(lowerCaseNames(pairs)).map((pair) => pair.join("=")).join(",");
  },
};

/** Whether the header can be sent. */
export function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e]*$/.test(value);
}

/** The headers by name in lower case; the last one with a name counts. */
export function lowerCaseNames(
  headers: Iterable<readonly [name: string, value: string]>,
): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));
}

/** An http or https URL. */
export const HTTP_URL: ValueType<string> = {
  expected: "a URL with its scheme, for example http://localhost:4318",
  placeholder: "URL",
  parse: (text) => /^\s*https?:\/\//i.test(text) && URL.canParse(text) ? text.trim() : undefined,
  format: maskCredentials,
  spell: (text) => text.trim(),
};

/** Like {@linkcode HTTP_URL}, or host and port alone, which gRPC accepts too. */
export const ENDPOINT: ValueType<string> = {
  ...HTTP_URL,
  parse: (text) =>
    HTTP_URL.parse(text) ??
      (/^\s*(\[[\da-f:.]+\]|[\w.-]+):\d+\s*$/i.test(text) && URL.canParse(`http://${text.trim()}`)
        ? text.trim()
        : undefined),
};

/** An entity: its type, its identifying and descriptive attributes, and its schema URL. */
const ENTITY = /^([a-z][\w.-]*)\{([^{}[\]]+)\}(?:\[([^{}[\]]*)\])?(?:@.*)?$/i;

/**
 * Entities, separated by semicolons: their identifying and descriptive attributes become attributes of the
 * resource. Malformed ones are left out; of two entities of the same type, the last one counts.
 *
 * @see https://opentelemetry.io/docs/specs/otel/entities/entity-propagation/
 */
export const ENTITIES: ValueType<Record<string, string>> = {
  expected: "entities like service{service.name=shop}[service.version=1], separated by semicolons",
  placeholder: "ENTITY;...",
  parse(text) {
    const { entities } = parseEntities(text);
    return entities.size > 0 ? Object.assign({}, ...entities.values()) : undefined;
  },
  format: PAIRS.format!,
  complain(text) {
    const { malformed } = parseEntities(text);
    return malformed.length > 0 ? `"${malformed.join(";")}" is not an entity` : undefined;
  },
};

function parseEntities(text: string) {
  const entities = new Map<string, Record<string, string>>();
  const malformed: string[] = [];
  for (const item of text.split(";").map((item) => item.trim()).filter((item) => item !== "")) {
    const [, type, identifying, describing = ""] = ENTITY.exec(item) ?? [];
    const attributes = identifying && parsePairs(`${identifying},${describing}`);
    if (type && attributes) entities.set(type, attributes);
    else malformed.push(item);
  }
  return { entities, malformed };
}

const SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;

/**
 * A printable form of an endpoint: user, password and query, which can be secrets, are masked. Text that is not
 * a URL may contain them as well.
 */
export function maskCredentials(endpoint: string): string {
  const scheme = SCHEME.exec(endpoint)?.[0] ?? "";
  const rest = endpoint.slice(scheme.length);
  const authorityEnd = scheme !== "" && URL.canParse(endpoint) ? rest.search(/[/?#]/) : -1;
  const at = rest.slice(0, authorityEnd < 0 ? undefined : authorityEnd).lastIndexOf("@");
  const shown = at < 0 ? rest : `***@${rest.slice(at + 1)}`;
  const query = shown.search(/[?#]/);
  return scheme + (query < 0 ? shown : `${shown.slice(0, query + 1)}***`);
}

function splitList(text: string): string[] {
  return text.split(",").map((item) => item.trim()).filter((item) => item !== "");
}

function parsePairs(text: string): Record<string, string> | undefined {
  const pairs: [string, string][] = [];
  for (const item of splitList(text)) {
    const separator = item.indexOf("=");
    const key = item.slice(0, Math.max(separator, 0)).trim();
    if (key === "") return undefined;
    try {
      pairs.push([decodeURIComponent(key), decodeURIComponent(item.slice(separator + 1).trim())]);
    } catch {
      return undefined; // not percent-encoded
    }
  }
  return Object.fromEntries(pairs);
}

function isPattern(source: string): boolean {
  try {
    return !BEYOND_RE2.test(source) && new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

function inRange(value: number, min: number, max: number): number | undefined {
  return value >= min && value <= max ? value : undefined;
}

function oneOfWords(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
