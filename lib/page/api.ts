import { withNumbers } from "./format/json_numbers.ts";
import type { CompareRun } from "../guests/compare.ts";
import type { Presence } from "../guests/guests.ts";
import type { GuideAction, GuideView } from "../guests/guide.ts";
import type {
  CollectorStats,
  ExportRecord,
  FieldSuggestion,
  Hint,
  ImportResult,
  LogList,
  LogVolume,
  MetricDetail,
  MetricSummary,
  Services,
  TraceDetail,
  TraceList,
  TracePoints,
} from "../collector/model.ts";
import type { Signal } from "../otlp/signal.ts";
import { type TraceOrder, traceOrderText } from "../query/trace_order.ts";
import { boundsOf, type TimeRange, toUnixNano } from "./state/time_range.ts";

/** Parameters of a request; undefined and "" are left out, a list repeats the name. */
export type Params = Record<string, string | number | readonly string[] | undefined>;

/** The collector responded with an error, or not at all (status 0). */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export function fetchStats(signal?: AbortSignal): Promise<CollectorStats> {
  return get("stats", {}, signal);
}

/** Selects traces. */
export interface TraceSelection {
  /** In the language of `docs/reference/query.md`. */
  query: string;
  /** When the traces start; any time if undefined. */
  range?: TimeRange;
  order?: TraceOrder;
  limit: number;
  /** Only traces that follow this one in the list. */
  before?: string | undefined;
}

export function fetchTraces(selection: TraceSelection, signal?: AbortSignal): Promise<TraceList> {
  return get("traces", paramsOf(selection), signal);
}

/** The whole ID of the trace whose ID begins like this; fails if there is none, or more than one. */
export async function findTraceId(start: string): Promise<string> {
  const { traces: [found, ...others] } = await fetchTraces({ query: `trace:${start}*`, limit: 2 });
  if (!found) throw new Error("No trace that is kept has an ID that begins like this");
  if (others.length > 0) throw new Error("More than one trace has an ID that begins like this");
  return found.traceId;
}

/** The newest of the selected traces, for a chart. */
export function fetchTracePoints(
  selection: Omit<TraceSelection, "order">,
  signal?: AbortSignal,
): Promise<TracePoints> {
  const order = { by: "start", isDescending: true } as const;
  return get("traces/points", paramsOf({ ...selection, order }), signal);
}

/** The fields that a query can use in addition to the fixed ones. */
export function fetchFields(signal?: AbortSignal): Promise<FieldSuggestion[]> {
  return get("fields", {}, signal);
}

export function fetchTrace(traceId: string, signal?: AbortSignal): Promise<TraceDetail> {
  return get(`traces/${encodeURIComponent(traceId)}`, {}, signal);
}

/** The URL of a trace's self-contained file. */
export function traceFileUrl(traceId: string): string {
  return `/api/kit/traces/${encodeURIComponent(traceId)}/html`;
}

export function fetchServices(windowSeconds: number, signal?: AbortSignal): Promise<Services> {
  return get("services", { window: `${windowSeconds}s` }, signal);
}

/** The names of all services, from Jaeger's API. */
export async function fetchServiceNames(signal?: AbortSignal): Promise<string[]> {
  const response = await send("GET", "/api/v3/services", undefined, signal);
  const { services }: { services: string[] } = await response.json();
  return services.toSorted();
}

/** The app's modes and the workshop's guide, if the collector has them. */
export function fetchPresence(): Promise<Presence> {
  return get("guests", {});
}

/** Sends one request to the app in all modes. */
export function runCompare(path: string): Promise<CompareRun> {
  return post("compare", { path });
}

/** A former request to all modes; fails with status 404 if it is not known anymore. */
export function fetchRun(id: string, signal?: AbortSignal): Promise<CompareRun> {
  return get(`compare/${encodeURIComponent(id)}`, {}, signal);
}

/** Sends an action to the guide, and resolves with its new state; 409 has the reason if it isn't possible. */
export function actOnGuide(action: GuideAction): Promise<GuideView> {
  return post("guide", action);
}

