import { areGranted, type Condition } from "./needs.ts";

/** The command whose flags ours mirror. */
export const REFERENCE_COMMAND = "opentelemetry-instrument";

const BATCH = ["export_timeout", "max_export_batch_size", "max_queue_size", "schedule_delay"];
const OTLP = [
  "certificate",
  "client_certificate",
  "client_key",
  "compression",
  "endpoint",
  "headers",
  "insecure",
  "protocol",
  "timeout",
];

/** Every flag of `opentelemetry-instrument` 0.66b1, without the leading hyphens. */
export const REFERENCE_FLAGS = [
  ...["logs_exporter", "metrics_exporter", "traces_exporter", "propagators", "context"],
  ...["id_generator", "meter_provider", "tracer_provider"],
  ...["attribute_count_limit", "attribute_value_length_limit"],
  ...["event_attribute_count_limit", "link_attribute_count_limit", "span_attribute_count_limit"],
  ...["span_attribute_value_length_limit", "span_event_count_limit", "span_link_count_limit"],
  ...["logrecord_attribute_count_limit", "logrecord_attribute_value_length_limit"],
  ...["blrp", "bsp"].flatMap((prefix) => BATCH.map((name) => `${prefix}_${name}`)),
  ...["config_file", "experimental_resource_detectors", "resource_attributes", "service_name"],
  ...["sdk_disabled", "log_level"],
  ...["", "traces_", "metrics_", "logs_"].flatMap((infix) =>
    OTLP.map((name) => `exporter_otlp_${infix}${name}`)
  ),
  "exporter_otlp_metrics_default_histogram_aggregation",
  "exporter_otlp_metrics_temporality_preference",
  ...["exporter_prometheus_host", "exporter_prometheus_port"],
  ...["exporter_zipkin_endpoint", "exporter_zipkin_timeout"],
  ...["metrics_exemplar_filter", "metric_export_interval", "metric_export_timeout"],
  ...["traces_sampler", "traces_sampler_arg"],
  ...["logger_configurator", "meter_configurator", "tracer_configurator"],
  ...["sdk_internal_metrics_enabled", "auto_instrumentation_experimental_gevent_patch"],
  ...["configurator", "disabled_instrumentations", "distro", "semconv_stability_opt_in"],
];

/** Requires the reference command to be installed. */
export function needsReference(): Condition {
  if (!areGranted(["run"])) return { missing: undefined };
  try {
    new Deno.Command(REFERENCE_COMMAND, { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync();
    return { missing: undefined };
  } catch {
    return { missing: `no ${REFERENCE_COMMAND} on PATH` };
  }
}
