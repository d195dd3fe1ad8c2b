import type { Variable } from "../../lib/telemetry/settings.ts";

/** Values that an SDK accepts and ours doesn't, by variable. */
export type Vocabulary = Partial<Record<Variable, readonly string[]>>;

/** Propagators that most SDKs provide in separate packages. */
const PROPAGATORS = ["xray", "jaeger,ottrace", "tracecontext,baggage,xray"];

/** The names and arguments of Jaeger's and AWS's samplers. */
const REMOTE_SAMPLERS = {
  OTEL_TRACES_SAMPLER: ["jaeger_remote", "parentbased_jaeger_remote", "xray"],
  OTEL_TRACES_SAMPLER_ARG: [
    "endpoint=http://localhost:14250,pollingIntervalMs=5000,initialSamplingRate=0.25",
  ],
};

/**
 * What the SDKs of other languages accept beyond ours.
 *
 * @see https://opentelemetry.io/docs/languages/ and the sources of each SDK's configuration
 */
export const VOCABULARIES: Record<string, Vocabulary> = {
  Python: {
    OTEL_TRACES_EXPORTER: [
      "otlp_proto_grpc",
      "otlp_proto_http",
      "zipkin_json",
      "otlp,jaeger_thrift",
    ],
    OTEL_METRICS_EXPORTER: ["otlp_proto_grpc", "otlp_proto_http"],
    OTEL_LOGS_EXPORTER: ["otlp_proto_grpc", "otlp_proto_http"],
    OTEL_PROPAGATORS: PROPAGATORS,
    OTEL_EXPORTER_OTLP_TIMEOUT: ["0.5"],
    OTEL_EXPORTER_OTLP_COMPRESSION: ["deflate"],
    OTEL_EXPERIMENTAL_RESOURCE_DETECTORS: ["aws_ec2,containerid"],
    OTEL_TRACES_SAMPLER: ["my_sampler"],
    OTEL_TRACES_SAMPLER_ARG: ["anything=1"],
  },
  Java: {
    OTEL_TRACES_EXPORTER: ["logging", "logging-otlp", "otlp/stdout", "experimental-otlp/stdout"],
    OTEL_METRICS_EXPORTER: ["logging", "logging-otlp", "otlp/stdout"],
    OTEL_LOGS_EXPORTER: ["logging", "logging-otlp", "otlp/stdout"],
    OTEL_PROPAGATORS: [...PROPAGATORS, "xray-lambda"],
    ...REMOTE_SAMPLERS,
    OTEL_EXPORTER_OTLP_TIMEOUT: ["10s"],
    OTEL_BSP_SCHEDULE_DELAY: ["500ms"],
    OTEL_METRIC_EXPORT_INTERVAL: ["1m"],
    OTEL_EXPORTER_OTLP_COMPRESSION: ["zstd"],
  },
  Node: {
    OTEL_TRACES_EXPORTER: ["jaeger", "otlp,jaeger"],
    OTEL_PROPAGATORS: [...PROPAGATORS, "cloudtrace", "xray-lambda"],
    ...REMOTE_SAMPLERS,
  },
  ".NET": {
    OTEL_TRACES_EXPORTER: ["jaeger"],
    OTEL_LOG_LEVEL: ["information"],
    OTEL_TRACES_SAMPLER: ["parentbased_jaeger_remote"],
  },
  Go: {
    OTEL_PROPAGATORS: PROPAGATORS,
    OTEL_EXPORTER_OTLP_ENDPOINT: ["unix:///var/run/otel.sock", "dns:///collector:4317"],
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ["unix:///var/run/traces.sock"],
    OTEL_LOG_LEVEL: ["trace"],
  },
  PHP: {
    OTEL_TRACES_EXPORTER: ["memory", "otlp/stdout"],
    OTEL_METRICS_EXPORTER: ["memory"],
    OTEL_PROPAGATORS: [...PROPAGATORS, "cloudtrace-oneway", "jaeger-baggage"],
    OTEL_EXPORTER_OTLP_PROTOCOL: ["http/ndjson"],
    OTEL_METRICS_EXEMPLAR_FILTER: ["with_sampled_trace", "all"],
    OTEL_SDK_DISABLED: ["off"],
    OTEL_LOG_LEVEL: ["critical"],
  },
  Ruby: {
    OTEL_TRACES_EXPORTER: ["jaeger"],
    OTEL_PROPAGATORS: [...PROPAGATORS, "google_cloud_trace_context", "vitess"],
    OTEL_LOG_LEVEL: ["fatal"],
  },
  "any vendor's": {
    OTEL_EXPORTER_OTLP_HEADERS: ["api-key=50%"],
    OTEL_RESOURCE_ATTRIBUTES: ["team", "share=50%"],
    OTEL_BSP_MAX_QUEUE_SIZE: ["0"],
  },
};

/** All vocabularies, as environments that together contain every value. */
export function foreignEnvironments(): Record<string, string>[] {
  const values: Record<string, Set<string>> = {};
  for (const vocabulary of Object.values(VOCABULARIES)) {
    for (const [variable, more] of Object.entries(vocabulary)) {
      values[variable] = new Set([...values[variable] ?? [], ...more]);
    }
  }
  const columns = Object.entries(values).map(([variable, set]) => [variable, [...set]] as const);
  const count = Math.max(...columns.map(([, column]) => column.length));
  return Array.from(
    { length: count },
    (_, i) =>
      Object.fromEntries(columns.map(([name, column]) => [name, column[i % column.length]!])),
  );
}
