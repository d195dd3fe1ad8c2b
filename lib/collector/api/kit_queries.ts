import { type TraceExpression, traceExpression } from "../../query/match.ts";
import { parseQuery } from "../../query/parse.ts";
import { readTraceOrder, TRACE_SORT_KEYS, type TraceOrder } from "../../query/trace_order.ts";
import type { LogQuery, SpanFieldQuery, TraceQuery } from "../model.ts";
import {
  ParameterError,
  readChoice,
  readDuration,
  readHexId,
  readInteger,
  readText,
} from "./parameters.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** The maximum number of attributes in a filter. */
const MAX_ATTRIBUTES = 20;

/** The maximum number of ids in a filter; a live event lists no more. */
const MAX_TRACE_IDS = 200;

const DEFAULT_WINDOW_SECONDS = 60;
const MAX_WINDOW_SECONDS = 24 * 3600;

/** The lowest severity number of each name in the logs data model. */
const SEVERITIES = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 };
const SEVERITY_NAMES = Object.keys(SEVERITIES) as (keyof typeof SEVERITIES)[];

/**
 * Reads the filter for traces.
 *
 * @throws {ParameterError} If a parameter is invalid.
 * @throws {QueryError} If the query is invalid.
 */
export function readTraceListQuery(params: URLSearchParams): TraceQuery {
  return definedOf<Omit<TraceQuery, keyof SpanFieldQuery>>({
    serviceName: readText(params, "service"),
    operationName: readText(params, "operation"),
    attributes: readAttributes(params),
    minDurationNanos: readDuration(params, "min_duration"),
    maxDurationNanos: readDuration(params, "max_duration"),
    startTimeMinUnixNano: readNanos(params, "start_time_min"),
    startTimeMaxUnixNano: readNanos(params, "start_time_max"),
    status: readChoice(params, "status", ["error", "ok"]),
    traceIds: readTraceIds(params),
    traceStartMinUnixNano: readNanos(params, "trace_start_min"),
    traceStartMaxUnixNano: readNanos(params, "trace_start_max"),
    text: readText(params, "q"),
    expression: readQuery(params),
    order: readOrder(params),
    limit: readLimit(params),
    before: readHexId(params, "before", 32),
  });
}

/** Reads the query, in the language that `docs/reference/query.md` describes. */
function readQuery(params: URLSearchParams): TraceExpression | undefined {
  const expression = parseQuery(params.get("query") ?? "");
  return expression && traceExpression(expression);
}

/** Reads `trace_id`, repeatable. */
function readTraceIds(params: URLSearchParams): string[] | undefined {
  const ids = params.getAll("trace_id").filter((id) => id !== "");
  if (ids.length > MAX_TRACE_IDS) {
    throw new ParameterError("trace_id", ids.join(), `at most ${MAX_TRACE_IDS} of them`);
  }
  return ids.length === 0
    ? undefined
    : ids.map((id) => readHexId(new URLSearchParams({ trace_id: id }), "trace_id", 32)!);
}

function readOrder(params: URLSearchParams): TraceOrder | undefined {
  const value = readText(params, "sort");
  const order = value === undefined ? undefined : readTraceOrder(value);
  if (value === undefined || order) return order;
  const wanted = `one of ${TRACE_SORT_KEYS.join(", ")}, or with "-" in front for descending`;
  throw new ParameterError("sort", value, wanted);
}

/** Reads the filter for log records. */
export function readLogQuery(params: URLSearchParams): LogQuery {
  return definedOf<LogQuery>({
    traceId: readHexId(params, "trace_id", 32),
    spanId: readHexId(params, "span_id", 16),
    serviceName: readText(params, "service"),
    minSeverityNumber: readSeverity(params),
    text: readText(params, "q"),
    timeMinUnixNano: readNanos(params, "time_min"),
    timeMaxUnixNano: readNanos(params, "time_max"),
    limit: readLimit(params),
    before: readInteger(params, "before"),
  });
}

/** Reads the number of rows; it must not exceed the maximum. */
export function readLimit(
  params: URLSearchParams,
  { fallback = DEFAULT_LIMIT, max = MAX_LIMIT }: { fallback?: number; max?: number } = {},
): number {
  return readInteger(params, "limit", { min: 1, max }) ?? fallback;
}

/** Reads the time window for rates and durations. */
export function readWindowSeconds(params: URLSearchParams): number {
  const nanos = readDuration(params, "window");
  if (nanos === undefined) return DEFAULT_WINDOW_SECONDS;
  const seconds = nanos / 1e9;
  if (seconds < 1 || seconds > MAX_WINDOW_SECONDS) {
    throw new ParameterError("window", params.get("window") ?? "", "a duration from 1s to 24h");
  }
  return seconds;
}

/** Reads the lowest severity, by name or number. */
function readSeverity(params: URLSearchParams): number | undefined {
  if (/^\d/.test(params.get("severity") ?? "")) {
    return readInteger(params, "severity", { min: 1, max: 24 });
  }
  const name = readChoice(params, "severity", SEVERITY_NAMES);
  return name && SEVERITIES[name];
}

function readNanos(params: URLSearchParams, name: string): string | undefined {
  const value = readText(params, name);
  if (value !== undefined && !/^\d{1,19}$/.test(value)) {
    throw new ParameterError(name, value, "nanoseconds since 1970");
  }
  return value;
}

/** Reads `attribute=key=value`, repeatable. */
function readAttributes(params: URLSearchParams): Record<string, string> | undefined {
  const pairs = params.getAll("attribute").filter((pair) => pair !== "");
  if (pairs.length === 0) return undefined;
  if (pairs.length > MAX_ATTRIBUTES) {
    throw new ParameterError("attribute", pairs.join(), `at most ${MAX_ATTRIBUTES} of them`);
  }
  return Object.fromEntries(pairs.map((pair) => {
    const end = pair.indexOf("=");
    if (end < 1) throw new ParameterError("attribute", pair, `"key=value"`);
    return [pair.slice(0, end), pair.slice(end + 1)];
  }));
}

/** Leaves out members that are undefined, so that unset filters are absent. */
function definedOf<T>(members: { [K in keyof T]-?: T[K] | undefined }): T {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}
