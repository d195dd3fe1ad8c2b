/**
 * The fields of a collector's responses that the client commands use. Another version, or another server, may
 * send anything; fields that are not used are not checked.
 */
import * as v from "valibot";
import type {
  CollectorStats,
  LogList,
  MetricSummary,
  Services,
  TraceDetail,
  TraceList,
  TraceSummary,
} from "../../collector/model.ts";
import type { CompareRun, CompareView } from "../../guests/compare.ts";
import { ANY_VALUE, NANOS, NUMBER, TRACES_DATA } from "../../otlp/shapes.ts";

/** The required structure of a response. */
export interface Shape<T> {
  schema: v.GenericSchema;
  /** Never set: it only carries the type of the response. */
  answer?: T;
}

/** The response has an unexpected structure; the message says where and why. */
export class ShapeError extends Error {
  override name = "ShapeError";
}

/** The value, if its structure is right. @throws {ShapeError} If it isn't. */
export function checkShape<T>({ schema }: Shape<T>, value: unknown): T {
  let issue: v.BaseIssue<unknown> | undefined;
  try {
    issue = v.safeParse(schema, value, { abortEarly: true }).issues?.[0];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ShapeError("it is nested too deeply", { cause: error });
  }
  if (issue) {
    const place = v.getDotPath(issue);
    throw new ShapeError(place ? `"${place}": ${issue.message}` : issue.message);
  }
  return value as T;
}

const text = v.optional(v.string());

const traceSummary = v.looseObject({
  traceId: v.string(),
  startTimeUnixNano: v.optional(NANOS),
  durationNanos: NUMBER,
  spanCount: NUMBER,
  errorCount: NUMBER,
  root: v.looseObject({ name: v.string(), serviceName: v.string() }),
  hasRoot: v.boolean(),
  services: v.array(v.looseObject({ name: v.string() })),
});

const logEntry = v.looseObject({
  sequence: NUMBER,
  timeUnixNano: v.optional(NANOS),
  severityNumber: NUMBER,
  severityText: v.string(),
  body: ANY_VALUE,
  eventName: v.string(),
  serviceName: v.string(),
});

const compareMode = v.looseObject({
  mode: v.string(),
  summary: v.string(),
  serviceName: text,
  file: v.string(),
  addedLines: NUMBER,
  batchDelayMs: v.optional(NUMBER),
});

const compareAnswer = v.looseObject({
  mode: v.string(),
  status: NUMBER,
  statusText: v.string(),
  body: v.string(),
  durationMillis: NUMBER,
  startTimeMinUnixNano: NANOS,
  startTimeMaxUnixNano: NANOS,
  error: text,
  noSpanReason: text,
});

/** Any JSON, unchecked. Only for readers that survive whatever they find in it. */
export function anyAnswer<T>(): Shape<T> {
  return { schema: v.unknown() };
}

export const TRACE_LIST: Shape<TraceList> = {
  schema: v.looseObject({ traces: v.array(traceSummary), matched: NUMBER, kept: NUMBER }),
};

export const TRACE_DETAIL: Shape<TraceDetail> = {
  schema: v.looseObject({
    summary: traceSummary,
    data: TRACES_DATA,
    logs: v.array(logEntry),
    hints: v.array(
      v.looseObject({ title: v.string(), evidence: v.looseObject({ detail: v.string() }) }),
    ),
  }),
};

export const LOG_LIST: Shape<LogList> = {
  schema: v.looseObject({ logs: v.array(logEntry) }),
};

export const METRICS: Shape<MetricSummary[]> = {
  schema: v.array(v.looseObject({ name: v.string(), serviceNames: v.array(v.string()) })),
};

const route = v.looseObject({
  name: v.string(),
  count: NUMBER,
  errorCount: NUMBER,
  p50Nanos: NUMBER,
  p95Nanos: NUMBER,
  p99Nanos: NUMBER,
});

export const SERVICES: Shape<Services> = {
  schema: v.looseObject({
    services: v.array(v.looseObject({
      name: v.string(),
      spanCount: NUMBER,
      errorCount: NUMBER,
      routes: v.array(route),
    })),
    edges: v.array(v.looseObject({
      parent: v.string(),
      child: v.string(),
      callCount: NUMBER,
      errorCount: NUMBER,
    })),
  }),
};

type Sample = [seconds: number, value: string];

/** A series in the response to a query, at one time or over a range. */
export interface PrometheusSeries {
  metric: Record<string, string>;
  value?: Sample;
  values?: Sample[];
}

/** @see https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
export interface PrometheusAnswer {
  data:
    | { resultType: "vector"; result: PrometheusSeries[] }
    | { resultType: "matrix"; result: PrometheusSeries[] }
    | { resultType: "scalar"; result: Sample }
    | { resultType: "string"; result: Sample };
}

const sample = v.tuple([NUMBER, v.string()]);

export const PROMETHEUS_ANSWER: Shape<PrometheusAnswer> = {
  schema: v.looseObject({
    data: v.variant("resultType", [
      v.looseObject({
        resultType: v.picklist(["vector", "matrix"]),
        result: v.array(v.looseObject({
          metric: v.record(v.string(), v.string()),
          value: v.optional(sample),
          values: v.optional(v.array(sample)),
        })),
      }),
      v.looseObject({ resultType: v.picklist(["scalar", "string"]), result: sample }),
    ]),
  }),
};

export const COMPARE_VIEW: Shape<CompareView> = {
  schema: v.looseObject({ modes: v.array(compareMode) }),
};

export const COMPARE_RUN: Shape<CompareRun> = {
  schema: v.looseObject({ answers: v.array(compareAnswer) }),
};

export const CHANGED_TRACES: Shape<TraceSummary[]> = { schema: v.array(traceSummary) };

export const CHANGED_LOGS: Shape<{ count: number }> = { schema: v.looseObject({ count: NUMBER }) };

/** How many traces arrived. */
export const TRACE_COUNTS: Shape<{ store: { traces: { kept: number; evicted: number } } }> = {
  schema: v.looseObject({
    store: v.looseObject({ traces: v.looseObject({ kept: NUMBER, evicted: NUMBER }) }),
  }),
};

const url = v.pipe(v.string(), v.url());

export const ADDRESSES: Shape<Pick<CollectorStats, "httpUrl" | "grpcUrl">> = {
  schema: v.looseObject({ httpUrl: url, grpcUrl: url }),
};

export const REFUSAL: Shape<{ error: string }> = { schema: v.looseObject({ error: v.string() }) };
