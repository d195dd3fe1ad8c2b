import { QueryError } from "./values.ts";

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};

const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/;
const NUMBER =
  /^(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)$/i;

/**
 * Reads a duration such as `1h30m`, or seconds such as `0.5`, as milliseconds; undefined if it is
 * neither.
 */
export function readDuration(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text) * 1000;
  if (text === "" || !DURATION.test(text)) return undefined;
  let millis = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|s|m|h|d|w|y)/gy)) {
    millis += Number(count) * UNITS[unit!]!;
  }
  return millis;
}

/**
 * Reads a number. A duration is converted to seconds.
 *
 * @throws {QueryError} If it is neither.
 */
export function readNumber(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const bare = text.replace(/^[+-]\s*/, "").replaceAll("_", "");
  if (/^inf$/i.test(bare)) return sign * Infinity;
  if (/^nan$/i.test(bare)) return NaN;
  if (/^0[0-7]+$/.test(bare)) return sign * parseInt(bare, 8);
  if (NUMBER.test(bare)) return sign * Number(bare);
  const millis = readDuration(bare);
  if (millis !== undefined) return sign * millis / 1000;
  throw new QueryError("bad_data", `Cannot read the number "${text}"`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * Reads a string in quotes or backticks.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
 * @throws {QueryError} If it does not end, or has an unknown escape.
 */
export function readString(text: string): string {
  if (text.length < 2 || text.at(-1) !== text[0]) {
    throw new QueryError("bad_data", `Cannot read ${text}: unterminated quoted string`);
  }
  const inner = text.slice(1, -1);
  if (text.startsWith("`")) return inner;
  return inner.replaceAll(
    /\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[0-7]{3}|[^])/gi,
    (whole, escape: string) => {
      if (Object.hasOwn(ESCAPES, escape)) return ESCAPES[escape]!;
      if (escape === "\\" || escape === '"' || escape === "'") return escape;
      const code = /^[xuU]./.test(escape)
        ? parseInt(escape.slice(1), 16)
        : /^\d{3}$/.test(escape)
        ? parseInt(escape, 8)
        : NaN;
      if (code <= 0x10FFFF) return String.fromCodePoint(code);
      throw new QueryError("bad_data", `Cannot read the escape "${whole}" in ${text}`);
    },
  );
}
