import type { TraceQuery } from "../model.ts";
import { isBoolean, readTags } from "./jaeger_tags.ts";
import { ParameterError, readDuration, readInteger, readText, readTime } from "./parameters.ts";

/** Jaeger's default for the number of traces. */
const DEFAULT_TRACES = 100;

/** The most that Jaeger's page requests. */
const MAX_TRACES = 1_500;

/**
 * Reads the parameters of Jaeger's trace search: in snake_case, as in released versions, or in camelCase,
 * as in later ones.
 *
 * @throws {ParameterError} If one is missing or malformed.
 * @see https://github.com/jaegertracing/jaeger-idl/blob/main/proto/api_v3/query_service.proto
 */
export function readJaegerQuery(params: URLSearchParams): TraceQuery {
  const minName = nameOf(params, "query.start_time_min");
  const maxName = nameOf(params, "query.start_time_max");
  const startTimeMinUnixNano = readTime(params, minName);
  const startTimeMaxUnixNano = readTime(params, maxName);
  if (!startTimeMinUnixNano || !startTimeMaxUnixNano) {
    const missing = startTimeMinUnixNano ? maxName : minName;
    throw new ParameterError(
      missing,
      "",
      "both query.start_time_min and query.start_time_max, which are required, " +
        `as times like "2026-01-31T12:00:00Z"`,
    );
  }
  if (BigInt(startTimeMinUnixNano) >= BigInt(startTimeMaxUnixNano)) {
    throw new ParameterError(minName, params.get(minName) ?? "", `a time before ${maxName}`);
  }
  checkNames(params);
  checkBoolean(params, nameOf(params, "query.raw_traces"));
  const query: TraceQuery = {
    startTimeMinUnixNano,
    startTimeMaxUnixNano,
    limit: readTraceLimit(params),
    ...readTags(readAttributes(params)),
  };
  const serviceName = readText(params, nameOf(params, "query.service_name"));
  if (serviceName) query.serviceName = serviceName;
  const operationName = readText(params, nameOf(params, "query.operation_name"));
  if (operationName) query.operationName = operationName;
  const minDurationNanos = readDuration(params, nameOf(params, "query.duration_min"));
  if (minDurationNanos) query.minDurationNanos = minDurationNanos;
  const maxDurationNanos = readDuration(params, nameOf(params, "query.duration_max"));
  if (maxDurationNanos) query.maxDurationNanos = maxDurationNanos;
  return query;
}

/** The parameters of a search after `query.`, in snake_case. */
const SEARCH_PARAMETERS = [
  "service_name",
  "operation_name",
  "start_time_min",
  "start_time_max",
  "duration_min",
  "duration_max",
  "search_depth",
  "num_traces",
  "raw_traces",
  "attributes",
];

/** Rejects unsupported filters. Ignoring one would answer a different question. */
function checkNames(params: URLSearchParams): void {
  for (const [name, value] of params) {
    const [, given = ""] = /^query\.([^[]*)/.exec(name) ?? [];
    const snakeCase = given.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (!value || SEARCH_PARAMETERS.includes(snakeCase)) continue;
    const hint = name === "query.filter"
      ? "query.attributes instead of a filter expression"
      : undefined;
    throw new ParameterError(
      name,
      value,
      hint ?? `one of query.${SEARCH_PARAMETERS.join(", query.")}`,
    );
  }
}

const OPERATIONS_PARAMETERS = ["service", "span_kind", "spanKind"];

/** Rejects unsupported filters of a list of operations. */
export function checkOperationsParameters(params: URLSearchParams): void {
  for (const [name, value] of params) {
    if (!value || OPERATIONS_PARAMETERS.includes(name)) continue;
    throw new ParameterError(name, value, `one of ${OPERATIONS_PARAMETERS.join(", ")}`);
  }
}

/** Validates optional parameters for a single trace. Jaeger's storage may need them; this one doesn't. */
export function checkJaegerTraceParameters(params: URLSearchParams): void {
  readTime(params, nameOf(params, "start_time"));
  readTime(params, nameOf(params, "end_time"));
  checkBoolean(params, nameOf(params, "raw_traces"));
}

/**
 * Reads a trace id as Jaeger does: hex, possibly without leading zeros, or the 16 or 8 bytes in base64 of
 * either alphabet.
 *
 * @throws {ParameterError} If it is invalid.
 */
export function readJaegerTraceId(id: string): string {
  if (/^[\da-f]{1,32}$/i.test(id)) return id.toLowerCase().padStart(32, "0");
  const base64 = id.replaceAll("-", "+").replaceAll("_", "/");
  if (/^[\w+/]{11,22}={0,2}$/.test(base64) && base64.length <= 24) {
    const bytes = decodeBase64(base64);
    if (bytes?.length === 16 || bytes?.length === 8) return bytes.toHex().padStart(32, "0");
  }
  throw new ParameterError("trace_id", id, "up to 32 hex digits");
}

/** Returns the camelCase name if it is set, or else the snake_case one. */
export function nameOf(params: URLSearchParams, snakeCase: string): string {
  const camelCase = snakeCase.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  return params.get(camelCase) ? camelCase : snakeCase;
}

function readTraceLimit(params: URLSearchParams): number {
  const limits = { min: 1, max: MAX_TRACES };
  return readInteger(params, nameOf(params, "query.search_depth"), limits) ??
    readInteger(params, nameOf(params, "query.num_traces"), limits) ?? DEFAULT_TRACES;
}

/** Reads a JSON object, or parameters of the form `query.attributes[key]=value`. */
function readAttributes(params: URLSearchParams): Record<string, string> {
  const attributes: [string, string][] = [];
  for (const [name, value] of params) {
    const [, key] = /^query\.attributes\[(.+)\]$/.exec(name) ?? [];
    if (key) attributes.push([key, value]);
  }
  const json = readText(params, "query.attributes");
  if (json) {
    const map = parseJson(json);
    const entries = map && typeof map === "object" && !Array.isArray(map)
      ? Object.entries(map)
      : undefined;
    if (!entries?.every((entry): entry is [string, string] => typeof entry[1] === "string")) {
      throw new ParameterError("query.attributes", json, `JSON like {"http.route":"/"}`);
    }
    attributes.push(...entries);
  }
  return Object.fromEntries(attributes);
}

function checkBoolean(params: URLSearchParams, name: string): void {
  const value = readText(params, name);
  if (value && !isBoolean(value)) throw new ParameterError(name, value, "true or false");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
