import type { TraceQuery } from "../model.ts";
import type { CallPeriod } from "../store/store.ts";
import type { ZipkinSpan } from "./spans.ts";

const DEFAULT_LIMIT = 10;
/** The maximum number of traces in an answer. */
const MAX_LIMIT = 1000;
/** Zipkin's default for the period of a search: a day. */
const DEFAULT_LOOKBACK_MS = 86_400_000;
/** The maximum length of a search for tags and annotations. */
const MAX_QUERY_LENGTH = 1000;

/** A parameter of Zipkin's API is missing, unknown or malformed; the message is for the user. */
export class ZipkinQueryError extends Error {
  override name = "ZipkinQueryError";
}

/** The parameters of a search. */
const SEARCH_PARAMETERS = [
  "serviceName",
  "spanName",
  "remoteServiceName",
  "annotationQuery",
  "minDuration",
  "maxDuration",
  "endTs",
  "lookback",
  "limit",
] as const;

/** What a trace must have; names are in lower case, durations in microseconds. */
export interface ZipkinQuery {
  serviceName: string | undefined;
  spanName: string | undefined;
  remoteServiceName: string | undefined;
  /** Values of tags by name. An empty value matches any, and an annotation that is the name. */
  terms: ReadonlyMap<string, string>;
  minDuration: number | undefined;
  maxDuration: number | undefined;
  period: CallPeriod;
  limit: number;
}

/**
 * Rejects parameters that the path doesn't have. Ignoring one would answer a different question.
 *
 * @throws {ZipkinQueryError} If there is one.
 */
export function checkParameters(params: URLSearchParams, known: readonly string[]): void {
  const unknown = [...params.keys()].find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const expected = known.length === 0 ? "no parameters" : known.join(", ");
  throw new ZipkinQueryError(
    `Cannot use parameter "${unknown.slice(0, 100)}": expected ${expected}`,
  );
}

/**
 * Reads the only parameter.
 *
 * @throws {ZipkinQueryError} If it is missing, or there is another one.
 */
export function readOnly(params: URLSearchParams, name: string): string {
  checkParameters(params, [name]);
  const value = params.get(name);
  if (!value) throw new ZipkinQueryError(`Cannot answer: ${name} is missing`);
  return value;
}

/**
 * Reads the parameters of a search for traces.
 *
 * @throws {ZipkinQueryError} If one is unknown or malformed.
 * @see https://zipkin.io/zipkin-api/#/default/get_traces
 */
export function readZipkinQuery(params: URLSearchParams): ZipkinQuery {
  checkParameters(params, SEARCH_PARAMETERS);
  const annotationQuery = params.get("annotationQuery") ?? "";
  if (annotationQuery.length > MAX_QUERY_LENGTH) {
    throw new ZipkinQueryError(
      `Cannot use an annotationQuery of more than ${MAX_QUERY_LENGTH} characters`,
    );
  }
  const minDuration = readPositive(params, "minDuration");
  const maxDuration = readNumber(params, "maxDuration");
  if (maxDuration !== undefined && (minDuration === undefined || maxDuration < minDuration)) {
    throw new ZipkinQueryError(
      `Cannot use maxDuration "${maxDuration}": expected a minDuration that is not longer`,
    );
  }
  const limit = readPositive(params, "limit") ?? DEFAULT_LIMIT;
  return {
    serviceName: readName(params, "serviceName"),
    spanName: readSpanName(params),
    remoteServiceName: readName(params, "remoteServiceName"),
    terms: readTerms(annotationQuery),
    minDuration,
    maxDuration,
    period: readPeriod(params),
    limit: Math.min(limit, MAX_LIMIT),
  };
}

/**
 * Reads the period that dependencies are requested for; `endTs` is required.
 *
 * @throws {ZipkinQueryError} If a parameter is missing, unknown or malformed.
 * @see https://zipkin.io/zipkin-api/#/default/get_dependencies
 */
export function readDependencyPeriod(params: URLSearchParams): CallPeriod {
  checkParameters(params, ["endTs", "lookback"]);
  if (!params.get("endTs")) throw new ZipkinQueryError("Cannot answer: endTs is missing");
  return readPeriod(params);
}

/**
 * A query for the store that matches at least the wanted traces, the latest first. The store doesn't
 * round durations as Zipkin does.
 */
export function storeQuery(
  { minDuration, maxDuration, period }: ZipkinQuery,
  service: string | undefined,
): TraceQuery {
  return {
    ...service !== undefined && { serviceName: service },
    ...minDuration !== undefined && { minDurationNanos: Math.max(minDuration - 1, 0) * 1000 },
    ...maxDuration !== undefined && { maxDurationNanos: (maxDuration + 1) * 1000 },
    startTimeMinUnixNano: period.startUnixNano,
    startTimeMaxUnixNano: period.endUnixNano,
    order: { by: "start", isDescending: true },
    limit: MAX_LIMIT,
  };
}

