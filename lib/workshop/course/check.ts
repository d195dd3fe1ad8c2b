import * as v from "valibot";
import { QueryError } from "../../query/expression.ts";
import { parseQuery } from "../../query/parse.ts";
import { described, duration, id, optional, text } from "./words.ts";

const path = v.pipe(v.string(), v.startsWith("/", "expected a path such as /error"));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const status = v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599));
const query = v.pipe(
  text,
  v.rawCheck(({ dataset, addIssue }) => {
    try {
      if (dataset.typed) parseQuery(dataset.value);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      addIssue({ message: error.message });
    }
  }),
);
const service = described(text, "`service.name`");

const http = v.pipe(
  v.strictObject({
    kind: v.literal("http"),
    tool: optional(
      v.picklist(["jaeger", "zipkin", "prometheus"]),
      "Where to send the request; by default, the learner's app",
    ),
    path: described(path, "Path of the request"),
    status: described(status, "Expected status code"),
    body: optional(text, "Text that the response body must contain"),
  }),
  v.description("Sends a request and checks the response."),
);

const trace = v.pipe(
  v.strictObject({
    kind: v.literal("trace"),
    service: described(text, "`service.name`; `*` matches any service except the workshop's own"),
    span: optional(text, "Span name"),
    root: optional(v.boolean(), "Whether the span has no parent in its service"),
    spanKind: optional(
      v.picklist(["internal", "server", "client", "producer", "consumer"]),
      "Span kind",
    ),
    status: optional(v.picklist(["unset", "ok", "error"]), "Span status"),
    event: optional(text, "Name of an event on the span"),
    exception: optional(
      v.union([v.literal(true), text]),
      "An `exception` event; a text is the expected `exception.type`",
    ),
    attributes: optional(
      v.record(text, v.union([v.string(), v.number(), v.boolean()])),
      "Expected attributes, compared as text; the value `*` matches anything, and the key " +
        "`new|old` matches either name",
    ),
    resource: optional(
      v.record(text, v.string()),
      "Expected attributes of its resource; the value `*` matches anything",
    ),
    links: optional(
      v.pipe(count, v.minValue(1)),
      "How many other traces it must have links to",
    ),
    headers: optional(
      v.picklist(["captured", "none"]),
      "Whether the span has captured headers among its attributes",
    ),
    together: optional(v.array(text), "Other services that must have a span in the same trace"),
    zipkin: optional(v.boolean(), "Whether Zipkin must have the same trace"),
    childOf: optional(
      v.union([text, v.strictObject({ span: text, service: text })]),
      "Name of the span in the same service that must be its parent; for a parent in another " +
        "service, `span` and `service`",
    ),
    eventAttributes: optional(
      v.record(text, v.union([v.string(), v.number(), v.boolean()])),
      "Attributes that one of its events must have, or the one that `event` names; the value " +
        "`*` matches anything",
    ),
    duration: optional(
      v.pipe(
        v.strictObject({ atLeast: v.exactOptional(duration), atMost: v.exactOptional(duration) }),
        v.check(
          ({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined,
          "expected atLeast, atMost, or both",
        ),
      ),
      "How long it must take: `atLeast` and `atMost`, such as `100ms`",
    ),
    contains: optional(text, "Text in one of its attributes, or in one of its events"),
    count: optional(v.pipe(count, v.minValue(1)), "In how many traces such a span must be"),
    absent: optional(
      v.boolean(),
      "No such span may arrive; checked once the guide's own test span has arrived",
    ),
  }),
  v.description("Looks for a span. Those of the guide's own requests don't count."),
);

const metric = v.pipe(
  v.strictObject({
    kind: v.literal("metric"),
    name: described(
      v.pipe(v.string(), v.regex(/^[a-zA-Z_:][\w:]*$/, "expected a Prometheus metric name")),
      "Prometheus metric name, with or without `_total`",
    ),
    service: v.exactOptional(service),
    labels: optional(v.record(text, v.string()), "Expected labels; the value `*` matches anything"),
    atLeast: optional(v.number(), "Smallest sum over the matching series"),
    atMost: optional(
      v.number(),
      "With `peak`: largest current value of a series that was as high as that",
    ),
    peak: optional(
      v.number(),
      "What the value of one series must have reached since the step began",
    ),
    grew: optional(v.boolean(), "Whether the sum must have grown since the step began"),
    seriesAtMost: optional(
      v.pipe(count, v.minValue(1)),
      "Largest number of series from one process, told apart by `service.instance.id`; one process " +
        "must meet this together with `atLeast`",
    ),
  }),
  v.description("Looks for a series in Prometheus."),
);

const log = v.pipe(
  v.strictObject({
    kind: v.literal("log"),
    service,
    body: optional(text, "Text that the body must contain"),
    correlated: optional(v.boolean(), "Whether the record must name the span it was written in"),
  }),
  v.description("Looks for a log record in the backend."),
);

const collector = v.pipe(
  v.strictObject({
    kind: v.literal("collector"),
    health: optional(v.literal(true), "The Collector must be healthy"),
    accepted: optional(
      v.picklist(["spans", "metric_points", "log_records"]),
      "What the Collector must have accepted",
    ),
    grew: optional(v.boolean(), "Whether that counter must have grown since the step began"),
  }),
  v.description("Checks the Collector's health or its counters."),
);

const port = v.pipe(
  v.strictObject({
    kind: v.literal("port"),
    port: described(
      v.union([
        v.picklist(["app", "otlp-grpc", "otlp-http"]),
        v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
      ]),
      "A port number, or a name for a port that the learner may have moved",
    ),
    is: described(v.picklist(["open", "free"]), "What the port must be"),
  }),
  v.description("Checks a port of this machine."),
);

const file = v.pipe(
  v.strictObject({
    kind: v.literal("file"),
    path: described(
      v.pipe(
        text,
        v.check(
          (name) => !/^([/\\]|[A-Za-z]:)/.test(name) && !name.split(/[/\\]/).includes(".."),
          "expected a path within the learner's folder",
        ),
      ),
      "Path relative to the learner's folder, with `/`",
    ),
    exists: described(v.literal(true), "The file must exist"),
    valid: optional(
      v.picklist(["collector-config", "prometheus-rules"]),
      "What the file must be: a configuration that the current Collector accepts (if `otelcol` is " +
        "installed, it is asked, too), or rules of Prometheus whose queries have a result now",
    ),
    uses: optional(
      v.array(text),
      "Types of the components that its pipelines must contain, such as `filter`",
    ),
    traces: optional(
      v.array(text),
      "Addresses that its traces pipeline must send to, without TLS, such as `jaeger:4317`",
    ),
  }),
  v.description("Checks a file in the learner's folder."),
);

const quiz = v.pipe(
  v.strictObject({
    kind: v.literal("quiz"),
    questions: described(v.pipe(v.array(id), v.minLength(1)), "IDs of the questions"),
    correct: described(v.pipe(count, v.minValue(1)), "How many must be answered correctly"),
  }),
  v.description("Checks answers to questions of the quiz."),
);

const seen = v.pipe(
  v.strictObject({
    kind: v.literal("seen"),
    status: described(status, "Expected status code"),
    body: optional(text, "Text that the response body must contain"),
  }),
  v.description(
    "Looks for a response that the learner's own client got: " +
      "`curl -si localhost:5000 | otel-kit guide saw`.",
  ),
);

const shutdown = v.pipe(
  v.strictObject({ kind: v.literal("shutdown"), service }),
  v.description(
    "Checks that the app flushes its spans when it stops: the learner sends a request, and stops " +
      "the app before the next batch.",
  ),
);

const spans = v.pipe(
  v.strictObject({
    kind: v.literal("spans"),
    query: described(query, "Which spans count, in the query language of the collector"),
    inTraces: optional(query, "Only traces that match this query"),
    perTrace: optional(v.boolean(), "Whether the limits hold for each trace, instead of for all"),
    atLeast: optional(count, "The smallest number of such spans"),
    atMost: optional(count, "The largest number of such spans"),
  }),
  v.description("Counts spans. Only otel-kit's own collector can."),
);

const hints = v.pipe(
  v.strictObject({
    kind: v.literal("hints"),
    inTraces: optional(query, "Only traces that match this query"),
    allowed: optional(v.array(text), "IDs of hints that may occur, such as `old-convention`"),
  }),
  v.description(
    "No trace may have a hint: a convention that is violated, a missing parent, an error without " +
      "exception, repeated calls. Only otel-kit's own collector has hints.",
  ),
);

/** The kinds of conditions, by their key in a course, which can use no others. */
export const CHECKS = {
  http,
  trace,
  metric,
  log,
  collector,
  port,
  file,
  quiz,
  seen,
  shutdown,
  spans,
  hints,
} as const;

export type CheckKind = keyof typeof CHECKS;
export type HttpCheck = v.InferOutput<typeof http>;
export type TraceCheck = v.InferOutput<typeof trace>;
export type MetricCheck = v.InferOutput<typeof metric>;
export type LogCheck = v.InferOutput<typeof log>;
export type CollectorCheck = v.InferOutput<typeof collector>;
export type PortCheck = v.InferOutput<typeof port>;
export type FileCheck = v.InferOutput<typeof file>;
export type QuizCheck = v.InferOutput<typeof quiz>;
export type SeenCheck = v.InferOutput<typeof seen>;
export type ShutdownCheck = v.InferOutput<typeof shutdown>;
export type SpansCheck = v.InferOutput<typeof spans>;
export type HintsCheck = v.InferOutput<typeof hints>;
export type Check =
  | HttpCheck
  | TraceCheck
  | MetricCheck
  | LogCheck
  | CollectorCheck
  | PortCheck
  | FileCheck
  | QuizCheck
  | SeenCheck
  | ShutdownCheck
  | SpansCheck
  | HintsCheck;

/**
 * Why a condition of each kind is not met; a step can have its own text for each reason. Every kind
 * has `unreachable`: the server doesn't respond.
 */
export const REASONS = {
  http: ["unreachable", "wrong-status", "wrong-body"],
  trace: [
    "unreachable",
    "no-service",
    "no-trace",
    "no-span",
    "not-root",
    "wrong-kind",
    "wrong-status",
    "no-event",
    "no-exception",
    "no-attribute",
    "no-resource",
    "no-link",
    "no-headers",
    "headers",
    "not-together",
    "not-a-child",
    "no-event-attribute",
    "wrong-duration",
    "no-text",
    "too-few",
    "not-in-zipkin",
    "present",
    "no-canary",
  ],
  metric: ["unreachable", "no-metric", "no-series", "too-low", "not-grown", "too-many", "too-high"],
  log: ["unreachable", "no-logs-here", "no-log", "wrong-body", "not-correlated"],
  collector: ["unreachable", "unhealthy", "not-grown"],
  port: ["taken", "not-open"],
  file: ["missing", "invalid"],
  quiz: ["unanswered", "too-few"],
  seen: ["not-seen", "wrong-status", "wrong-body"],
  shutdown: ["unreachable", "still-running", "not-running", "not-flushed", "unclear"],
  spans: ["unreachable", "no-kit", "too-few", "too-many"],
  hints: ["unreachable", "no-kit", "hint"],
} as const satisfies Record<CheckKind, readonly string[]>;

export type Reason = typeof REASONS[CheckKind][number];
