import * as v from "valibot";
import { id, text } from "./words.ts";

const path = v.pipe(v.string(), v.startsWith("/", "expected a path such as /error"));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A request that the workshop sends. */
const http = v.strictObject({
  kind: v.literal("http"),
  /** Who is asked; the learner's app, unless said. */
  tool: v.exactOptional(v.picklist(["jaeger", "zipkin", "prometheus"])),
  path,
  status: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
  /** Stands somewhere in the answer's body. */
  body: v.exactOptional(text),
});

/** A span that arrived, and what it must be like. */
const trace = v.strictObject({
  kind: v.literal("trace"),
  /** `service.name`; `*` is any but the workshop's own. */
  service: text,
  /** The span's name. */
  span: v.exactOptional(text),
  /** Whether it has no parent within its service. */
  root: v.exactOptional(v.boolean()),
  spanKind: v.exactOptional(v.picklist(["internal", "server", "client", "producer", "consumer"])),
  status: v.exactOptional(v.picklist(["unset", "ok", "error"])),
  /** The name of one of its events. */
  event: v.exactOptional(text),
  /** An `exception` event with `exception.type`; a text is what that type must be. */
  exception: v.exactOptional(v.union([v.literal(true), text])),
  /** By key, compared as text; `*` is any value. `new|old` is a key of either name. */
  attributes: v.exactOptional(v.record(text, v.union([v.string(), v.number(), v.boolean()]))),
  /** Whether headers are among its attributes. */
  headers: v.exactOptional(v.picklist(["captured", "none"])),
  /** Other services that have a span in the same trace. */
  together: v.exactOptional(v.array(text)),
  /** The same trace must be in Zipkin. */
  zipkin: v.exactOptional(v.boolean()),
  /** No such span may arrive; believed once a canary span has. */
  absent: v.exactOptional(v.boolean()),
});

/** A series in Prometheus. */
const metric = v.strictObject({
  kind: v.literal("metric"),
  /** As Prometheus has it; with and without `_total`. */
  name: v.pipe(v.string(), v.regex(/^[a-zA-Z_:][\w:]*$/, "expected a name as Prometheus has it")),
  service: v.exactOptional(text),
  /** Labels and their values; `*` is any value. */
  labels: v.exactOptional(v.record(text, v.string())),
  /** The smallest sum over its series. */
  atLeast: v.exactOptional(v.number()),
  /** The sum has grown since the step began. */
  grew: v.exactOptional(v.boolean()),
});

/** A log record, looked for where the backend keeps logs. */
const log = v.strictObject({
  kind: v.literal("log"),
  service: text,
  /** Stands somewhere in its body. */
  body: v.exactOptional(text),
  /** It names the trace and span that it was written in. */
  correlated: v.exactOptional(v.boolean()),
});

/** The Collector: in good health, or having taken something since the step began. */
const collector = v.strictObject({
  kind: v.literal("collector"),
  health: v.exactOptional(v.literal(true)),
  accepted: v.exactOptional(v.picklist(["spans", "metric_points", "log_records"])),
  grew: v.exactOptional(v.boolean()),
});

/** A port of this machine, by its number or by whose it is: both may be moved. */
const port = v.strictObject({
  kind: v.literal("port"),
  port: v.union([
    v.picklist(["app", "otlp-grpc", "otlp-http"]),
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  ]),
  is: v.picklist(["open", "free"]),
});

/** A file in the learner's folder. */
const file = v.strictObject({
  kind: v.literal("file"),
  /** Relative to the folder, with `/`. */
  path: v.pipe(
    text,
    v.check(
      (name) => !/^([/\\]|[A-Za-z]:)/.test(name) && !name.split(/[/\\]/).includes(".."),
      "expected a path within the learner's folder",
    ),
  ),
  exists: v.literal(true),
  /** It must be a configuration that today's Collector takes. */
  valid: v.exactOptional(v.literal("collector-config")),
});

/** Questions of the quiz that were answered right. */
const quiz = v.strictObject({
  kind: v.literal("quiz"),
  questions: v.pipe(v.array(id), v.minLength(1)),
  correct: v.pipe(count, v.minValue(1)),
});

/** The kinds of conditions by the key that they stand under; a course can use no others. */
export const CHECKS = { http, trace, metric, log, collector, port, file, quiz } as const;

export type CheckKind = keyof typeof CHECKS;
export type HttpCheck = v.InferOutput<typeof http>;
export type TraceCheck = v.InferOutput<typeof trace>;
export type MetricCheck = v.InferOutput<typeof metric>;
export type LogCheck = v.InferOutput<typeof log>;
export type CollectorCheck = v.InferOutput<typeof collector>;
export type PortCheck = v.InferOutput<typeof port>;
export type FileCheck = v.InferOutput<typeof file>;
export type QuizCheck = v.InferOutput<typeof quiz>;
export type Check =
  | HttpCheck
  | TraceCheck
  | MetricCheck
  | LogCheck
  | CollectorCheck
  | PortCheck
  | FileCheck
  | QuizCheck;

/**
 * Why a condition of a kind is not met: a step may have a text of its own for each. `unreachable` is
 * for every kind: who was to be asked does not answer.
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
    "no-headers",
    "headers",
    "not-together",
    "not-in-zipkin",
    "present",
    "no-canary",
  ],
  metric: ["unreachable", "no-metric", "no-series", "too-low", "not-grown"],
  log: ["unreachable", "no-logs-here", "no-log", "wrong-body", "not-correlated"],
  collector: ["unreachable", "unhealthy", "not-grown"],
  port: ["taken", "not-open"],
  file: ["missing", "invalid"],
  quiz: ["unanswered", "too-few"],
} as const satisfies Record<CheckKind, readonly string[]>;

export type Reason = typeof REASONS[CheckKind][number];
