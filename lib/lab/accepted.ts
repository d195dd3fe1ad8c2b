import { COMPONENTS, type Section } from "../workshop/collector_config/components.ts";
import type { Setting, Settings } from "../workshop/collector_config/schema.ts";

const ACTIONS: Setting = {
  listOf: {
    settings: {
      action: { oneOf: ["insert", "update", "upsert", "delete"] },
      from_attribute: "text",
      key: "text",
      value: "any",
    },
  },
};

const ENDPOINT: Settings = { settings: { endpoint: "text" } };

const OTLP_HTTP: Settings = {
  settings: {
    compression: { oneOf: ["gzip", "none"] },
    endpoint: "text",
    retry_on_failure: {
      settings: {
        enabled: "boolean",
        initial_interval: "duration",
        max_elapsed_time: "duration",
        max_interval: "duration",
      },
    },
    sending_queue: { settings: { queue_size: "integer" } },
    timeout: "duration",
  },
};

/** The components that the lab has, by section and type, with their settings: a part of the Collector's. */
export const ACCEPTED: Partial<Record<Section, ReadonlyMap<string, Settings>>> = {
  receivers: new Map([
    ["otlp", { settings: { protocols: { settings: { grpc: ENDPOINT, http: ENDPOINT } } } }],
  ]),
  processors: new Map<string, Settings>([
    ["attributes", { settings: { actions: ACTIONS } }],
    ["resource", { settings: { attributes: ACTIONS } }],
    ["filter", {
      settings: {
        error_mode: { oneOf: ["ignore", "silent", "propagate"] },
        trace_conditions: { listOf: "text" },
      },
    }],
    ["redaction", { settings: { allow_all_keys: "boolean", blocked_values: { listOf: "text" } } }],
    ["batch", COMPONENTS.processors.get("batch")!],
    ["memory_limiter", COMPONENTS.processors.get("memory_limiter")!],
  ]),
  connectors: new Map<string, Settings>([
    ["span_metrics", {
      settings: {
        dimensions: { listOf: { settings: { name: "text" } } },
        metrics_flush_interval: "duration",
      },
    }],
  ]),
  exporters: new Map<string, Settings>([
    ["debug", { settings: { verbosity: { oneOf: ["basic", "normal", "detailed"] } } }],
    ["otlp_http", OTLP_HTTP],
    // Its name until 2026, which still works.
    ["otlphttp", OTLP_HTTP],
  ]),
};

/** Processors that a file may name, and that change nothing here, with the reason. */
export const WITHOUT_EFFECT: ReadonlyMap<string, string> = new Map([
  ["batch", "requests are passed on as they arrive"],
  ["memory_limiter", "queues have their own limits"],
]);

const IDS: Setting = { listOf: "text" };

/** What the lab accepts under `service`. */
export const ACCEPTED_SERVICE: Settings = {
  settings: {
    pipelines: {
      mapOf: { settings: { receivers: IDS, processors: IDS, exporters: IDS } },
    },
    telemetry: {
      settings: {
        metrics: {
          settings: {
            readers: {
              listOf: {
                settings: {
                  periodic: {
                    settings: {
                      exporter: {
                        settings: {
                          otlp: {
                            settings: {
                              endpoint: "text",
                              protocol: { oneOf: ["http/protobuf"] },
                            },
                          },
                        },
                      },
                      interval: "integer",
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};
