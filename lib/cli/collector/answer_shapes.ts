/**
 * What the client commands read of a collector's answers: another version, or another server, may
 * answer anything. What they do not read is not looked at.
 */
import * as v from "valibot";
import type {
  CollectorStats,
  LogList,
  MetricSummary,
  TraceDetail,
  TraceList,
  TraceSummary,
} from "../../collector/model.ts";
import type { CompareRun, CompareView } from "../../guests/compare.ts";
import type { AnyValue } from "../../otlp/json.ts";

/** What an answer must look like. */
export interface Shape<T> {
  schema: v.GenericSchema;
  /** Never set: it keeps the type of the answer. */
  answer?: T;
}

/** The answer does not look as it must; the message says where and why. */
export class ShapeError extends Error {
  override name = "ShapeError";
}

/** The value, if it looks as it must. @throws {ShapeError} If it does not. */
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

const number = v.pipe(v.number(), v.finite());
const nanos = v.pipe(v.string(), v.regex(/^\d{1,20}$/));
const text = v.optional(v.string());

const anyValue: v.GenericSchema<AnyValue> = v.looseObject({
  stringValue: text,
  boolValue: v.optional(v.boolean()),
  intValue: v.optional(v.union([v.string(), number])),
  doubleValue: v.optional(v.union([v.string(), number])),
  bytesValue: text,
  arrayValue: v.optional(v.looseObject({ values: v.optional(v.array(v.lazy(() => anyValue))) })),
  kvlistValue: v.optional(v.looseObject({ values: v.lazy(() => attributes) })),
}) as v.GenericSchema<AnyValue>;

const attributes = v.optional(
  v.array(v.looseObject({ key: text, value: v.optional(anyValue) })),
);

const span = v.looseObject({
  spanId: text,
  parentSpanId: text,
  name: text,
  startTimeUnixNano: v.optional(nanos),
  endTimeUnixNano: v.optional(nanos),
  status: v.optional(v.looseObject({ code: v.optional(number), message: text })),
  attributes,
  events: v.optional(v.array(v.looseObject({
    timeUnixNano: v.optional(nanos),
    name: text,
    attributes,
  }))),
});

const tracesData = v.looseObject({
  resourceSpans: v.optional(v.array(v.looseObject({
    resource: v.optional(v.looseObject({ attributes })),
    scopeSpans: v.optional(v.array(v.looseObject({
      scope: v.optional(v.looseObject({})),
      spans: v.optional(v.array(span)),
    }))),
  }))),
});

const traceSummary = v.looseObject({
  traceId: v.string(),
  startTimeUnixNano: nanos,
  durationNanos: number,
  spanCount: number,
  errorCount: number,
  root: v.looseObject({ name: v.string(), serviceName: v.string() }),
  hasRoot: v.boolean(),
  services: v.array(v.looseObject({ name: v.string() })),
});

const logEntry = v.looseObject({
  sequence: number,
  timeUnixNano: nanos,
  severityNumber: number,
  severityText: v.string(),
  body: anyValue,
  eventName: v.string(),
  serviceName: v.string(),
});

const compareMode = v.looseObject({
  mode: v.string(),
  summary: v.string(),
  serviceName: text,
  file: v.string(),
  addedLines: number,
  batchDelayMs: v.optional(number),
});

const compareAnswer = v.looseObject({
  mode: v.string(),
  status: number,
  statusText: v.string(),
  body: v.string(),
  durationMillis: number,
  startTimeMinUnixNano: nanos,
  startTimeMaxUnixNano: nanos,
  error: text,
});

export const TRACE_LIST: Shape<TraceList> = {
  schema: v.looseObject({ traces: v.array(traceSummary), matched: number, kept: number }),
};

export const TRACE_DETAIL: Shape<TraceDetail> = {
  schema: v.looseObject({
    summary: traceSummary,
    data: tracesData,
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

export const COMPARE_VIEW: Shape<CompareView> = {
  schema: v.looseObject({ modes: v.array(compareMode) }),
};

export const COMPARE_RUN: Shape<CompareRun> = {
  schema: v.looseObject({ answers: v.array(compareAnswer) }),
};

export const CHANGED_TRACES: Shape<TraceSummary[]> = { schema: v.array(traceSummary) };

export const CHANGED_LOGS: Shape<{ count: number }> = { schema: v.looseObject({ count: number }) };

const url = v.pipe(v.string(), v.url());

export const ADDRESSES: Shape<Pick<CollectorStats, "httpUrl" | "grpcUrl">> = {
  schema: v.looseObject({ httpUrl: url, grpcUrl: url }),
};

export const REFUSAL: Shape<{ error: string }> = { schema: v.looseObject({ error: v.string() }) };
