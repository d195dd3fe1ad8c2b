import type {
  ConfigurationModel,
  LogRecordExporterConfigModel,
  MetricReaderConfigModel,
  PushMetricExporterConfigModel,
  SamplerConfigModel,
  SpanExporterConfigModel,
} from "@opentelemetry/configuration";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import type { SettingsReading } from "../read_settings.ts";
import type { Settings } from "../settings.ts";
import { otlpExporterFromSettings } from "./otlp_exporter.ts";

/**
 * Translates the settings into a declarative configuration, from which the SDK is built.
 *
 * @see https://github.com/open-telemetry/opentelemetry-configuration
 */
export function configurationFromSettings(reading: SettingsReading): ConfigurationModel {
  const { settings } = reading;
  return {
    disabled: settings.OTEL_SDK_DISABLED,
    resource: resourceFromSettings(settings),
    propagator: { composite: settings.OTEL_PROPAGATORS.map((name) => ({ [name]: {} })) },
    attribute_limits: {
      attribute_value_length_limit: settings.OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT ?? null,
      attribute_count_limit: settings.OTEL_ATTRIBUTE_COUNT_LIMIT,
    },
    tracer_provider: tracerProvider(reading),
    meter_provider: {
      readers: settings.OTEL_METRICS_EXPORTER.map((name) => metricReader(name, reading)),
      exemplar_filter: settings.OTEL_METRICS_EXEMPLAR_FILTER,
    },
    logger_provider: {
      processors: settings.OTEL_LOGS_EXPORTER.map((name) =>
        processor(logRecordExporter(name, reading), batchFromSettings("BLRP", settings))
      ),
      limits: {
        attribute_value_length_limit: settings.OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT ?? null,
        attribute_count_limit: settings.OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT ?? null,
      },
    },
  };
}

function resourceFromSettings(settings: Settings) {
  const attributes = {
    ...settings.OTEL_ENTITIES,
    ...settings.OTEL_RESOURCE_ATTRIBUTES,
    ...settings.OTEL_SERVICE_NAME !== undefined &&
      { [ATTR_SERVICE_NAME]: settings.OTEL_SERVICE_NAME },
  };
  const named = settings.OTEL_EXPERIMENTAL_RESOURCE_DETECTORS;
  const detectors = named.includes("*") ? ["process", "os", "host", "service"] : named;
  return {
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    "detection/development": { detectors: detectors.map((name) => ({ [name]: {} })) },
  };
}

function tracerProvider(reading: SettingsReading) {
  const { settings } = reading;
  return {
    processors: settings.OTEL_TRACES_EXPORTER.map((name) =>
      processor(spanExporter(name, reading), batchFromSettings("BSP", settings))
    ),
    limits: {
      attribute_value_length_limit: settings.OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT ?? null,
      attribute_count_limit: settings.OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT ?? null,
      event_count_limit: settings.OTEL_SPAN_EVENT_COUNT_LIMIT,
      link_count_limit: settings.OTEL_SPAN_LINK_COUNT_LIMIT,
      event_attribute_count_limit: settings.OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT,
      link_attribute_count_limit: settings.OTEL_LINK_ATTRIBUTE_COUNT_LIMIT,
    },
    sampler: sampler(settings),
  };
}

/** The console prints each item at once; items for the network are sent in batches. */
function processor<E extends { console?: object | null }, B>(exporter: E, batch: B) {
  return "console" in exporter ? { simple: { exporter } } : { batch: { ...batch, exporter } };
}

function batchFromSettings(prefix: "BSP" | "BLRP", settings: Settings) {
  return {
    schedule_delay: settings[`OTEL_${prefix}_SCHEDULE_DELAY`],
    export_timeout: settings[`OTEL_${prefix}_EXPORT_TIMEOUT`],
    max_queue_size: settings[`OTEL_${prefix}_MAX_QUEUE_SIZE`],
    max_export_batch_size: Math.min(
      settings[`OTEL_${prefix}_MAX_EXPORT_BATCH_SIZE`],
      settings[`OTEL_${prefix}_MAX_QUEUE_SIZE`],
    ),
  };
}

function spanExporter(
  name: Settings["OTEL_TRACES_EXPORTER"][number],
  reading: SettingsReading,
): SpanExporterConfigModel {
  switch (name) {
    case "otlp":
      return otlpExporterFromSettings(reading, "traces");
    case "console":
      return { console: {} };
    case "zipkin":
      return {
        zipkin: {
          endpoint: reading.settings.OTEL_EXPORTER_ZIPKIN_ENDPOINT,
          timeout: reading.settings.OTEL_EXPORTER_ZIPKIN_TIMEOUT,
        },
      };
  }
}

function logRecordExporter(
  name: Settings["OTEL_LOGS_EXPORTER"][number],
  reading: SettingsReading,
): LogRecordExporterConfigModel {
  return name === "otlp" ? otlpExporterFromSettings(reading, "logs") : { console: {} };
}

function metricReader(
  name: Settings["OTEL_METRICS_EXPORTER"][number],
  reading: SettingsReading,
): MetricReaderConfigModel {
  const { settings } = reading;
  if (name === "prometheus") {
    return {
      pull: {
        exporter: {
          "prometheus/development": {
            host: settings.OTEL_EXPORTER_PROMETHEUS_HOST,
            port: settings.OTEL_EXPORTER_PROMETHEUS_PORT,
          },
        },
      },
    };
  }
  return {
    periodic: {
      interval: settings.OTEL_METRIC_EXPORT_INTERVAL,
      timeout: settings.OTEL_METRIC_EXPORT_TIMEOUT,
      exporter: name === "console" ? { console: {} } : otlpMetricExporter(reading),
    },
  };
}

function otlpMetricExporter(reading: SettingsReading): PushMetricExporterConfigModel {
  const { settings } = reading;
  const preference = settings.OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE;
  const options = {
    temporality_preference: preference === "lowmemory" ? "low_memory" as const : preference,
    default_histogram_aggregation:
      settings.OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION,
  };
  const { otlp_http, otlp_grpc } = otlpExporterFromSettings(reading, "metrics");
  return otlp_http
    ? { otlp_http: { ...otlp_http, ...options } }
    : { otlp_grpc: { ...otlp_grpc, ...options } };
}

function sampler(
  { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }: Settings,
): SamplerConfigModel {
  const [, isParentBased, rule] = /^(parentbased_)?(.*)$/.exec(name)!;
  const root = rule === "traceidratio" ? { trace_id_ratio_based: { ratio } } : { [rule!]: {} };
  return isParentBased ? { parent_based: { root } } : root;
}
