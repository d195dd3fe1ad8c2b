import { valueText } from "../../otlp/any_value.ts";
import type { Hint, LogEntry } from "../model.ts";
import { findAttribute, type PlacedSpan, spanEvidence, spanTitle } from "./span_table.ts";
import { TUTORIAL } from "./tutorial.ts";

/** OTLP's `STATUS_CODE_ERROR`. */
const ERROR = 2;

/** Response codes from a remote service that explain a failure without an exception. */
const ANSWER_KEYS = [
  "http.response.status_code",
  "http.status_code",
  "rpc.response.status_code",
  "rpc.grpc.status_code",
  "db.response.status_code",
];

/** The span attributes that these hints use. */
export const ERROR_KEYS: ReadonlySet<string> = new Set([...ANSWER_KEYS, "error.type"]);

/**
 * Warns about failed spans without a known cause: no exception event in them or their descendants, no log
 * record with the exception, and no response code that explains the status.
 */
export function errorWithoutExceptionHints(
  spans: readonly PlacedSpan[],
  logs: readonly LogEntry[],
): Hint[] {
  const failed = spans.filter(({ span }) => span.status?.code === ERROR);
  // Most traces have no failed spans.
  if (failed.length === 0) return [];
  const explained = explainedSpanIds(spans, logs);
  const unexplained = failed.filter(({ span }) =>
    !explained.has(span.spanId ?? "") && !hasFailedAnswer(span)
  );
  // A span whose child failed did so because of it; many equal ones are one problem.
  const above = ancestorIds(spans, unexplained);
  const causes = unexplained.filter(({ span }) => !above.has(span.spanId ?? ""));
  const alike = Map.groupBy(causes, spanTitle);
  return [...alike].map(([title, [first, ...others]]) => ({
    id: "error-without-exception",
    title: `${title} failed without an exception` +
      (others.length > 0 ? ` ${others.length + 1} times` : ""),
    advice: "The status has neither the type nor the stack trace of the exception. Where the " +
      "error is caught, call span.recordException(error) beside span.setStatus({ code: " +
      "SpanStatusCode.ERROR, message: error.message }).",
    evidence: {
      ...spanEvidence(first!.span),
      detail: first!.span.status?.message
        ? `status ERROR, "${first!.span.status.message}"`
        : "status ERROR without a message",
    },
    tutorial: TUTORIAL.exception,
  }));
}

/** The spans above others, which may be each other's parents. */
function ancestorIds(spans: readonly PlacedSpan[], below: readonly PlacedSpan[]): Set<string> {
  const parents = new Map(spans.map(({ span }) => [span.spanId ?? "", span.parentSpanId ?? ""]));
  const ids = new Set<string>();
  for (const { span } of below) {
    let id = span.parentSpanId ?? "";
    for (; id && !ids.has(id) && id !== span.spanId; id = parents.get(id) ?? "") ids.add(id);
  }
  return ids;
}

/** Spans with an exception, and all of their ancestors: they failed because of it. */
function explainedSpanIds(
  spans: readonly PlacedSpan[],
  logs: readonly LogEntry[],
): Set<string> {
  const parents = new Map(spans.map(({ span }) => [span.spanId ?? "", span.parentSpanId ?? ""]));
  const withException = [
    ...spans
      .filter(({ span }) => span.events?.some(({ name }) => name === "exception"))
      .map(({ span }) => span.spanId ?? ""),
    ...logs
      .filter(({ attributes }) => findAttribute(attributes, "exception.type"))
      .map(({ spanId }) => spanId),
  ];
  const explained = new Set<string>();
  for (let id of withException) {
    for (; id && !explained.has(id); id = parents.get(id) ?? "") explained.add(id);
  }
  return explained;
}

/** By convention, `error.type` is then the status code, or missing. */
function hasFailedAnswer({ attributes }: PlacedSpan["span"]): boolean {
  const errorType = valueText(findAttribute(attributes, "error.type"));
  return ANSWER_KEYS.some((key) => {
    const code = valueText(findAttribute(attributes, key));
    return code !== "" && (errorType === "" || errorType === code);
  });
}
