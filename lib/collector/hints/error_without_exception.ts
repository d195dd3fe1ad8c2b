import type { Hint, LogEntry } from "../model.ts";
import {
  findAttribute,
  type PlacedSpan,
  spanEvidence,
  spanTitle,
  valueText,
} from "./span_table.ts";
import { TUTORIAL } from "./tutorial.ts";

/** OTLP's `STATUS_CODE_ERROR`. */
const ERROR = 2;

/** Answers of another side that say what failed; there is no exception behind them. */
const ANSWER_KEYS = [
  "http.response.status_code",
  "http.status_code",
  "rpc.response.status_code",
  "rpc.grpc.status_code",
  "db.response.status_code",
];

/** Attributes of spans that these hints look at. */
export const ERROR_KEYS: ReadonlySet<string> = new Set([...ANSWER_KEYS, "error.type"]);

/**
 * Warns of failed spans of which nobody knows why: no exception event on them or below them, no log
 * record with the exception, and no answer of another side that explains the status.
 */
export function errorWithoutExceptionHints(
  spans: readonly PlacedSpan[],
  logs: readonly LogEntry[],
): Hint[] {
  const failed = spans.filter(({ span }) => span.status?.code === ERROR);
  // Most traces are whole.
  if (failed.length === 0) return [];
  const explained = explainedSpanIds(spans, logs);
  return failed
    .filter(({ span }) => !explained.has(span.spanId ?? "") && !hasFailedAnswer(span))
    .map((placed) => ({
      id: "error-without-exception",
      title: `${spanTitle(placed)} failed, and nothing says why`,
      advice: "The status alone has neither type nor stack trace of what was thrown. Where the " +
        "error is caught, call span.recordException(error) beside span.setStatus({ code: " +
        "SpanStatusCode.ERROR, message: error.message }).",
      evidence: {
        ...spanEvidence(placed.span),
        detail: placed.span.status?.message
          ? `status ERROR, "${placed.span.status.message}"`
          : "status ERROR without a message",
      },
      tutorial: TUTORIAL.exception,
    }));
}

/** Spans with an exception, and all that are above them: they failed because of it. */
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

/** By convention `error.type` is then the status code, or not there. */
function hasFailedAnswer({ attributes }: PlacedSpan["span"]): boolean {
  const errorType = valueText(findAttribute(attributes, "error.type"));
  return ANSWER_KEYS.some((key) => {
    const code = valueText(findAttribute(attributes, key));
    return code !== "" && (errorType === "" || errorType === code);
  });
}
