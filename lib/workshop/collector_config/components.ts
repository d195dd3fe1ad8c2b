import {
  GRPC_CLIENT,
  GRPC_SERVER,
  HTTP_CLIENT,
  HTTP_SERVER,
  QUEUE,
  QUEUE_AND_RETRY,
} from "./common_settings.ts";
import type { Settings } from "./schema.ts";

/** The sections of a configuration with components. */
export type Section = "receivers" | "processors" | "exporters" | "connectors" | "extensions";

type Map = Readonly<Record<string, unknown>>;

/** What is known about a kind of component. */
interface Component extends Settings {
  /** The only signals that it handles. Default: all. */
  signals?: readonly string[];
  /** What its settings lack, or contradict; empty if nothing. `settings` is empty if none are given. */
  demand?(settings: Map): string[];
}

const OTLP_GRPC: Component = {
  settings: { ...GRPC_CLIENT, ...QUEUE_AND_RETRY, timeout: "duration" },
  demand: ({ endpoint }) => {
    if (!endpoint) return ["needs an endpoint, such as jaeger:4317"];
    const hasPort = typeof endpoint !== "string" || /:\d+$|\$\{/.test(endpoint);
    return hasPort ? [] : [`endpoint ${endpoint} has no port: OTLP over gRPC uses 4317`];
  },
};

const OTLP_HTTP: Component = {
  settings: {
    ...HTTP_CLIENT,
    ...QUEUE_AND_RETRY,
    encoding: "text",
    logs_endpoint: "text",
    metrics_endpoint: "text",
    profiles_endpoint: "text",
    traces_endpoint: "text",
  },
  demand: (settings) =>
    Object.keys(settings).some((name) => /(^|_)endpoint$/.test(name))
      ? []
      : ["needs an endpoint, such as http://jaeger:4318"],
};

const ATTRIBUTE_ACTIONS = {
  listOf: {
    settings: {
      action: {
        oneOf: ["insert", "update", "upsert", "delete", "hash", "extract", "convert"],
      },
      converted_type: "text",
      default_value: "any",
      from_attribute: "text",
      from_context: "text",
      key: "text",
      pattern: "text",
      value: "any",
    },
  },
} as const;

const SPAN_METRICS: Component = {
  settings: {
    add_resource_attributes: "boolean",
    aggregation_cardinality_limit: "integer",
    aggregation_temporality: "text",
    calls_dimensions: { listOf: "any" },
    dimensions: { listOf: "any" },
    dimensions_cache_size: "integer",
    enable_metrics_sampling_method: "boolean",
    events: "any",
    exclude_dimensions: { listOf: "text" },
    exemplars: { settings: { enabled: "boolean", max_per_data_point: "integer" } },
    histogram: "any",
    include_instrumentation_scope: { listOf: "text" },
    metric_timestamp_cache_size: "integer",
    metrics_expiration: "duration",
    metrics_flush_interval: "duration",
    namespace: "text",
    resource_metrics_cache_size: "integer",
    resource_metrics_key_attributes: { listOf: "text" },
    series_expiration: "duration",
  },
};

/**
 * The components of the course's configurations, and the settings that the Collector 0.161 accepts for them,
 * from its published schemas and documentation. Every other component is left to the Collector itself.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib
 */
export const COMPONENTS: Record<Section, ReadonlyMap<string, Component>> = {
  receivers: new Map<string, Component>([["otlp", {
    settings: {
      protocols: {
        settings: {
          grpc: { settings: GRPC_SERVER },
          http: {
            settings: {
              ...HTTP_SERVER,
              traces_url_path: "text",
              metrics_url_path: "text",
              logs_url_path: "text",
              profiles_url_path: "text",
            },
          },
        },
      },
    },
    demand: ({ protocols }) =>
      Object.keys(protocols ?? {}).length > 0 ? [] : ["needs a protocol: grpc, http, or both"],
  }]]),
  processors: new Map<string, Component>([
    ["attributes", {
      settings: { actions: ATTRIBUTE_ACTIONS, exclude: "any", include: "any" },
      demand: ({ actions }) => demandActions("actions", actions),
    }],
    ["resource", {
      settings: { attributes: ATTRIBUTE_ACTIONS },
      demand: ({ attributes }) => demandActions("attributes", attributes),
    }],
    ["batch", {
      settings: {
        metadata_cardinality_limit: "integer",
        metadata_keys: { listOf: "text" },
        send_batch_max_size: "integer",
        send_batch_size: "integer",
        timeout: "duration",
      },
      demand: ({ send_batch_max_size: max, send_batch_size: size = 8192, timeout }) => [
        ...Number(max ?? 0) > 0 && Number(max) < Number(size)
          ? ["send_batch_max_size is less than send_batch_size"]
          : [],
        ...String(timeout ?? "").startsWith("-") ? ["timeout is less than 0"] : [],
      ],
    }],
    ["filter", {
      settings: {
        error_mode: { oneOf: ["ignore", "silent", "propagate"] },
        ...Object.fromEntries(
          ["log", "metric", "profile", "trace"].map((kind) => [`${kind}_conditions`, "any"]),
        ),
        ...Object.fromEntries(
          ["logs", "metrics", "profiles", "spans", "traces"].map((signal) => [signal, "any"]),
        ),
      },
    }],
    ["redaction", {
      settings: {
        allow_all_keys: "boolean",
        allowed_keys: { listOf: "text" },
        allowed_values: { listOf: "text" },
        blocked_key_patterns: { listOf: "text" },
        blocked_values: { listOf: "text" },
        db_sanitizer: "any",
        hash_function: "text",
        hmac_key: "text",
        ignored_key_patterns: { listOf: "text" },
        ignored_keys: { listOf: "text" },
        redact_all_types: "boolean",
        summary: "text",
        url_sanitizer: "any",
      },
    }],
    ["memory_limiter", {
      settings: {
        check_interval: "duration",
        limit_mib: "integer",
        limit_percentage: "integer",
        max_gc_interval_when_hard_limited: "duration",
        max_gc_interval_when_soft_limited: "duration",
        min_gc_interval_when_hard_limited: "duration",
        min_gc_interval_when_soft_limited: "duration",
        spike_limit_mib: "integer",
        spike_limit_percentage: "integer",
      },
      demand: memoryLimiterDemands,
    }],
  ]),
  exporters: new Map<string, Component>([
    ["debug", {
      settings: {
        ...QUEUE,
        output_paths: { listOf: "text" },
        sampling_initial: "integer",
        sampling_thereafter: "integer",
        use_internal_logger: "boolean",
        verbosity: { oneOf: ["basic", "normal", "detailed"] },
      },
    }],
    ["otlp_grpc", OTLP_GRPC],
    ["otlp_http", OTLP_HTTP],
    // Their names until 2026, which still work.
    ["otlp", OTLP_GRPC],
    ["otlphttp", OTLP_HTTP],
    ["prometheus", {
      signals: ["metrics"],
      settings: {
        ...HTTP_SERVER,
        ...QUEUE,
        add_metric_suffixes: "boolean",
        const_labels: { mapOf: "text" },
        enable_open_metrics: "boolean",
        metric_expiration: "duration",
        namespace: "text",
        resource_constant_labels: "any",
        resource_to_telemetry_conversion: "any",
        send_timestamps: "boolean",
        translation_strategy: "text",
        without_scope_info: "boolean",
      },
      demand: ({ endpoint }) =>
        endpoint ? [] : ["needs an endpoint to listen on, such as 0.0.0.0:8889"],
    }],
    ["zipkin", {
      signals: ["traces"],
      settings: {
        ...HTTP_CLIENT,
        ...QUEUE_AND_RETRY,
        default_service_name: "text",
        format: { oneOf: ["json", "proto"] },
      },
      demand: ({ endpoint }) =>
        endpoint ? [] : ["needs an endpoint, such as http://zipkin:9411/api/v2/spans"],
    }],
  ]),
  connectors: new Map<string, Component>([
    ["span_metrics", SPAN_METRICS],
    ["spanmetrics", SPAN_METRICS],
  ]),
  extensions: new Map<string, Component>([
    ["health_check", {
      settings: {
        ...HTTP_SERVER,
        check_collector_pipeline: "any",
        path: "text",
        response_body: "any",
        use_v2: "boolean",
        http: "any",
        grpc: "any",
        component_health: "any",
      },
    }],
    ["pprof", {
      settings: {
        block_profile_fraction: "integer",
        dialer: "any",
        endpoint: "text",
        mutex_profile_fraction: "integer",
        save_to_file: "text",
      },
    }],
    ["zpages", {
      settings: {
        ...HTTP_SERVER,
        enabled: "boolean",
        expvar: { settings: { enabled: "boolean" } },
      },
    }],
  ]),
};

/** An action that sets an attribute needs to know to what. */
function demandActions(name: string, actions: unknown): string[] {
  if (!Array.isArray(actions) || actions.length === 0) return [`needs ${name}`];
  return actions.flatMap((action, i) => {
    const { key, action: kind, value, from_attribute, from_context } = action as Map ?? {};
    if (kind === undefined) return [`${name}[${i}] needs an action, such as upsert`];
    const sets = ["insert", "update", "upsert"].includes(String(kind).toLowerCase());
    const isSet = [value, from_attribute, from_context].some((source) =>
      source !== undefined && source !== null
    );
    return [
      ...key === undefined ? [`${name}[${i}] needs a key`] : [],
      ...sets && !isSet ? [`${name}[${i}] needs a value or from_attribute`] : [],
    ];
  });
}

function memoryLimiterDemands(settings: Map): string[] {
  const { check_interval, limit_mib, limit_percentage, spike_limit_mib } = settings;
  const isSet = (value: unknown) =>
    value !== undefined && value !== null && !/^0\D*$/.test(`${value}`);
  const limit = Number(limit_mib ?? 0);
  return [
    ...isSet(check_interval) ? [] : ["needs a check_interval, such as 1s"],
    ...isSet(limit_mib) || isSet(limit_percentage)
      ? []
      : ["needs a limit_mib, such as 256, or a limit_percentage"],
    ...Number(limit_percentage ?? 0) > 100 ? ["limit_percentage is more than 100"] : [],
    ...limit > 0 && Number(spike_limit_mib ?? 0) >= limit
      ? ["spike_limit_mib isn't less than limit_mib"]
      : [],
  ];
}
