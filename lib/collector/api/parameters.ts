import { NANOS_PER_UNIT } from "../../query/duration.ts";

/** A query parameter is invalid; the message is for the user. */
export class ParameterError extends Error {
  override name = "ParameterError";
  readonly parameter: string;
  /** The given value, truncated if it is long. */
  readonly value: string;
  /** The required value, after "expected". */
  readonly wanted: string;

  constructor(parameter: string, value: string, wanted: string) {
    const shown = value.length > 100 ? `${value.slice(0, 100)}…` : value;
    super(`Cannot read "${parameter}=${shown}": expected ${wanted}`);
    this.parameter = parameter;
    this.value = shown;
    this.wanted = wanted;
  }
}

/** The maximum length of search texts, including names and values. */
const MAX_TEXT_LENGTH = 1_000;

/** Reads a text parameter; undefined if it is empty. */
export function readText(params: URLSearchParams, name: string): string | undefined {
  const value = params.get(name);
  if (!value) return undefined;
  if (value.length > MAX_TEXT_LENGTH) {
    throw new ParameterError(name, value, `at most ${MAX_TEXT_LENGTH} characters`);
  }
  return value;
}

/** Reads a whole number within limits. */
export function readInteger(
  params: URLSearchParams,
  name: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): number | undefined {
  const value = readText(params, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^[+-]?\d+$/.test(value) || number < min || number > max) {
    throw new ParameterError(name, value, `an integer from ${min} to ${max}`);
  }
  return number;
}

/** Reads one of the names, in any case. */
export function readChoice<T extends string>(
  params: URLSearchParams,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = readText(params, name);
  if (value === undefined) return undefined;
  const choice = choices.find((choice) => choice === value.toLowerCase());
  if (!choice) throw new ParameterError(name, value, `one of ${choices.join(", ")}`);
  return choice;
}

/**
 * Reads a duration in Go's format, such as `1.5s`, `10ms`, `1h30m`; returns nanoseconds.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function readDuration(params: URLSearchParams, name: string): number | undefined {
  const value = readText(params, name);
  if (value === undefined) return undefined;
  if (value === "0") return 0;
  if (!/^\+?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(value)) {
    throw new ParameterError(name, value, `a duration with its unit, like "10ms" or "1.5s"`);
  }
  let nanos = 0;
  for (const [, number, unit = ""] of value.matchAll(/(?<![\d.])([\d.]+)([a-zµμ]+)/g)) {
    nanos += Number(number) * (NANOS_PER_UNIT[unit] ?? 0);
  }
  return Math.round(nanos);
}

/** Reads a time in RFC 3339 format; returns nanoseconds since 1970 as a decimal string. */
export function readTime(params: URLSearchParams, name: string): string | undefined {
  const value = readText(params, name);
  if (value === undefined) return undefined;
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(
    value,
  );
  const [, seconds = "", fraction = "", sign, hours, minutes] = parts ?? [];
  const millis = Date.parse(`${seconds}Z`);
  // A day that doesn't exist in its month rolls over to the next one.
  const isDate = !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(seconds);
  if (!parts || !isDate || Number(hours ?? 0) > 23 || Number(minutes ?? 0) > 59) {
    throw new ParameterError(name, value, `a time like "2026-01-31T12:00:00.5Z" (RFC 3339)`);
  }
  const offsetMillis = sign
    ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60e3
    : 0;
  const nanos = BigInt(millis - offsetMillis) * 1_000_000n +
    BigInt(fraction.slice(0, 9).padEnd(9, "0"));
  return String(nanos < 0n ? 0n : nanos);
}

/** Reads a trace or span id in hex, in any case; returns it in lower case. */
export function readHexId(
  params: URLSearchParams,
  name: string,
  length: 16 | 32,
): string | undefined {
  const value = readText(params, name);
  if (value === undefined) return undefined;
  if (value.length !== length || !/^[\da-f]+$/i.test(value)) {
    throw new ParameterError(name, value, `${length} hex digits`);
  }
  return value.toLowerCase();
}
