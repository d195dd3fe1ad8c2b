import type { TraceQuery } from "../model.ts";
import type { CallPeriod } from "../store/store.ts";
import { isBoolean, readTags } from "./jaeger_tags.ts";
import { ParameterError, readDuration, readInteger, readText } from "./parameters.ts";

const DEFAULT_TRACES = 100;
/** The most that Jaeger's page requests. */
const MAX_TRACES = 1_500;

const MILLIS_PER_DAY = 86_400_000;
/** Jaeger's default for the period of a search: two days. */
const DEFAULT_LOOKBACK_MS = 2 * MILLIS_PER_DAY;

/** The parameters of a search. Jaeger's page uses `lookback` to remember the chosen `start`. */
const SEARCH_PARAMETERS = [
  "service",
  "operation",
  "start",
  "end",
  "lookback",
  "limit",
  "minDuration",
  "maxDuration",
  "tag",
  "tags",
  "traceID",
  "raw",
  "prettyPrint",
];

/**
 * Reads the parameters of the trace search that Jaeger's page uses. Times are in microseconds.
 *
 * @throws {ParameterError} If one is missing, unknown or malformed.
 * @see https://www.jaegertracing.io/docs/latest/apis/#query-json-over-http
 */
export function readJaegerUiQuery(params: URLSearchParams, nowMillis: number): TraceQuery {
  checkNames(params, SEARCH_PARAMETERS);
  const serviceName = readText(params, "service");
  if (!serviceName) throw new ParameterError("service", "", "the name of a service");
  const minDurationNanos = readDuration(params, "minDuration");
  const maxDurationNanos = readDuration(params, "maxDuration");
  if (minDurationNanos && maxDurationNanos && maxDurationNanos < minDurationNanos) {
    const given = params.get("maxDuration") ?? "";
    throw new ParameterError("maxDuration", given, "a duration that is not below minDuration");
  }
  const operationName = readText(params, "operation");
  return {
    serviceName,
    ...operationName && { operationName },
    ...minDurationNanos && { minDurationNanos },
    ...maxDurationNanos && { maxDurationNanos },
    startTimeMinUnixNano: readMicros(params, "start") ??
      nanos(nowMillis - DEFAULT_LOOKBACK_MS, 1_000_000n),
    startTimeMaxUnixNano: readMicros(params, "end") ?? nanos(nowMillis, 1_000_000n),
    limit: readInteger(params, "limit", { min: 1, max: MAX_TRACES }) ?? DEFAULT_TRACES,
    ...readTags(Object.fromEntries([...readTagPairs(params), ...readTagMaps(params)])),
  };
}

/** Validates optional parameters for a single trace; this store doesn't need the times. */
export function checkJaegerUiTraceParameters(params: URLSearchParams): void {
  checkNames(params, ["start", "end", "raw", "prettyPrint"]);
  readMicros(params, "start");
  readMicros(params, "end");
  const raw = readText(params, "raw");
  if (raw && !isBoolean(raw)) throw new ParameterError("raw", raw, "true or false");
}

/** Reads the period that dependencies are requested for, in milliseconds; by default, the last day. */
export function readJaegerPeriod(params: URLSearchParams, nowMillis: number): CallPeriod {
  checkNames(params, ["endTs", "lookback", "service"]);
  const end = readInteger(params, "endTs") ?? nowMillis;
  const lookback = readInteger(params, "lookback") ?? MILLIS_PER_DAY;
  return {
    startUnixNano: nanos(Math.max(end - lookback, 0), 1_000_000n),
    endUnixNano: nanos(end, 1_000_000n),
  };
}

/** Rejects unknown parameters. Ignoring a filter would answer a different question. */
function checkNames(params: URLSearchParams, known: readonly string[]): void {
  for (const [name, value] of params) {
    if (!known.includes(name)) {
      throw new ParameterError(name, value, `only the parameters ${known.join(", ")}`);
    }
  }
}

/** Reads parameters of the form `tag=key:value`. */
function readTagPairs(params: URLSearchParams): [string, string][] {
  return params.getAll("tag").map((tag) => {
    const colon = tag.indexOf(":");
    if (colon < 0) throw new ParameterError("tag", tag, "key:value");
    return [tag.slice(0, colon), tag.slice(colon + 1)];
  });
}

/** Reads parameters of the form `tags={"key":"value"}`. */
function readTagMaps(params: URLSearchParams): [string, string][] {
  return params.getAll("tags").filter(Boolean).flatMap((json) => {
    const map = parseJson(json);
    const entries = map && typeof map === "object" && !Array.isArray(map)
      ? Object.entries(map)
      : undefined;
    if (!entries?.every((entry): entry is [string, string] => typeof entry[1] === "string")) {
      throw new ParameterError("tags", json, `JSON with texts as values, like {"http.route":"/"}`);
    }
    return entries;
  });
}

function readMicros(params: URLSearchParams, name: string): string | undefined {
  const micros = readInteger(params, name);
  return micros === undefined ? undefined : nanos(micros, 1000n);
}

function nanos(value: number, nanosPerUnit: bigint): string {
  return String(BigInt(value) * nanosPerUnit);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