/**
 * Tests a trace span by span. As in Zipkin, different spans of the service may meet different conditions.
 *
 * @see
 * https://github.com/openzipkin/zipkin/blob/master/zipkin/src/main/java/zipkin2/storage/QueryRequest.java
 */
export class TraceTest {
  readonly #query: ZipkinQuery;
  #unmet: ((span: ZipkinSpan) => boolean)[];
  #hasRoot = false;
  /** In microseconds. */
  #start = Infinity;

  constructor(query: ZipkinQuery) {
    const { serviceName, spanName, remoteServiceName, terms, minDuration, maxDuration } = query;
    this.#query = query;
    this.#unmet = [
      ...serviceName === undefined ? [] : [() => true],
      ...spanName === undefined ? [] : [({ name }: ZipkinSpan) => name === spanName],
      ...remoteServiceName === undefined ? [] : [
        ({ remoteEndpoint }: ZipkinSpan) => remoteEndpoint?.serviceName === remoteServiceName,
      ],
      ...minDuration === undefined ? [] : [
        ({ duration }: ZipkinSpan) =>
          duration !== undefined && duration >= minDuration &&
          duration <= (maxDuration ?? Infinity),
      ],
      ...[...terms].map((term) => (span: ZipkinSpan) => hasTerm(span, term)),
    ];
  }

  /** Whether the spans seen so far meet all conditions. */
  get isMet(): boolean {
    if (this.#unmet.length > 0 || this.#start === Infinity) return false;
    const { startUnixNano, endUnixNano } = this.#query.period;
    const start = BigInt(this.#start) * 1000n;
    return start >= BigInt(startUnixNano) && start <= BigInt(endUnixNano);
  }

  add(span: ZipkinSpan): void {
    this.#noteStart(span);
    const { serviceName } = this.#query;
    if (serviceName !== undefined && span.localEndpoint?.serviceName !== serviceName) return;
    this.#unmet = this.#unmet.filter((isMet) => !isMet(span));
  }

  /** A trace starts with its root, even if the clock of another service is behind. */
  #noteStart({ parentId, timestamp }: ZipkinSpan): void {
    if (timestamp === undefined || this.#hasRoot) return;
    this.#hasRoot = parentId === undefined;
    this.#start = this.#hasRoot ? timestamp : Math.min(this.#start, timestamp);
  }
}

function hasTerm(
  { tags, annotations }: ZipkinSpan,
  [key, value]: readonly [string, string],
): boolean {
  if (value === "" && annotations.some((annotation) => annotation.value === key)) return true;
  return Object.hasOwn(tags, key) && (value === "" || tags[key] === value);
}

/**
 * Reads terms like `http.method=GET and error`. As in Zipkin, a name has one value: the last one, if there
 * is any.
 */
function readTerms(annotationQuery: string): Map<string, string> {
  const terms = new Map<string, string>();
  if (annotationQuery === "") return terms;
  for (const term of annotationQuery.split(" and ")) {
    const equals = term.indexOf("=");
    if (equals >= 0) terms.set(term.slice(0, equals).trim(), term.slice(equals + 1).trim());
    else if (!terms.has(term.trim())) terms.set(term.trim(), "");
  }
  return terms;
}

/** The name `all` is reserved: it means any. */
function readSpanName(params: URLSearchParams): string | undefined {
  const name = readName(params, "spanName");
  return name === "all" ? undefined : name;
}

function readName(params: URLSearchParams, name: string): string | undefined {
  return params.get(name)?.toLowerCase() || undefined;
}

/** Reads a period; times are in milliseconds. */
function readPeriod(params: URLSearchParams): CallPeriod {
  const end = readPositive(params, "endTs") ?? Date.now();
  const lookback = readPositive(params, "lookback") ?? DEFAULT_LOOKBACK_MS;
  return { startUnixNano: nanos(Math.max(end - lookback, 0)), endUnixNano: nanos(end) };
}

function readNumber(params: URLSearchParams, name: string): number | undefined {
  const given = params.get(name);
  if (!given) return undefined;
  if (!/^\d{1,15}$/.test(given)) {
    throw new ZipkinQueryError(
      `Cannot use ${name} "${given.slice(0, 100)}": expected a whole number`,
    );
  }
  return Number(given);
}

function readPositive(params: URLSearchParams, name: string): number | undefined {
  const value = readNumber(params, name);
  if (value !== 0) return value;
  throw new ZipkinQueryError(`Cannot use ${name} "0": expected a number above 0`);
}

function nanos(millis: number): string {
  return String(BigInt(millis) * 1_000_000n);
}