/** Selects log records. */
export interface LogSelection {
  trace_id?: string | undefined;
  span_id?: string | undefined;
  service?: string | undefined;
  /** A name or a number; that severity and higher. */
  severity?: string | undefined;
  q?: string | undefined;
  /** Any time if undefined. */
  range?: TimeRange;
  limit?: number;
  before?: string | undefined;
}

export function fetchLogs(selection: LogSelection, signal?: AbortSignal): Promise<LogList> {
  return get("logs", logParamsOf(selection), signal);
}

export function fetchLogVolume(selection: LogSelection, signal?: AbortSignal): Promise<LogVolume> {
  return get("logs/volume", logParamsOf(selection), signal);
}

export function fetchMetrics(signal?: AbortSignal): Promise<MetricSummary[]> {
  return get("metrics", {}, signal);
}

/** The durations of requests as services measured them; undefined if no service sends any. */
export async function fetchRequestDurations(
  signal?: AbortSignal,
): Promise<MetricDetail | undefined> {
  const metrics = await fetchMetrics(signal);
  const isSent = metrics.some(({ name }) => name === REQUEST_DURATION);
  return isSent ? await fetchMetric(REQUEST_DURATION, signal) : undefined;
}

const REQUEST_DURATION = "http.server.request.duration";

export async function fetchMetric(name: string, signal?: AbortSignal): Promise<MetricDetail> {
  const metric: MetricDetail = await get(`metrics/${encodeURIComponent(name)}`, {}, signal);
  for (const series of metric.series) series.points = series.points.map(withNumbers);
  return metric;
}

/** The newest first. */
export function fetchExports(limit: number, signal?: AbortSignal): Promise<ExportRecord[]> {
  return get("exports", { limit }, signal);
}

/** Hints about all stored telemetry. */
export function fetchHints(signal?: AbortSignal): Promise<Hint[]> {
  return get("hints", {}, signal);
}

/** The download URL for all data of a signal, one line of OTLP JSON per request. */
export function dataUrl(signal: Signal): string {
  return `/api/kit/data?signal=${signal}`;
}

/** Deletes all data. */
export async function clearData(): Promise<void> {
  await send("DELETE", "data");
}

/** Imports OTLP JSON: one document, or one line per request. */
export async function importData(text: string): Promise<ImportResult> {
  return await (await send("POST", "data", text)).json();
}

/** Gets JSON from the collector's own API. */
export async function get<T>(path: string, params: Params, signal?: AbortSignal): Promise<T> {
  return await (await send("GET", withQuery(path, params), undefined, signal)).json();
}

/** Posts JSON to the collector's own API, and returns the response. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  return await (await send("POST", path, JSON.stringify(body))).json();
}

async function send(
  method: string,
  path: string,
  body?: string,
  signal?: AbortSignal,
): Promise<Response> {
  const response = await fetch(path.startsWith("/") ? path : `/api/kit/${path}`, {
    method,
    ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
    ...(signal && { signal }),
  }).catch((error) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "The collector isn't responding. Is it still running?", { cause: error });
  });
  if (!response.ok) throw new ApiError(response.status, await readReason(response));
  return response;
}

async function readReason(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { error, message } = JSON.parse(text);
    if (typeof error === "string") return error;
    if (typeof message === "string") return message;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return text || `${response.status} ${response.statusText}`;
}

function paramsOf({ query, range = {}, order, limit, before }: TraceSelection): Params {
  const [min, max] = nanosOf(range);
  return {
    query,
    limit,
    before,
    sort: order && traceOrderText(order),
    trace_start_min: min,
    trace_start_max: max,
  };
}

function logParamsOf({ range = {}, ...params }: LogSelection): Params {
  const [min, max] = nanosOf(range);
  return { ...params, time_min: min, time_max: max };
}

/** The beginning and the end of a range in nanoseconds; the last one covers its whole millisecond. */
function nanosOf(range: TimeRange): [string | undefined, string | undefined] {
  const { fromMillis, toMillis } = boundsOf(range, Date.now());
  return [
    fromMillis === undefined ? undefined : toUnixNano(fromMillis),
    toMillis === undefined ? undefined : `${Math.round(toMillis)}999999`,
  ];
}

function withQuery(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== "") query.append(name, String(item));
    }
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
