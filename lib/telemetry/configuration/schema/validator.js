// Made by scripts/compile_schema.ts from opentelemetry_configuration.json: do not edit.
"use strict";
export const validate = validate52;
export default validate52;
const schema19 = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "OpenTelemetryConfiguration",
  "type": "object",
  "additionalProperties": true,
  "properties": {
    "file_format": { "type": "string" },
    "disabled": { "type": ["boolean", "null"] },
    "log_level": { "$ref": "#/$defs/SeverityNumber" },
    "attribute_limits": { "$ref": "#/$defs/AttributeLimits" },
    "logger_provider": { "$ref": "#/$defs/LoggerProvider" },
    "meter_provider": { "$ref": "#/$defs/MeterProvider" },
    "propagator": { "$ref": "#/$defs/Propagator" },
    "tracer_provider": { "$ref": "#/$defs/TracerProvider" },
    "resource": { "$ref": "#/$defs/Resource" },
    "instrumentation/development": { "$ref": "#/$defs/ExperimentalInstrumentation" },
    "distribution": { "$ref": "#/$defs/Distribution" },
  },
  "required": ["file_format"],
  "$defs": {
    "Aggregation": {
      "type": "object",
      "additionalProperties": false,
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "default": { "$ref": "#/$defs/DefaultAggregation" },
        "drop": { "$ref": "#/$defs/DropAggregation" },
        "explicit_bucket_histogram": { "$ref": "#/$defs/ExplicitBucketHistogramAggregation" },
        "base2_exponential_bucket_histogram": {
          "$ref": "#/$defs/Base2ExponentialBucketHistogramAggregation",
        },
        "last_value": { "$ref": "#/$defs/LastValueAggregation" },
        "sum": { "$ref": "#/$defs/SumAggregation" },
      },
    },
    "AlwaysOffSampler": { "type": ["object", "null"], "additionalProperties": false },
    "AlwaysOnSampler": { "type": ["object", "null"], "additionalProperties": false },
    "AttributeLimits": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "attribute_value_length_limit": { "type": ["integer", "null"], "minimum": 0 },
        "attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
      },
    },
    "AttributeNameValue": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "name": { "type": "string" },
        "value": {
          "oneOf": [
            { "type": "string" },
            { "type": "number" },
            { "type": "boolean" },
            { "type": "null" },
            { "type": "array", "items": { "type": "string" }, "minItems": 1 },
            { "type": "array", "items": { "type": "boolean" }, "minItems": 1 },
            { "type": "array", "items": { "type": "number" }, "minItems": 1 },
          ],
        },
        "type": { "$ref": "#/$defs/AttributeType" },
      },
      "required": ["name", "value"],
    },
    "AttributeType": {
      "type": ["string", "null"],
      "enum": [
        "string",
        "bool",
        "int",
        "double",
        "string_array",
        "bool_array",
        "int_array",
        "double_array",
      ],
    },
    "B3MultiPropagator": { "type": ["object", "null"], "additionalProperties": false },
    "B3Propagator": { "type": ["object", "null"], "additionalProperties": false },
    "BaggagePropagator": { "type": ["object", "null"], "additionalProperties": false },
    "Base2ExponentialBucketHistogramAggregation": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "max_scale": { "type": ["integer", "null"], "minimum": -10, "maximum": 20 },
        "max_size": { "type": ["integer", "null"], "minimum": 2 },
        "record_min_max": { "type": ["boolean", "null"] },
      },
    },
    "BatchLogRecordProcessor": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "schedule_delay": { "type": ["integer", "null"], "minimum": 0 },
        "export_timeout": { "type": ["integer", "null"], "minimum": 0 },
        "max_queue_size": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "max_export_batch_size": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "exporter": { "$ref": "#/$defs/LogRecordExporter" },
      },
      "required": ["exporter"],
    },
    "BatchSpanProcessor": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "schedule_delay": { "type": ["integer", "null"], "minimum": 0 },
        "export_timeout": { "type": ["integer", "null"], "minimum": 0 },
        "max_queue_size": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "max_export_batch_size": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "exporter": { "$ref": "#/$defs/SpanExporter" },
      },
      "required": ["exporter"],
    },
    "CardinalityLimits": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "default": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "counter": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "gauge": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "histogram": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "observable_counter": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "observable_gauge": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "observable_up_down_counter": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "up_down_counter": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
      },
    },
    "ConsoleExporter": { "type": ["object", "null"], "additionalProperties": false },
    "ConsoleMetricExporter": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "temporality_preference": { "$ref": "#/$defs/ExporterTemporalityPreference" },
        "default_histogram_aggregation": { "$ref": "#/$defs/ExporterDefaultHistogramAggregation" },
      },
    },
    "DefaultAggregation": { "type": ["object", "null"], "additionalProperties": false },
    "Distribution": {
      "type": "object",
      "additionalProperties": { "type": "object" },
      "minProperties": 1,
    },
    "DropAggregation": { "type": ["object", "null"], "additionalProperties": false },
    "ExemplarFilter": {
      "type": ["string", "null"],
      "enum": ["always_on", "always_off", "trace_based"],
    },
    "ExperimentalCodeInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
    },
    "ExperimentalComposableAlwaysOffSampler": {
      "type": ["object", "null"],
      "additionalProperties": false,
    },
    "ExperimentalComposableAlwaysOnSampler": {
      "type": ["object", "null"],
      "additionalProperties": false,
    },
    "ExperimentalComposableParentThresholdSampler": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": { "root": { "$ref": "#/$defs/ExperimentalComposableSampler" } },
      "required": ["root"],
    },
    "ExperimentalComposableProbabilitySampler": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": { "ratio": { "type": ["number", "null"], "minimum": 0, "maximum": 1 } },
    },
    "ExperimentalComposableRuleBasedSampler": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "rules": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/ExperimentalComposableRuleBasedSamplerRule" },
        },
      },
    },
    "ExperimentalComposableRuleBasedSamplerRule": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "attribute_values": {
          "$ref": "#/$defs/ExperimentalComposableRuleBasedSamplerRuleAttributeValues",
        },
        "attribute_patterns": {
          "$ref": "#/$defs/ExperimentalComposableRuleBasedSamplerRuleAttributePatterns",
        },
        "span_kinds": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/SpanKind" } },
        "parent": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/ExperimentalSpanParent" },
        },
        "sampler": { "$ref": "#/$defs/ExperimentalComposableSampler" },
      },
      "required": ["sampler"],
    },
    "ExperimentalComposableRuleBasedSamplerRuleAttributePatterns": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "key": { "type": "string" },
        "included": { "type": "array", "minItems": 1, "items": { "type": "string" } },
        "excluded": { "type": "array", "minItems": 1, "items": { "type": "string" } },
      },
      "required": ["key"],
    },
    "ExperimentalComposableRuleBasedSamplerRuleAttributeValues": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "key": { "type": "string" },
        "values": { "type": "array", "minItems": 1, "items": { "type": "string" } },
      },
      "required": ["key", "values"],
    },
    "ExperimentalComposableSampler": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "always_off": { "$ref": "#/$defs/ExperimentalComposableAlwaysOffSampler" },
        "always_on": { "$ref": "#/$defs/ExperimentalComposableAlwaysOnSampler" },
        "parent_threshold": { "$ref": "#/$defs/ExperimentalComposableParentThresholdSampler" },
        "probability": { "$ref": "#/$defs/ExperimentalComposableProbabilitySampler" },
        "rule_based": { "$ref": "#/$defs/ExperimentalComposableRuleBasedSampler" },
      },
    },
    "ExperimentalContainerResourceDetector": {
      "type": ["object", "null"],
      "additionalProperties": false,
    },
    "ExperimentalDbInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
    },
    "ExperimentalEventToSpanEventBridgeLogRecordProcessor": {
      "type": ["object", "null"],
      "additionalProperties": false,
    },
    "ExperimentalGenAiInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
    },
    "ExperimentalGeneralInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "http": { "$ref": "#/$defs/ExperimentalHttpInstrumentation" },
        "code": { "$ref": "#/$defs/ExperimentalCodeInstrumentation" },
        "db": { "$ref": "#/$defs/ExperimentalDbInstrumentation" },
        "gen_ai": { "$ref": "#/$defs/ExperimentalGenAiInstrumentation" },
        "messaging": { "$ref": "#/$defs/ExperimentalMessagingInstrumentation" },
        "rpc": { "$ref": "#/$defs/ExperimentalRpcInstrumentation" },
        "sanitization": { "$ref": "#/$defs/ExperimentalSanitization" },
        "stability_opt_in_list": { "type": ["string", "null"] },
      },
    },
    "ExperimentalHostResourceDetector": {
      "type": ["object", "null"],
      "additionalProperties": false,
    },
    "ExperimentalHttpClientInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "request_captured_headers": {
          "type": "array",
          "minItems": 1,
          "items": { "type": "string" },
        },
        "response_captured_headers": {
          "type": "array",
          "minItems": 1,
          "items": { "type": "string" },
        },
        "known_methods": { "type": "array", "minItems": 0, "items": { "type": "string" } },
      },
    },
    "ExperimentalHttpInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" },
        "client": { "$ref": "#/$defs/ExperimentalHttpClientInstrumentation" },
        "server": { "$ref": "#/$defs/ExperimentalHttpServerInstrumentation" },
      },
    },
    "ExperimentalHttpServerInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "request_captured_headers": {
          "type": "array",
          "minItems": 1,
          "items": { "type": "string" },
        },
        "response_captured_headers": {
          "type": "array",
          "minItems": 1,
          "items": { "type": "string" },
        },
        "known_methods": { "type": "array", "minItems": 0, "items": { "type": "string" } },
      },
    },
    "ExperimentalInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "general": { "$ref": "#/$defs/ExperimentalGeneralInstrumentation" },
        "cpp": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "dotnet": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "erlang": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "go": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "java": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "js": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "php": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "python": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "ruby": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "rust": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
        "swift": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
      },
    },
    "ExperimentalJaegerRemoteSampler": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "endpoint": { "type": ["string"] },
        "interval": { "type": ["integer", "null"], "minimum": 0 },
        "initial_sampler": { "$ref": "#/$defs/Sampler" },
      },
      "required": ["endpoint", "initial_sampler"],
    },
    "ExperimentalLanguageSpecificInstrumentation": {
      "type": "object",
      "additionalProperties": { "type": "object" },
    },
    "ExperimentalLoggerConfig": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": {
        "enabled": { "type": ["boolean", "null"] },
        "minimum_severity": { "$ref": "#/$defs/SeverityNumber" },
        "trace_based": { "type": ["boolean", "null"] },
      },
    },
    "ExperimentalLoggerConfigurator": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": {
        "default_config": { "$ref": "#/$defs/ExperimentalLoggerConfig" },
        "loggers": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/ExperimentalLoggerMatcherAndConfig" },
        },
      },
    },
    "ExperimentalLoggerMatcherAndConfig": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": {
        "name": { "type": ["string"] },
        "config": { "$ref": "#/$defs/ExperimentalLoggerConfig" },
      },
      "required": ["name", "config"],
    },
    "ExperimentalMessagingInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
    },
    "ExperimentalMeterConfig": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": { "enabled": { "type": ["boolean"] } },
    },
    "ExperimentalMeterConfigurator": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": {
        "default_config": { "$ref": "#/$defs/ExperimentalMeterConfig" },
        "meters": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/ExperimentalMeterMatcherAndConfig" },
        },
      },
    },
    "ExperimentalMeterMatcherAndConfig": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": {
        "name": { "type": ["string"] },
        "config": { "$ref": "#/$defs/ExperimentalMeterConfig" },
      },
      "required": ["name", "config"],
    },
    "ExperimentalOtlpFileExporter": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": { "output_stream": { "type": ["string", "null"] } },
    },
    "ExperimentalOtlpFileMetricExporter": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "output_stream": { "type": ["string", "null"] },
        "temporality_preference": { "$ref": "#/$defs/ExporterTemporalityPreference" },
        "default_histogram_aggregation": { "$ref": "#/$defs/ExporterDefaultHistogramAggregation" },
      },
    },
    "ExperimentalProbabilitySampler": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": { "ratio": { "type": ["number", "null"], "minimum": 0, "maximum": 1 } },
    },
    "ExperimentalProcessResourceDetector": {
      "type": ["object", "null"],
      "additionalProperties": false,
    },
    "ExperimentalPrometheusMetricExporter": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "host": { "type": ["string", "null"] },
        "port": { "type": ["integer", "null"] },
        "scope_info_enabled": { "type": ["boolean", "null"] },
        "target_info_enabled/development": { "type": ["boolean", "null"] },
        "resource_constant_labels": { "$ref": "#/$defs/IncludeExclude" },
        "translation_strategy": { "$ref": "#/$defs/ExperimentalPrometheusTranslationStrategy" },
      },
    },
    "ExperimentalPrometheusTranslationStrategy": {
      "type": ["string", "null"],
      "enum": [
        "underscore_escaping_with_suffixes",
        "underscore_escaping_without_suffixes/development",
        "no_utf8_escaping_with_suffixes/development",
        "no_translation/development",
      ],
    },
    "ExperimentalResourceDetection": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "attributes": { "$ref": "#/$defs/IncludeExclude" },
        "detectors": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/ExperimentalResourceDetector" },
        },
      },
    },
    "ExperimentalResourceDetector": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "container": { "$ref": "#/$defs/ExperimentalContainerResourceDetector" },
        "host": { "$ref": "#/$defs/ExperimentalHostResourceDetector" },
        "process": { "$ref": "#/$defs/ExperimentalProcessResourceDetector" },
        "service": { "$ref": "#/$defs/ExperimentalServiceResourceDetector" },
      },
    },
    "ExperimentalRpcInstrumentation": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
    },
    "ExperimentalSanitization": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "url": { "$ref": "#/$defs/ExperimentalUrlSanitization" } },
    },
    "ExperimentalSemconvConfig": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "version": { "type": ["integer", "null"], "minimum": 0 },
        "experimental": { "type": ["boolean", "null"] },
        "dual_emit": { "type": ["boolean", "null"] },
      },
    },
    "ExperimentalServiceResourceDetector": {
      "type": ["object", "null"],
      "additionalProperties": false,
    },
    "ExperimentalSpanParent": { "type": ["string", "null"], "enum": ["none", "remote", "local"] },
    "ExperimentalTracerConfig": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": { "enabled": { "type": ["boolean"] } },
    },
    "ExperimentalTracerConfigurator": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": {
        "default_config": { "$ref": "#/$defs/ExperimentalTracerConfig" },
        "tracers": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/ExperimentalTracerMatcherAndConfig" },
        },
      },
    },
    "ExperimentalTracerMatcherAndConfig": {
      "type": ["object"],
      "additionalProperties": false,
      "properties": {
        "name": { "type": ["string"] },
        "config": { "$ref": "#/$defs/ExperimentalTracerConfig" },
      },
      "required": ["name", "config"],
    },
    "ExperimentalUrlSanitization": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "sensitive_query_parameters": {
          "type": "array",
          "minItems": 0,
          "items": { "type": "string" },
        },
      },
    },
    "ExplicitBucketHistogramAggregation": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "boundaries": { "type": "array", "minItems": 0, "items": { "type": "number" } },
        "record_min_max": { "type": ["boolean", "null"] },
      },
    },
    "ExporterDefaultHistogramAggregation": {
      "type": ["string", "null"],
      "enum": ["explicit_bucket_histogram", "base2_exponential_bucket_histogram"],
    },
    "ExporterTemporalityPreference": {
      "type": ["string", "null"],
      "enum": ["cumulative", "delta", "low_memory"],
    },
    "GrpcTls": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "ca_file": { "type": ["string", "null"] },
        "key_file": { "type": ["string", "null"] },
        "cert_file": { "type": ["string", "null"] },
        "insecure": { "type": ["boolean", "null"] },
      },
    },
    "HttpTls": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "ca_file": { "type": ["string", "null"] },
        "key_file": { "type": ["string", "null"] },
        "cert_file": { "type": ["string", "null"] },
      },
    },
    "IdGenerator": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": { "random": { "$ref": "#/$defs/RandomIdGenerator" } },
    },
    "IncludeExclude": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "included": { "type": "array", "minItems": 1, "items": { "type": "string" } },
        "excluded": { "type": "array", "minItems": 1, "items": { "type": "string" } },
      },
    },
    "InstrumentType": {
      "type": ["string", "null"],
      "enum": [
        "counter",
        "gauge",
        "histogram",
        "observable_counter",
        "observable_gauge",
        "observable_up_down_counter",
        "up_down_counter",
      ],
    },
    "LastValueAggregation": { "type": ["object", "null"], "additionalProperties": false },
    "LoggerProvider": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "processors": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/LogRecordProcessor" },
        },
        "limits": { "$ref": "#/$defs/LogRecordLimits" },
        "logger_configurator/development": { "$ref": "#/$defs/ExperimentalLoggerConfigurator" },
      },
      "required": ["processors"],
    },
    "LogRecordExporter": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "otlp_http": { "$ref": "#/$defs/OtlpHttpExporter" },
        "otlp_grpc": { "$ref": "#/$defs/OtlpGrpcExporter" },
        "otlp_file/development": { "$ref": "#/$defs/ExperimentalOtlpFileExporter" },
        "console": { "$ref": "#/$defs/ConsoleExporter" },
      },
    },
    "LogRecordLimits": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "attribute_value_length_limit": { "type": ["integer", "null"], "minimum": 0 },
        "attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
      },
    },
    "LogRecordProcessor": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "batch": { "$ref": "#/$defs/BatchLogRecordProcessor" },
        "simple": { "$ref": "#/$defs/SimpleLogRecordProcessor" },
        "event_to_span_event_bridge/development": {
          "$ref": "#/$defs/ExperimentalEventToSpanEventBridgeLogRecordProcessor",
        },
      },
    },
    "MeterProvider": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "readers": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/MetricReader" } },
        "views": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/View" } },
        "exemplar_filter": { "$ref": "#/$defs/ExemplarFilter" },
        "meter_configurator/development": { "$ref": "#/$defs/ExperimentalMeterConfigurator" },
      },
      "required": ["readers"],
    },
    "MetricProducer": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": { "opencensus": { "$ref": "#/$defs/OpenCensusMetricProducer" } },
    },
    "MetricReader": {
      "type": "object",
      "additionalProperties": false,
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "periodic": { "$ref": "#/$defs/PeriodicMetricReader" },
        "pull": { "$ref": "#/$defs/PullMetricReader" },
      },
    },
    "NameStringValuePair": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "name": { "type": "string" }, "value": { "type": ["string", "null"] } },
      "required": ["name", "value"],
    },
    "OpenCensusMetricProducer": { "type": ["object", "null"], "additionalProperties": false },
    "OtlpGrpcExporter": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "endpoint": { "type": ["string", "null"] },
        "tls": { "$ref": "#/$defs/GrpcTls" },
        "headers": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/NameStringValuePair" },
        },
        "headers_list": { "type": ["string", "null"] },
        "compression": { "type": ["string", "null"] },
        "timeout": { "type": ["integer", "null"], "minimum": 0 },
      },
    },
    "OtlpGrpcMetricExporter": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "endpoint": { "type": ["string", "null"] },
        "tls": { "$ref": "#/$defs/GrpcTls" },
        "headers": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/NameStringValuePair" },
        },
        "headers_list": { "type": ["string", "null"] },
        "compression": { "type": ["string", "null"] },
        "timeout": { "type": ["integer", "null"], "minimum": 0 },
        "temporality_preference": { "$ref": "#/$defs/ExporterTemporalityPreference" },
        "default_histogram_aggregation": { "$ref": "#/$defs/ExporterDefaultHistogramAggregation" },
      },
    },
    "OtlpHttpEncoding": { "type": ["string", "null"], "enum": ["protobuf", "json"] },
    "OtlpHttpExporter": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "endpoint": { "type": ["string", "null"] },
        "tls": { "$ref": "#/$defs/HttpTls" },
        "headers": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/NameStringValuePair" },
        },
        "headers_list": { "type": ["string", "null"] },
        "compression": { "type": ["string", "null"] },
        "timeout": { "type": ["integer", "null"], "minimum": 0 },
        "encoding": { "$ref": "#/$defs/OtlpHttpEncoding" },
      },
    },
    "OtlpHttpMetricExporter": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "endpoint": { "type": ["string", "null"] },
        "tls": { "$ref": "#/$defs/HttpTls" },
        "headers": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/NameStringValuePair" },
        },
        "headers_list": { "type": ["string", "null"] },
        "compression": { "type": ["string", "null"] },
        "timeout": { "type": ["integer", "null"], "minimum": 0 },
        "encoding": { "$ref": "#/$defs/OtlpHttpEncoding" },
        "temporality_preference": { "$ref": "#/$defs/ExporterTemporalityPreference" },
        "default_histogram_aggregation": { "$ref": "#/$defs/ExporterDefaultHistogramAggregation" },
      },
    },
    "ParentBasedSampler": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "root": { "$ref": "#/$defs/Sampler" },
        "remote_parent_sampled": { "$ref": "#/$defs/Sampler" },
        "remote_parent_not_sampled": { "$ref": "#/$defs/Sampler" },
        "local_parent_sampled": { "$ref": "#/$defs/Sampler" },
        "local_parent_not_sampled": { "$ref": "#/$defs/Sampler" },
      },
    },
    "PeriodicMetricReader": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "interval": { "type": ["integer", "null"], "minimum": 0 },
        "timeout": { "type": ["integer", "null"], "minimum": 0 },
        "max_export_batch_size/development": { "type": ["integer", "null"], "minimum": 1 },
        "exporter": { "$ref": "#/$defs/PushMetricExporter" },
        "producers": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/MetricProducer" },
        },
        "cardinality_limits": { "$ref": "#/$defs/CardinalityLimits" },
      },
      "required": ["exporter"],
    },
    "Propagator": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "composite": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/TextMapPropagator" },
        },
        "composite_list": { "type": ["string", "null"] },
      },
    },
    "PullMetricExporter": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "prometheus/development": { "$ref": "#/$defs/ExperimentalPrometheusMetricExporter" },
      },
    },
    "PullMetricReader": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "exporter": { "$ref": "#/$defs/PullMetricExporter" },
        "producers": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/MetricProducer" },
        },
        "cardinality_limits": { "$ref": "#/$defs/CardinalityLimits" },
      },
      "required": ["exporter"],
    },
    "PushMetricExporter": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "otlp_http": { "$ref": "#/$defs/OtlpHttpMetricExporter" },
        "otlp_grpc": { "$ref": "#/$defs/OtlpGrpcMetricExporter" },
        "otlp_file/development": { "$ref": "#/$defs/ExperimentalOtlpFileMetricExporter" },
        "console": { "$ref": "#/$defs/ConsoleMetricExporter" },
      },
    },
    "RandomIdGenerator": { "type": ["object", "null"], "additionalProperties": false },
    "Resource": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "attributes": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/AttributeNameValue" },
        },
        "detection/development": { "$ref": "#/$defs/ExperimentalResourceDetection" },
        "schema_url": { "type": ["string", "null"] },
        "attributes_list": { "type": ["string", "null"] },
      },
    },
    "Sampler": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "always_off": { "$ref": "#/$defs/AlwaysOffSampler" },
        "always_on": { "$ref": "#/$defs/AlwaysOnSampler" },
        "composite/development": { "$ref": "#/$defs/ExperimentalComposableSampler" },
        "jaeger_remote/development": { "$ref": "#/$defs/ExperimentalJaegerRemoteSampler" },
        "parent_based": { "$ref": "#/$defs/ParentBasedSampler" },
        "probability/development": { "$ref": "#/$defs/ExperimentalProbabilitySampler" },
        "trace_id_ratio_based": { "$ref": "#/$defs/TraceIdRatioBasedSampler" },
      },
    },
    "SeverityNumber": {
      "type": ["string", "null"],
      "enum": [
        "trace",
        "trace2",
        "trace3",
        "trace4",
        "debug",
        "debug2",
        "debug3",
        "debug4",
        "info",
        "info2",
        "info3",
        "info4",
        "warn",
        "warn2",
        "warn3",
        "warn4",
        "error",
        "error2",
        "error3",
        "error4",
        "fatal",
        "fatal2",
        "fatal3",
        "fatal4",
      ],
    },
    "SimpleLogRecordProcessor": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "exporter": { "$ref": "#/$defs/LogRecordExporter" } },
      "required": ["exporter"],
    },
    "SimpleSpanProcessor": {
      "type": "object",
      "additionalProperties": false,
      "properties": { "exporter": { "$ref": "#/$defs/SpanExporter" } },
      "required": ["exporter"],
    },
    "SpanExporter": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "otlp_http": { "$ref": "#/$defs/OtlpHttpExporter" },
        "otlp_grpc": { "$ref": "#/$defs/OtlpGrpcExporter" },
        "otlp_file/development": { "$ref": "#/$defs/ExperimentalOtlpFileExporter" },
        "console": { "$ref": "#/$defs/ConsoleExporter" },
      },
    },
    "SpanKind": {
      "type": ["string", "null"],
      "enum": ["internal", "server", "client", "producer", "consumer"],
    },
    "SpanLimits": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "attribute_value_length_limit": { "type": ["integer", "null"], "minimum": 0 },
        "attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
        "event_count_limit": { "type": ["integer", "null"], "minimum": 0 },
        "link_count_limit": { "type": ["integer", "null"], "minimum": 0 },
        "event_attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
        "link_attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
      },
    },
    "SpanProcessor": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "batch": { "$ref": "#/$defs/BatchSpanProcessor" },
        "simple": { "$ref": "#/$defs/SimpleSpanProcessor" },
      },
    },
    "SumAggregation": { "type": ["object", "null"], "additionalProperties": false },
    "TextMapPropagator": {
      "type": "object",
      "additionalProperties": { "type": ["object", "null"] },
      "minProperties": 1,
      "maxProperties": 1,
      "properties": {
        "tracecontext": { "$ref": "#/$defs/TraceContextPropagator" },
        "baggage": { "$ref": "#/$defs/BaggagePropagator" },
        "b3": { "$ref": "#/$defs/B3Propagator" },
        "b3multi": { "$ref": "#/$defs/B3MultiPropagator" },
      },
    },
    "TraceContextPropagator": { "type": ["object", "null"], "additionalProperties": false },
    "TraceIdRatioBasedSampler": {
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": { "ratio": { "type": ["number", "null"], "minimum": 0, "maximum": 1 } },
    },
    "TracerProvider": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "processors": {
          "type": "array",
          "minItems": 1,
          "items": { "$ref": "#/$defs/SpanProcessor" },
        },
        "limits": { "$ref": "#/$defs/SpanLimits" },
        "sampler": { "$ref": "#/$defs/Sampler" },
        "id_generator": { "$ref": "#/$defs/IdGenerator" },
        "tracer_configurator/development": { "$ref": "#/$defs/ExperimentalTracerConfigurator" },
      },
      "required": ["processors"],
    },
    "View": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "selector": { "$ref": "#/$defs/ViewSelector" },
        "stream": { "$ref": "#/$defs/ViewStream" },
      },
      "required": ["selector", "stream"],
    },
    "ViewSelector": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "instrument_name": { "type": ["string", "null"] },
        "instrument_type": { "$ref": "#/$defs/InstrumentType" },
        "unit": { "type": ["string", "null"] },
        "meter_name": { "type": ["string", "null"] },
        "meter_version": { "type": ["string", "null"] },
        "meter_schema_url": { "type": ["string", "null"] },
      },
    },
    "ViewStream": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "name": { "type": ["string", "null"] },
        "description": { "type": ["string", "null"] },
        "aggregation": { "$ref": "#/$defs/Aggregation" },
        "aggregation_cardinality_limit": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
        "attribute_keys": { "$ref": "#/$defs/IncludeExclude" },
      },
    },
  },
};
const schema20 = {
  "type": ["string", "null"],
  "enum": [
    "trace",
    "trace2",
    "trace3",
    "trace4",
    "debug",
    "debug2",
    "debug3",
    "debug4",
    "info",
    "info2",
    "info3",
    "info4",
    "warn",
    "warn2",
    "warn3",
    "warn4",
    "error",
    "error2",
    "error3",
    "error4",
    "fatal",
    "fatal2",
    "fatal3",
    "fatal4",
  ],
};
function validate53(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate53.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema20.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (
    !((((((((((((((((((((((((data === "trace") || (data === "trace2")) || (data === "trace3")) ||
      (data === "trace4")) || (data === "debug")) || (data === "debug2")) || (data === "debug3")) ||
      (data === "debug4")) || (data === "info")) || (data === "info2")) || (data === "info3")) ||
      (data === "info4")) || (data === "warn")) || (data === "warn2")) || (data === "warn3")) ||
      (data === "warn4")) || (data === "error")) || (data === "error2")) || (data === "error3")) ||
      (data === "error4")) || (data === "fatal")) || (data === "fatal2")) || (data === "fatal3")) ||
      (data === "fatal4"))
  ) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema20.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate53.errors = vErrors;
  return errors === 0;
}
validate53.evaluated = { "dynamicProps": false, "dynamicItems": false };
const schema21 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "attribute_value_length_limit": { "type": ["integer", "null"], "minimum": 0 },
    "attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
  },
};
function validate55(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate55.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "attribute_value_length_limit") || (key0 === "attribute_count_limit"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.attribute_value_length_limit !== undefined) {
      let data0 = data.attribute_value_length_limit;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err1 = {
          instancePath: instancePath + "/attribute_value_length_limit",
          schemaPath: "#/properties/attribute_value_length_limit/type",
          keyword: "type",
          params: { type: schema21.properties.attribute_value_length_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 < 0 || isNaN(data0)) {
          const err2 = {
            instancePath: instancePath + "/attribute_value_length_limit",
            schemaPath: "#/properties/attribute_value_length_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.attribute_count_limit !== undefined) {
      let data1 = data.attribute_count_limit;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err3 = {
          instancePath: instancePath + "/attribute_count_limit",
          schemaPath: "#/properties/attribute_count_limit/type",
          keyword: "type",
          params: { type: schema21.properties.attribute_count_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          const err4 = {
            instancePath: instancePath + "/attribute_count_limit",
            schemaPath: "#/properties/attribute_count_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err5];
    else vErrors.push(err5);
    errors++;
  }
  validate55.errors = vErrors;
  return errors === 0;
}
validate55.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema22 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "processors": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/LogRecordProcessor" },
    },
    "limits": { "$ref": "#/$defs/LogRecordLimits" },
    "logger_configurator/development": { "$ref": "#/$defs/ExperimentalLoggerConfigurator" },
  },
  "required": ["processors"],
};
const schema23 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "batch": { "$ref": "#/$defs/BatchLogRecordProcessor" },
    "simple": { "$ref": "#/$defs/SimpleLogRecordProcessor" },
    "event_to_span_event_bridge/development": {
      "$ref": "#/$defs/ExperimentalEventToSpanEventBridgeLogRecordProcessor",
    },
  },
};
const schema24 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "schedule_delay": { "type": ["integer", "null"], "minimum": 0 },
    "export_timeout": { "type": ["integer", "null"], "minimum": 0 },
    "max_queue_size": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "max_export_batch_size": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "exporter": { "$ref": "#/$defs/LogRecordExporter" },
  },
  "required": ["exporter"],
};
const schema25 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "otlp_http": { "$ref": "#/$defs/OtlpHttpExporter" },
    "otlp_grpc": { "$ref": "#/$defs/OtlpGrpcExporter" },
    "otlp_file/development": { "$ref": "#/$defs/ExperimentalOtlpFileExporter" },
    "console": { "$ref": "#/$defs/ConsoleExporter" },
  },
};
const schema26 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "endpoint": { "type": ["string", "null"] },
    "tls": { "$ref": "#/$defs/HttpTls" },
    "headers": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/NameStringValuePair" },
    },
    "headers_list": { "type": ["string", "null"] },
    "compression": { "type": ["string", "null"] },
    "timeout": { "type": ["integer", "null"], "minimum": 0 },
    "encoding": { "$ref": "#/$defs/OtlpHttpEncoding" },
  },
};
const schema27 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "ca_file": { "type": ["string", "null"] },
    "key_file": { "type": ["string", "null"] },
    "cert_file": { "type": ["string", "null"] },
  },
};
function validate62(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate62.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema27.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(((key0 === "ca_file") || (key0 === "key_file")) || (key0 === "cert_file"))) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.ca_file !== undefined) {
      let data0 = data.ca_file;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/ca_file",
          schemaPath: "#/properties/ca_file/type",
          keyword: "type",
          params: { type: schema27.properties.ca_file.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.key_file !== undefined) {
      let data1 = data.key_file;
      if ((typeof data1 !== "string") && (data1 !== null)) {
        const err3 = {
          instancePath: instancePath + "/key_file",
          schemaPath: "#/properties/key_file/type",
          keyword: "type",
          params: { type: schema27.properties.key_file.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.cert_file !== undefined) {
      let data2 = data.cert_file;
      if ((typeof data2 !== "string") && (data2 !== null)) {
        const err4 = {
          instancePath: instancePath + "/cert_file",
          schemaPath: "#/properties/cert_file/type",
          keyword: "type",
          params: { type: schema27.properties.cert_file.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
  }
  validate62.errors = vErrors;
  return errors === 0;
}
validate62.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema28 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "name": { "type": "string" }, "value": { "type": ["string", "null"] } },
  "required": ["name", "value"],
};
function validate64(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate64.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "name" },
        message: "must have required property '" + "name" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (data.value === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "value" },
        message: "must have required property '" + "value" + "'",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!((key0 === "name") || (key0 === "value"))) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.name !== undefined) {
      if (typeof data.name !== "string") {
        const err3 = {
          instancePath: instancePath + "/name",
          schemaPath: "#/properties/name/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.value !== undefined) {
      let data1 = data.value;
      if ((typeof data1 !== "string") && (data1 !== null)) {
        const err4 = {
          instancePath: instancePath + "/value",
          schemaPath: "#/properties/value/type",
          keyword: "type",
          params: { type: schema28.properties.value.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err5];
    else vErrors.push(err5);
    errors++;
  }
  validate64.errors = vErrors;
  return errors === 0;
}
validate64.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema29 = { "type": ["string", "null"], "enum": ["protobuf", "json"] };
function validate66(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate66.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema29.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (!((data === "protobuf") || (data === "json"))) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema29.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate66.errors = vErrors;
  return errors === 0;
}
validate66.evaluated = { "dynamicProps": false, "dynamicItems": false };
function validate61(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate61.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema26.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !(((((((key0 === "endpoint") || (key0 === "tls")) || (key0 === "headers")) ||
          (key0 === "headers_list")) || (key0 === "compression")) || (key0 === "timeout")) ||
          (key0 === "encoding"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.endpoint !== undefined) {
      let data0 = data.endpoint;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/endpoint",
          schemaPath: "#/properties/endpoint/type",
          keyword: "type",
          params: { type: schema26.properties.endpoint.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.tls !== undefined) {
      if (
        !(validate62(data.tls, {
          instancePath: instancePath + "/tls",
          parentData: data,
          parentDataProperty: "tls",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
        errors = vErrors.length;
      }
    }
    if (data.headers !== undefined) {
      let data2 = data.headers;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err3 = {
            instancePath: instancePath + "/headers",
            schemaPath: "#/properties/headers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate64(data2[i0], {
              instancePath: instancePath + "/headers/" + i0,
              parentData: data2,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/headers",
          schemaPath: "#/properties/headers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data.headers_list !== undefined) {
      let data4 = data.headers_list;
      if ((typeof data4 !== "string") && (data4 !== null)) {
        const err5 = {
          instancePath: instancePath + "/headers_list",
          schemaPath: "#/properties/headers_list/type",
          keyword: "type",
          params: { type: schema26.properties.headers_list.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
    if (data.compression !== undefined) {
      let data5 = data.compression;
      if ((typeof data5 !== "string") && (data5 !== null)) {
        const err6 = {
          instancePath: instancePath + "/compression",
          schemaPath: "#/properties/compression/type",
          keyword: "type",
          params: { type: schema26.properties.compression.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
    }
    if (data.timeout !== undefined) {
      let data6 = data.timeout;
      if ((!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))) && (data6 !== null)) {
        const err7 = {
          instancePath: instancePath + "/timeout",
          schemaPath: "#/properties/timeout/type",
          keyword: "type",
          params: { type: schema26.properties.timeout.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err7];
        else vErrors.push(err7);
        errors++;
      }
      if (typeof data6 == "number") {
        if (data6 < 0 || isNaN(data6)) {
          const err8 = {
            instancePath: instancePath + "/timeout",
            schemaPath: "#/properties/timeout/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err8];
          else vErrors.push(err8);
          errors++;
        }
      }
    }
    if (data.encoding !== undefined) {
      if (
        !(validate66(data.encoding, {
          instancePath: instancePath + "/encoding",
          parentData: data,
          parentDataProperty: "encoding",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
        errors = vErrors.length;
      }
    }
  }
  validate61.errors = vErrors;
  return errors === 0;
}
validate61.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema30 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "endpoint": { "type": ["string", "null"] },
    "tls": { "$ref": "#/$defs/GrpcTls" },
    "headers": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/NameStringValuePair" },
    },
    "headers_list": { "type": ["string", "null"] },
    "compression": { "type": ["string", "null"] },
    "timeout": { "type": ["integer", "null"], "minimum": 0 },
  },
};
const schema31 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "ca_file": { "type": ["string", "null"] },
    "key_file": { "type": ["string", "null"] },
    "cert_file": { "type": ["string", "null"] },
    "insecure": { "type": ["boolean", "null"] },
  },
};
function validate70(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate70.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema31.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((key0 === "ca_file") || (key0 === "key_file")) || (key0 === "cert_file")) ||
          (key0 === "insecure"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.ca_file !== undefined) {
      let data0 = data.ca_file;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/ca_file",
          schemaPath: "#/properties/ca_file/type",
          keyword: "type",
          params: { type: schema31.properties.ca_file.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.key_file !== undefined) {
      let data1 = data.key_file;
      if ((typeof data1 !== "string") && (data1 !== null)) {
        const err3 = {
          instancePath: instancePath + "/key_file",
          schemaPath: "#/properties/key_file/type",
          keyword: "type",
          params: { type: schema31.properties.key_file.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.cert_file !== undefined) {
      let data2 = data.cert_file;
      if ((typeof data2 !== "string") && (data2 !== null)) {
        const err4 = {
          instancePath: instancePath + "/cert_file",
          schemaPath: "#/properties/cert_file/type",
          keyword: "type",
          params: { type: schema31.properties.cert_file.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data.insecure !== undefined) {
      let data3 = data.insecure;
      if ((typeof data3 !== "boolean") && (data3 !== null)) {
        const err5 = {
          instancePath: instancePath + "/insecure",
          schemaPath: "#/properties/insecure/type",
          keyword: "type",
          params: { type: schema31.properties.insecure.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
  }
  validate70.errors = vErrors;
  return errors === 0;
}
validate70.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate69(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate69.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema30.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((((key0 === "endpoint") || (key0 === "tls")) || (key0 === "headers")) ||
          (key0 === "headers_list")) || (key0 === "compression")) || (key0 === "timeout"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.endpoint !== undefined) {
      let data0 = data.endpoint;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/endpoint",
          schemaPath: "#/properties/endpoint/type",
          keyword: "type",
          params: { type: schema30.properties.endpoint.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.tls !== undefined) {
      if (
        !(validate70(data.tls, {
          instancePath: instancePath + "/tls",
          parentData: data,
          parentDataProperty: "tls",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
        errors = vErrors.length;
      }
    }
    if (data.headers !== undefined) {
      let data2 = data.headers;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err3 = {
            instancePath: instancePath + "/headers",
            schemaPath: "#/properties/headers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate64(data2[i0], {
              instancePath: instancePath + "/headers/" + i0,
              parentData: data2,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/headers",
          schemaPath: "#/properties/headers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data.headers_list !== undefined) {
      let data4 = data.headers_list;
      if ((typeof data4 !== "string") && (data4 !== null)) {
        const err5 = {
          instancePath: instancePath + "/headers_list",
          schemaPath: "#/properties/headers_list/type",
          keyword: "type",
          params: { type: schema30.properties.headers_list.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
    if (data.compression !== undefined) {
      let data5 = data.compression;
      if ((typeof data5 !== "string") && (data5 !== null)) {
        const err6 = {
          instancePath: instancePath + "/compression",
          schemaPath: "#/properties/compression/type",
          keyword: "type",
          params: { type: schema30.properties.compression.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
    }
    if (data.timeout !== undefined) {
      let data6 = data.timeout;
      if ((!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))) && (data6 !== null)) {
        const err7 = {
          instancePath: instancePath + "/timeout",
          schemaPath: "#/properties/timeout/type",
          keyword: "type",
          params: { type: schema30.properties.timeout.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err7];
        else vErrors.push(err7);
        errors++;
      }
      if (typeof data6 == "number") {
        if (data6 < 0 || isNaN(data6)) {
          const err8 = {
            instancePath: instancePath + "/timeout",
            schemaPath: "#/properties/timeout/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err8];
          else vErrors.push(err8);
          errors++;
        }
      }
    }
  }
  validate69.errors = vErrors;
  return errors === 0;
}
validate69.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema32 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": { "output_stream": { "type": ["string", "null"] } },
};
function validate74(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate74.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema32.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "output_stream")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.output_stream !== undefined) {
      let data0 = data.output_stream;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/output_stream",
          schemaPath: "#/properties/output_stream/type",
          keyword: "type",
          params: { type: schema32.properties.output_stream.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
  }
  validate74.errors = vErrors;
  return errors === 0;
}
validate74.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema33 = { "type": ["object", "null"], "additionalProperties": false };
function validate76(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate76.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema33.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate76.errors = vErrors;
  return errors === 0;
}
validate76.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate60(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate60.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !((((key0 === "otlp_http") || (key0 === "otlp_grpc")) ||
          (key0 === "otlp_file/development")) || (key0 === "console"))
      ) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema25.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.otlp_http !== undefined) {
      if (
        !(validate61(data.otlp_http, {
          instancePath: instancePath + "/otlp_http",
          parentData: data,
          parentDataProperty: "otlp_http",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
        errors = vErrors.length;
      }
    }
    if (data.otlp_grpc !== undefined) {
      if (
        !(validate69(data.otlp_grpc, {
          instancePath: instancePath + "/otlp_grpc",
          parentData: data,
          parentDataProperty: "otlp_grpc",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
        errors = vErrors.length;
      }
    }
    if (data["otlp_file/development"] !== undefined) {
      if (
        !(validate74(data["otlp_file/development"], {
          instancePath: instancePath + "/otlp_file~1development",
          parentData: data,
          parentDataProperty: "otlp_file/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
        errors = vErrors.length;
      }
    }
    if (data.console !== undefined) {
      if (
        !(validate76(data.console, {
          instancePath: instancePath + "/console",
          parentData: data,
          parentDataProperty: "console",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate60.errors = vErrors;
  return errors === 0;
}
validate60.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate59(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate59.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.exporter === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "exporter" },
        message: "must have required property '" + "exporter" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (
        !(((((key0 === "schedule_delay") || (key0 === "export_timeout")) ||
          (key0 === "max_queue_size")) || (key0 === "max_export_batch_size")) ||
          (key0 === "exporter"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.schedule_delay !== undefined) {
      let data0 = data.schedule_delay;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/schedule_delay",
          schemaPath: "#/properties/schedule_delay/type",
          keyword: "type",
          params: { type: schema24.properties.schedule_delay.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 < 0 || isNaN(data0)) {
          const err3 = {
            instancePath: instancePath + "/schedule_delay",
            schemaPath: "#/properties/schedule_delay/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
      }
    }
    if (data.export_timeout !== undefined) {
      let data1 = data.export_timeout;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err4 = {
          instancePath: instancePath + "/export_timeout",
          schemaPath: "#/properties/export_timeout/type",
          keyword: "type",
          params: { type: schema24.properties.export_timeout.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          const err5 = {
            instancePath: instancePath + "/export_timeout",
            schemaPath: "#/properties/export_timeout/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err5];
          else vErrors.push(err5);
          errors++;
        }
      }
    }
    if (data.max_queue_size !== undefined) {
      let data2 = data.max_queue_size;
      if ((!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))) && (data2 !== null)) {
        const err6 = {
          instancePath: instancePath + "/max_queue_size",
          schemaPath: "#/properties/max_queue_size/type",
          keyword: "type",
          params: { type: schema24.properties.max_queue_size.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
      if (typeof data2 == "number") {
        if (data2 <= 0 || isNaN(data2)) {
          const err7 = {
            instancePath: instancePath + "/max_queue_size",
            schemaPath: "#/properties/max_queue_size/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err7];
          else vErrors.push(err7);
          errors++;
        }
      }
    }
    if (data.max_export_batch_size !== undefined) {
      let data3 = data.max_export_batch_size;
      if ((!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))) && (data3 !== null)) {
        const err8 = {
          instancePath: instancePath + "/max_export_batch_size",
          schemaPath: "#/properties/max_export_batch_size/type",
          keyword: "type",
          params: { type: schema24.properties.max_export_batch_size.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err8];
        else vErrors.push(err8);
        errors++;
      }
      if (typeof data3 == "number") {
        if (data3 <= 0 || isNaN(data3)) {
          const err9 = {
            instancePath: instancePath + "/max_export_batch_size",
            schemaPath: "#/properties/max_export_batch_size/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err9];
          else vErrors.push(err9);
          errors++;
        }
      }
    }
    if (data.exporter !== undefined) {
      if (
        !(validate60(data.exporter, {
          instancePath: instancePath + "/exporter",
          parentData: data,
          parentDataProperty: "exporter",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate60.errors : vErrors.concat(validate60.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err10 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err10];
    else vErrors.push(err10);
    errors++;
  }
  validate59.errors = vErrors;
  return errors === 0;
}
validate59.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema34 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "exporter": { "$ref": "#/$defs/LogRecordExporter" } },
  "required": ["exporter"],
};
function validate80(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate80.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.exporter === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "exporter" },
        message: "must have required property '" + "exporter" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "exporter")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.exporter !== undefined) {
      if (
        !(validate60(data.exporter, {
          instancePath: instancePath + "/exporter",
          parentData: data,
          parentDataProperty: "exporter",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate60.errors : vErrors.concat(validate60.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err2 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err2];
    else vErrors.push(err2);
    errors++;
  }
  validate80.errors = vErrors;
  return errors === 0;
}
validate80.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema35 = { "type": ["object", "null"], "additionalProperties": false };
function validate83(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate83.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema35.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate83.errors = vErrors;
  return errors === 0;
}
validate83.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate58(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate58.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !(((key0 === "batch") || (key0 === "simple")) ||
          (key0 === "event_to_span_event_bridge/development"))
      ) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema23.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.batch !== undefined) {
      if (
        !(validate59(data.batch, {
          instancePath: instancePath + "/batch",
          parentData: data,
          parentDataProperty: "batch",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
        errors = vErrors.length;
      }
    }
    if (data.simple !== undefined) {
      if (
        !(validate80(data.simple, {
          instancePath: instancePath + "/simple",
          parentData: data,
          parentDataProperty: "simple",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
        errors = vErrors.length;
      }
    }
    if (data["event_to_span_event_bridge/development"] !== undefined) {
      if (
        !(validate83(data["event_to_span_event_bridge/development"], {
          instancePath: instancePath + "/event_to_span_event_bridge~1development",
          parentData: data,
          parentDataProperty: "event_to_span_event_bridge/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate58.errors = vErrors;
  return errors === 0;
}
validate58.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema36 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "attribute_value_length_limit": { "type": ["integer", "null"], "minimum": 0 },
    "attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
  },
};
function validate86(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate86.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "attribute_value_length_limit") || (key0 === "attribute_count_limit"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.attribute_value_length_limit !== undefined) {
      let data0 = data.attribute_value_length_limit;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err1 = {
          instancePath: instancePath + "/attribute_value_length_limit",
          schemaPath: "#/properties/attribute_value_length_limit/type",
          keyword: "type",
          params: { type: schema36.properties.attribute_value_length_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 < 0 || isNaN(data0)) {
          const err2 = {
            instancePath: instancePath + "/attribute_value_length_limit",
            schemaPath: "#/properties/attribute_value_length_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.attribute_count_limit !== undefined) {
      let data1 = data.attribute_count_limit;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err3 = {
          instancePath: instancePath + "/attribute_count_limit",
          schemaPath: "#/properties/attribute_count_limit/type",
          keyword: "type",
          params: { type: schema36.properties.attribute_count_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          const err4 = {
            instancePath: instancePath + "/attribute_count_limit",
            schemaPath: "#/properties/attribute_count_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err5];
    else vErrors.push(err5);
    errors++;
  }
  validate86.errors = vErrors;
  return errors === 0;
}
validate86.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema37 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": {
    "default_config": { "$ref": "#/$defs/ExperimentalLoggerConfig" },
    "loggers": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/ExperimentalLoggerMatcherAndConfig" },
    },
  },
};
const schema38 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": {
    "enabled": { "type": ["boolean", "null"] },
    "minimum_severity": { "$ref": "#/$defs/SeverityNumber" },
    "trace_based": { "type": ["boolean", "null"] },
  },
};
function validate89(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate89.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(((key0 === "enabled") || (key0 === "minimum_severity")) || (key0 === "trace_based"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.enabled !== undefined) {
      let data0 = data.enabled;
      if ((typeof data0 !== "boolean") && (data0 !== null)) {
        const err1 = {
          instancePath: instancePath + "/enabled",
          schemaPath: "#/properties/enabled/type",
          keyword: "type",
          params: { type: schema38.properties.enabled.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.minimum_severity !== undefined) {
      if (
        !(validate53(data.minimum_severity, {
          instancePath: instancePath + "/minimum_severity",
          parentData: data,
          parentDataProperty: "minimum_severity",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
        errors = vErrors.length;
      }
    }
    if (data.trace_based !== undefined) {
      let data2 = data.trace_based;
      if ((typeof data2 !== "boolean") && (data2 !== null)) {
        const err2 = {
          instancePath: instancePath + "/trace_based",
          schemaPath: "#/properties/trace_based/type",
          keyword: "type",
          params: { type: schema38.properties.trace_based.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema38.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate89.errors = vErrors;
  return errors === 0;
}
validate89.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema39 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": {
    "name": { "type": ["string"] },
    "config": { "$ref": "#/$defs/ExperimentalLoggerConfig" },
  },
  "required": ["name", "config"],
};
function validate92(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate92.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "name" },
        message: "must have required property '" + "name" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (data.config === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "config" },
        message: "must have required property '" + "config" + "'",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!((key0 === "name") || (key0 === "config"))) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.name !== undefined) {
      if (typeof data.name !== "string") {
        const err3 = {
          instancePath: instancePath + "/name",
          schemaPath: "#/properties/name/type",
          keyword: "type",
          params: { type: schema39.properties.name.type },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.config !== undefined) {
      if (
        !(validate89(data.config, {
          instancePath: instancePath + "/config",
          parentData: data,
          parentDataProperty: "config",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err4 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema39.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err4];
    else vErrors.push(err4);
    errors++;
  }
  validate92.errors = vErrors;
  return errors === 0;
}
validate92.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate88(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate88.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "default_config") || (key0 === "loggers"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.default_config !== undefined) {
      if (
        !(validate89(data.default_config, {
          instancePath: instancePath + "/default_config",
          parentData: data,
          parentDataProperty: "default_config",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
        errors = vErrors.length;
      }
    }
    if (data.loggers !== undefined) {
      let data1 = data.loggers;
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          const err1 = {
            instancePath: instancePath + "/loggers",
            schemaPath: "#/properties/loggers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate92(data1[i0], {
              instancePath: instancePath + "/loggers/" + i0,
              parentData: data1,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/loggers",
          schemaPath: "#/properties/loggers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema37.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate88.errors = vErrors;
  return errors === 0;
}
validate88.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate57(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate57.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.processors === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "processors" },
        message: "must have required property '" + "processors" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (
        !(((key0 === "processors") || (key0 === "limits")) ||
          (key0 === "logger_configurator/development"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.processors !== undefined) {
      let data0 = data.processors;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err2 = {
            instancePath: instancePath + "/processors",
            schemaPath: "#/properties/processors/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate58(data0[i0], {
              instancePath: instancePath + "/processors/" + i0,
              parentData: data0,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/processors",
          schemaPath: "#/properties/processors/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.limits !== undefined) {
      if (
        !(validate86(data.limits, {
          instancePath: instancePath + "/limits",
          parentData: data,
          parentDataProperty: "limits",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate86.errors : vErrors.concat(validate86.errors);
        errors = vErrors.length;
      }
    }
    if (data["logger_configurator/development"] !== undefined) {
      if (
        !(validate88(data["logger_configurator/development"], {
          instancePath: instancePath + "/logger_configurator~1development",
          parentData: data,
          parentDataProperty: "logger_configurator/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err4 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err4];
    else vErrors.push(err4);
    errors++;
  }
  validate57.errors = vErrors;
  return errors === 0;
}
validate57.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema40 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "readers": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/MetricReader" } },
    "views": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/View" } },
    "exemplar_filter": { "$ref": "#/$defs/ExemplarFilter" },
    "meter_configurator/development": { "$ref": "#/$defs/ExperimentalMeterConfigurator" },
  },
  "required": ["readers"],
};
const schema41 = {
  "type": "object",
  "additionalProperties": false,
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "periodic": { "$ref": "#/$defs/PeriodicMetricReader" },
    "pull": { "$ref": "#/$defs/PullMetricReader" },
  },
};
const schema42 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "interval": { "type": ["integer", "null"], "minimum": 0 },
    "timeout": { "type": ["integer", "null"], "minimum": 0 },
    "max_export_batch_size/development": { "type": ["integer", "null"], "minimum": 1 },
    "exporter": { "$ref": "#/$defs/PushMetricExporter" },
    "producers": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/MetricProducer" } },
    "cardinality_limits": { "$ref": "#/$defs/CardinalityLimits" },
  },
  "required": ["exporter"],
};
const schema43 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "otlp_http": { "$ref": "#/$defs/OtlpHttpMetricExporter" },
    "otlp_grpc": { "$ref": "#/$defs/OtlpGrpcMetricExporter" },
    "otlp_file/development": { "$ref": "#/$defs/ExperimentalOtlpFileMetricExporter" },
    "console": { "$ref": "#/$defs/ConsoleMetricExporter" },
  },
};
const schema44 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "endpoint": { "type": ["string", "null"] },
    "tls": { "$ref": "#/$defs/HttpTls" },
    "headers": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/NameStringValuePair" },
    },
    "headers_list": { "type": ["string", "null"] },
    "compression": { "type": ["string", "null"] },
    "timeout": { "type": ["integer", "null"], "minimum": 0 },
    "encoding": { "$ref": "#/$defs/OtlpHttpEncoding" },
    "temporality_preference": { "$ref": "#/$defs/ExporterTemporalityPreference" },
    "default_histogram_aggregation": { "$ref": "#/$defs/ExporterDefaultHistogramAggregation" },
  },
};
const func1 = Object.prototype.hasOwnProperty;
const schema45 = { "type": ["string", "null"], "enum": ["cumulative", "delta", "low_memory"] };
function validate105(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate105.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema45.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (!(((data === "cumulative") || (data === "delta")) || (data === "low_memory"))) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema45.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate105.errors = vErrors;
  return errors === 0;
}
validate105.evaluated = { "dynamicProps": false, "dynamicItems": false };
const schema46 = {
  "type": ["string", "null"],
  "enum": ["explicit_bucket_histogram", "base2_exponential_bucket_histogram"],
};
function validate107(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate107.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema46.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (
    !((data === "explicit_bucket_histogram") || (data === "base2_exponential_bucket_histogram"))
  ) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema46.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate107.errors = vErrors;
  return errors === 0;
}
validate107.evaluated = { "dynamicProps": false, "dynamicItems": false };
function validate101(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate101.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema44.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(func1.call(schema44.properties, key0))) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.endpoint !== undefined) {
      let data0 = data.endpoint;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/endpoint",
          schemaPath: "#/properties/endpoint/type",
          keyword: "type",
          params: { type: schema44.properties.endpoint.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.tls !== undefined) {
      if (
        !(validate62(data.tls, {
          instancePath: instancePath + "/tls",
          parentData: data,
          parentDataProperty: "tls",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
        errors = vErrors.length;
      }
    }
    if (data.headers !== undefined) {
      let data2 = data.headers;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err3 = {
            instancePath: instancePath + "/headers",
            schemaPath: "#/properties/headers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate64(data2[i0], {
              instancePath: instancePath + "/headers/" + i0,
              parentData: data2,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/headers",
          schemaPath: "#/properties/headers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data.headers_list !== undefined) {
      let data4 = data.headers_list;
      if ((typeof data4 !== "string") && (data4 !== null)) {
        const err5 = {
          instancePath: instancePath + "/headers_list",
          schemaPath: "#/properties/headers_list/type",
          keyword: "type",
          params: { type: schema44.properties.headers_list.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
    if (data.compression !== undefined) {
      let data5 = data.compression;
      if ((typeof data5 !== "string") && (data5 !== null)) {
        const err6 = {
          instancePath: instancePath + "/compression",
          schemaPath: "#/properties/compression/type",
          keyword: "type",
          params: { type: schema44.properties.compression.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
    }
    if (data.timeout !== undefined) {
      let data6 = data.timeout;
      if ((!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))) && (data6 !== null)) {
        const err7 = {
          instancePath: instancePath + "/timeout",
          schemaPath: "#/properties/timeout/type",
          keyword: "type",
          params: { type: schema44.properties.timeout.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err7];
        else vErrors.push(err7);
        errors++;
      }
      if (typeof data6 == "number") {
        if (data6 < 0 || isNaN(data6)) {
          const err8 = {
            instancePath: instancePath + "/timeout",
            schemaPath: "#/properties/timeout/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err8];
          else vErrors.push(err8);
          errors++;
        }
      }
    }
    if (data.encoding !== undefined) {
      if (
        !(validate66(data.encoding, {
          instancePath: instancePath + "/encoding",
          parentData: data,
          parentDataProperty: "encoding",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
        errors = vErrors.length;
      }
    }
    if (data.temporality_preference !== undefined) {
      if (
        !(validate105(data.temporality_preference, {
          instancePath: instancePath + "/temporality_preference",
          parentData: data,
          parentDataProperty: "temporality_preference",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.default_histogram_aggregation !== undefined) {
      if (
        !(validate107(data.default_histogram_aggregation, {
          instancePath: instancePath + "/default_histogram_aggregation",
          parentData: data,
          parentDataProperty: "default_histogram_aggregation",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
        errors = vErrors.length;
      }
    }
  }
  validate101.errors = vErrors;
  return errors === 0;
}
validate101.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema47 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "endpoint": { "type": ["string", "null"] },
    "tls": { "$ref": "#/$defs/GrpcTls" },
    "headers": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/NameStringValuePair" },
    },
    "headers_list": { "type": ["string", "null"] },
    "compression": { "type": ["string", "null"] },
    "timeout": { "type": ["integer", "null"], "minimum": 0 },
    "temporality_preference": { "$ref": "#/$defs/ExporterTemporalityPreference" },
    "default_histogram_aggregation": { "$ref": "#/$defs/ExporterDefaultHistogramAggregation" },
  },
};
function validate110(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate110.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema47.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((((((key0 === "endpoint") || (key0 === "tls")) || (key0 === "headers")) ||
          (key0 === "headers_list")) || (key0 === "compression")) || (key0 === "timeout")) ||
          (key0 === "temporality_preference")) || (key0 === "default_histogram_aggregation"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.endpoint !== undefined) {
      let data0 = data.endpoint;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/endpoint",
          schemaPath: "#/properties/endpoint/type",
          keyword: "type",
          params: { type: schema47.properties.endpoint.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.tls !== undefined) {
      if (
        !(validate70(data.tls, {
          instancePath: instancePath + "/tls",
          parentData: data,
          parentDataProperty: "tls",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
        errors = vErrors.length;
      }
    }
    if (data.headers !== undefined) {
      let data2 = data.headers;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err3 = {
            instancePath: instancePath + "/headers",
            schemaPath: "#/properties/headers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate64(data2[i0], {
              instancePath: instancePath + "/headers/" + i0,
              parentData: data2,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/headers",
          schemaPath: "#/properties/headers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data.headers_list !== undefined) {
      let data4 = data.headers_list;
      if ((typeof data4 !== "string") && (data4 !== null)) {
        const err5 = {
          instancePath: instancePath + "/headers_list",
          schemaPath: "#/properties/headers_list/type",
          keyword: "type",
          params: { type: schema47.properties.headers_list.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
    if (data.compression !== undefined) {
      let data5 = data.compression;
      if ((typeof data5 !== "string") && (data5 !== null)) {
        const err6 = {
          instancePath: instancePath + "/compression",
          schemaPath: "#/properties/compression/type",
          keyword: "type",
          params: { type: schema47.properties.compression.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
    }
    if (data.timeout !== undefined) {
      let data6 = data.timeout;
      if ((!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))) && (data6 !== null)) {
        const err7 = {
          instancePath: instancePath + "/timeout",
          schemaPath: "#/properties/timeout/type",
          keyword: "type",
          params: { type: schema47.properties.timeout.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err7];
        else vErrors.push(err7);
        errors++;
      }
      if (typeof data6 == "number") {
        if (data6 < 0 || isNaN(data6)) {
          const err8 = {
            instancePath: instancePath + "/timeout",
            schemaPath: "#/properties/timeout/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err8];
          else vErrors.push(err8);
          errors++;
        }
      }
    }
    if (data.temporality_preference !== undefined) {
      if (
        !(validate105(data.temporality_preference, {
          instancePath: instancePath + "/temporality_preference",
          parentData: data,
          parentDataProperty: "temporality_preference",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.default_histogram_aggregation !== undefined) {
      if (
        !(validate107(data.default_histogram_aggregation, {
          instancePath: instancePath + "/default_histogram_aggregation",
          parentData: data,
          parentDataProperty: "default_histogram_aggregation",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
        errors = vErrors.length;
      }
    }
  }
  validate110.errors = vErrors;
  return errors === 0;
}
validate110.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema48 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "output_stream": { "type": ["string", "null"] },
    "temporality_preference": { "$ref": "#/$defs/ExporterTemporalityPreference" },
    "default_histogram_aggregation": { "$ref": "#/$defs/ExporterDefaultHistogramAggregation" },
  },
};
function validate116(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate116.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema48.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !(((key0 === "output_stream") || (key0 === "temporality_preference")) ||
          (key0 === "default_histogram_aggregation"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.output_stream !== undefined) {
      let data0 = data.output_stream;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/output_stream",
          schemaPath: "#/properties/output_stream/type",
          keyword: "type",
          params: { type: schema48.properties.output_stream.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.temporality_preference !== undefined) {
      if (
        !(validate105(data.temporality_preference, {
          instancePath: instancePath + "/temporality_preference",
          parentData: data,
          parentDataProperty: "temporality_preference",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.default_histogram_aggregation !== undefined) {
      if (
        !(validate107(data.default_histogram_aggregation, {
          instancePath: instancePath + "/default_histogram_aggregation",
          parentData: data,
          parentDataProperty: "default_histogram_aggregation",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
        errors = vErrors.length;
      }
    }
  }
  validate116.errors = vErrors;
  return errors === 0;
}
validate116.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema49 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "temporality_preference": { "$ref": "#/$defs/ExporterTemporalityPreference" },
    "default_histogram_aggregation": { "$ref": "#/$defs/ExporterDefaultHistogramAggregation" },
  },
};
function validate120(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate120.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema49.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "temporality_preference") || (key0 === "default_histogram_aggregation"))) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.temporality_preference !== undefined) {
      if (
        !(validate105(data.temporality_preference, {
          instancePath: instancePath + "/temporality_preference",
          parentData: data,
          parentDataProperty: "temporality_preference",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.default_histogram_aggregation !== undefined) {
      if (
        !(validate107(data.default_histogram_aggregation, {
          instancePath: instancePath + "/default_histogram_aggregation",
          parentData: data,
          parentDataProperty: "default_histogram_aggregation",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate107.errors : vErrors.concat(validate107.errors);
        errors = vErrors.length;
      }
    }
  }
  validate120.errors = vErrors;
  return errors === 0;
}
validate120.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate100(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate100.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !((((key0 === "otlp_http") || (key0 === "otlp_grpc")) ||
          (key0 === "otlp_file/development")) || (key0 === "console"))
      ) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema43.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.otlp_http !== undefined) {
      if (
        !(validate101(data.otlp_http, {
          instancePath: instancePath + "/otlp_http",
          parentData: data,
          parentDataProperty: "otlp_http",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate101.errors : vErrors.concat(validate101.errors);
        errors = vErrors.length;
      }
    }
    if (data.otlp_grpc !== undefined) {
      if (
        !(validate110(data.otlp_grpc, {
          instancePath: instancePath + "/otlp_grpc",
          parentData: data,
          parentDataProperty: "otlp_grpc",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
        errors = vErrors.length;
      }
    }
    if (data["otlp_file/development"] !== undefined) {
      if (
        !(validate116(data["otlp_file/development"], {
          instancePath: instancePath + "/otlp_file~1development",
          parentData: data,
          parentDataProperty: "otlp_file/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate116.errors : vErrors.concat(validate116.errors);
        errors = vErrors.length;
      }
    }
    if (data.console !== undefined) {
      if (
        !(validate120(data.console, {
          instancePath: instancePath + "/console",
          parentData: data,
          parentDataProperty: "console",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate120.errors : vErrors.concat(validate120.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate100.errors = vErrors;
  return errors === 0;
}
validate100.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema50 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": { "opencensus": { "$ref": "#/$defs/OpenCensusMetricProducer" } },
};
const schema51 = { "type": ["object", "null"], "additionalProperties": false };
function validate126(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate126.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema51.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate126.errors = vErrors;
  return errors === 0;
}
validate126.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate125(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate125.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "opencensus")) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema50.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.opencensus !== undefined) {
      if (
        !(validate126(data.opencensus, {
          instancePath: instancePath + "/opencensus",
          parentData: data,
          parentDataProperty: "opencensus",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate125.errors = vErrors;
  return errors === 0;
}
validate125.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema52 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "default": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "counter": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "gauge": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "histogram": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "observable_counter": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "observable_gauge": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "observable_up_down_counter": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "up_down_counter": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
  },
};
function validate129(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate129.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((((((key0 === "default") || (key0 === "counter")) || (key0 === "gauge")) ||
          (key0 === "histogram")) || (key0 === "observable_counter")) ||
          (key0 === "observable_gauge")) || (key0 === "observable_up_down_counter")) ||
          (key0 === "up_down_counter"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.default !== undefined) {
      let data0 = data.default;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err1 = {
          instancePath: instancePath + "/default",
          schemaPath: "#/properties/default/type",
          keyword: "type",
          params: { type: schema52.properties.default.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 <= 0 || isNaN(data0)) {
          const err2 = {
            instancePath: instancePath + "/default",
            schemaPath: "#/properties/default/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.counter !== undefined) {
      let data1 = data.counter;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err3 = {
          instancePath: instancePath + "/counter",
          schemaPath: "#/properties/counter/type",
          keyword: "type",
          params: { type: schema52.properties.counter.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 <= 0 || isNaN(data1)) {
          const err4 = {
            instancePath: instancePath + "/counter",
            schemaPath: "#/properties/counter/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
    if (data.gauge !== undefined) {
      let data2 = data.gauge;
      if ((!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))) && (data2 !== null)) {
        const err5 = {
          instancePath: instancePath + "/gauge",
          schemaPath: "#/properties/gauge/type",
          keyword: "type",
          params: { type: schema52.properties.gauge.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
      if (typeof data2 == "number") {
        if (data2 <= 0 || isNaN(data2)) {
          const err6 = {
            instancePath: instancePath + "/gauge",
            schemaPath: "#/properties/gauge/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err6];
          else vErrors.push(err6);
          errors++;
        }
      }
    }
    if (data.histogram !== undefined) {
      let data3 = data.histogram;
      if ((!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))) && (data3 !== null)) {
        const err7 = {
          instancePath: instancePath + "/histogram",
          schemaPath: "#/properties/histogram/type",
          keyword: "type",
          params: { type: schema52.properties.histogram.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err7];
        else vErrors.push(err7);
        errors++;
      }
      if (typeof data3 == "number") {
        if (data3 <= 0 || isNaN(data3)) {
          const err8 = {
            instancePath: instancePath + "/histogram",
            schemaPath: "#/properties/histogram/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err8];
          else vErrors.push(err8);
          errors++;
        }
      }
    }
    if (data.observable_counter !== undefined) {
      let data4 = data.observable_counter;
      if ((!((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4)))) && (data4 !== null)) {
        const err9 = {
          instancePath: instancePath + "/observable_counter",
          schemaPath: "#/properties/observable_counter/type",
          keyword: "type",
          params: { type: schema52.properties.observable_counter.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err9];
        else vErrors.push(err9);
        errors++;
      }
      if (typeof data4 == "number") {
        if (data4 <= 0 || isNaN(data4)) {
          const err10 = {
            instancePath: instancePath + "/observable_counter",
            schemaPath: "#/properties/observable_counter/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err10];
          else vErrors.push(err10);
          errors++;
        }
      }
    }
    if (data.observable_gauge !== undefined) {
      let data5 = data.observable_gauge;
      if ((!((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5)))) && (data5 !== null)) {
        const err11 = {
          instancePath: instancePath + "/observable_gauge",
          schemaPath: "#/properties/observable_gauge/type",
          keyword: "type",
          params: { type: schema52.properties.observable_gauge.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err11];
        else vErrors.push(err11);
        errors++;
      }
      if (typeof data5 == "number") {
        if (data5 <= 0 || isNaN(data5)) {
          const err12 = {
            instancePath: instancePath + "/observable_gauge",
            schemaPath: "#/properties/observable_gauge/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err12];
          else vErrors.push(err12);
          errors++;
        }
      }
    }
    if (data.observable_up_down_counter !== undefined) {
      let data6 = data.observable_up_down_counter;
      if ((!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))) && (data6 !== null)) {
        const err13 = {
          instancePath: instancePath + "/observable_up_down_counter",
          schemaPath: "#/properties/observable_up_down_counter/type",
          keyword: "type",
          params: { type: schema52.properties.observable_up_down_counter.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err13];
        else vErrors.push(err13);
        errors++;
      }
      if (typeof data6 == "number") {
        if (data6 <= 0 || isNaN(data6)) {
          const err14 = {
            instancePath: instancePath + "/observable_up_down_counter",
            schemaPath: "#/properties/observable_up_down_counter/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err14];
          else vErrors.push(err14);
          errors++;
        }
      }
    }
    if (data.up_down_counter !== undefined) {
      let data7 = data.up_down_counter;
      if ((!((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7)))) && (data7 !== null)) {
        const err15 = {
          instancePath: instancePath + "/up_down_counter",
          schemaPath: "#/properties/up_down_counter/type",
          keyword: "type",
          params: { type: schema52.properties.up_down_counter.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err15];
        else vErrors.push(err15);
        errors++;
      }
      if (typeof data7 == "number") {
        if (data7 <= 0 || isNaN(data7)) {
          const err16 = {
            instancePath: instancePath + "/up_down_counter",
            schemaPath: "#/properties/up_down_counter/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err16];
          else vErrors.push(err16);
          errors++;
        }
      }
    }
  } else {
    const err17 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err17];
    else vErrors.push(err17);
    errors++;
  }
  validate129.errors = vErrors;
  return errors === 0;
}
validate129.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate99(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate99.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.exporter === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "exporter" },
        message: "must have required property '" + "exporter" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (
        !((((((key0 === "interval") || (key0 === "timeout")) ||
          (key0 === "max_export_batch_size/development")) || (key0 === "exporter")) ||
          (key0 === "producers")) || (key0 === "cardinality_limits"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.interval !== undefined) {
      let data0 = data.interval;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/interval",
          schemaPath: "#/properties/interval/type",
          keyword: "type",
          params: { type: schema42.properties.interval.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 < 0 || isNaN(data0)) {
          const err3 = {
            instancePath: instancePath + "/interval",
            schemaPath: "#/properties/interval/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
      }
    }
    if (data.timeout !== undefined) {
      let data1 = data.timeout;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err4 = {
          instancePath: instancePath + "/timeout",
          schemaPath: "#/properties/timeout/type",
          keyword: "type",
          params: { type: schema42.properties.timeout.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          const err5 = {
            instancePath: instancePath + "/timeout",
            schemaPath: "#/properties/timeout/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err5];
          else vErrors.push(err5);
          errors++;
        }
      }
    }
    if (data["max_export_batch_size/development"] !== undefined) {
      let data2 = data["max_export_batch_size/development"];
      if ((!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))) && (data2 !== null)) {
        const err6 = {
          instancePath: instancePath + "/max_export_batch_size~1development",
          schemaPath: "#/properties/max_export_batch_size~1development/type",
          keyword: "type",
          params: { type: schema42.properties["max_export_batch_size/development"].type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
      if (typeof data2 == "number") {
        if (data2 < 1 || isNaN(data2)) {
          const err7 = {
            instancePath: instancePath + "/max_export_batch_size~1development",
            schemaPath: "#/properties/max_export_batch_size~1development/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 1 },
            message: "must be >= 1",
          };
          if (vErrors === null) vErrors = [err7];
          else vErrors.push(err7);
          errors++;
        }
      }
    }
    if (data.exporter !== undefined) {
      if (
        !(validate100(data.exporter, {
          instancePath: instancePath + "/exporter",
          parentData: data,
          parentDataProperty: "exporter",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
        errors = vErrors.length;
      }
    }
    if (data.producers !== undefined) {
      let data4 = data.producers;
      if (Array.isArray(data4)) {
        if (data4.length < 1) {
          const err8 = {
            instancePath: instancePath + "/producers",
            schemaPath: "#/properties/producers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err8];
          else vErrors.push(err8);
          errors++;
        }
        const len0 = data4.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate125(data4[i0], {
              instancePath: instancePath + "/producers/" + i0,
              parentData: data4,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate125.errors : vErrors.concat(validate125.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + "/producers",
          schemaPath: "#/properties/producers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err9];
        else vErrors.push(err9);
        errors++;
      }
    }
    if (data.cardinality_limits !== undefined) {
      if (
        !(validate129(data.cardinality_limits, {
          instancePath: instancePath + "/cardinality_limits",
          parentData: data,
          parentDataProperty: "cardinality_limits",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate129.errors : vErrors.concat(validate129.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err10 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err10];
    else vErrors.push(err10);
    errors++;
  }
  validate99.errors = vErrors;
  return errors === 0;
}
validate99.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema53 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "exporter": { "$ref": "#/$defs/PullMetricExporter" },
    "producers": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/MetricProducer" } },
    "cardinality_limits": { "$ref": "#/$defs/CardinalityLimits" },
  },
  "required": ["exporter"],
};
const schema54 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "prometheus/development": { "$ref": "#/$defs/ExperimentalPrometheusMetricExporter" },
  },
};
const schema55 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "host": { "type": ["string", "null"] },
    "port": { "type": ["integer", "null"] },
    "scope_info_enabled": { "type": ["boolean", "null"] },
    "target_info_enabled/development": { "type": ["boolean", "null"] },
    "resource_constant_labels": { "$ref": "#/$defs/IncludeExclude" },
    "translation_strategy": { "$ref": "#/$defs/ExperimentalPrometheusTranslationStrategy" },
  },
};
const schema56 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "included": { "type": "array", "minItems": 1, "items": { "type": "string" } },
    "excluded": { "type": "array", "minItems": 1, "items": { "type": "string" } },
  },
};
function validate135(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate135.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "included") || (key0 === "excluded"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.included !== undefined) {
      let data0 = data.included;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err1 = {
            instancePath: instancePath + "/included",
            schemaPath: "#/properties/included/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (typeof data0[i0] !== "string") {
            const err2 = {
              instancePath: instancePath + "/included/" + i0,
              schemaPath: "#/properties/included/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err2];
            else vErrors.push(err2);
            errors++;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/included",
          schemaPath: "#/properties/included/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.excluded !== undefined) {
      let data2 = data.excluded;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err4 = {
            instancePath: instancePath + "/excluded",
            schemaPath: "#/properties/excluded/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
        const len1 = data2.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (typeof data2[i1] !== "string") {
            const err5 = {
              instancePath: instancePath + "/excluded/" + i1,
              schemaPath: "#/properties/excluded/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err5];
            else vErrors.push(err5);
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + "/excluded",
          schemaPath: "#/properties/excluded/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
    }
  } else {
    const err7 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err7];
    else vErrors.push(err7);
    errors++;
  }
  validate135.errors = vErrors;
  return errors === 0;
}
validate135.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema57 = {
  "type": ["string", "null"],
  "enum": [
    "underscore_escaping_with_suffixes",
    "underscore_escaping_without_suffixes/development",
    "no_utf8_escaping_with_suffixes/development",
    "no_translation/development",
  ],
};
function validate137(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate137.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema57.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (
    !((((data === "underscore_escaping_with_suffixes") ||
      (data === "underscore_escaping_without_suffixes/development")) ||
      (data === "no_utf8_escaping_with_suffixes/development")) ||
      (data === "no_translation/development"))
  ) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema57.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate137.errors = vErrors;
  return errors === 0;
}
validate137.evaluated = { "dynamicProps": false, "dynamicItems": false };
function validate134(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate134.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema55.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((((key0 === "host") || (key0 === "port")) || (key0 === "scope_info_enabled")) ||
          (key0 === "target_info_enabled/development")) || (key0 === "resource_constant_labels")) ||
          (key0 === "translation_strategy"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.host !== undefined) {
      let data0 = data.host;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/host",
          schemaPath: "#/properties/host/type",
          keyword: "type",
          params: { type: schema55.properties.host.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.port !== undefined) {
      let data1 = data.port;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err3 = {
          instancePath: instancePath + "/port",
          schemaPath: "#/properties/port/type",
          keyword: "type",
          params: { type: schema55.properties.port.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.scope_info_enabled !== undefined) {
      let data2 = data.scope_info_enabled;
      if ((typeof data2 !== "boolean") && (data2 !== null)) {
        const err4 = {
          instancePath: instancePath + "/scope_info_enabled",
          schemaPath: "#/properties/scope_info_enabled/type",
          keyword: "type",
          params: { type: schema55.properties.scope_info_enabled.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data["target_info_enabled/development"] !== undefined) {
      let data3 = data["target_info_enabled/development"];
      if ((typeof data3 !== "boolean") && (data3 !== null)) {
        const err5 = {
          instancePath: instancePath + "/target_info_enabled~1development",
          schemaPath: "#/properties/target_info_enabled~1development/type",
          keyword: "type",
          params: { type: schema55.properties["target_info_enabled/development"].type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
    if (data.resource_constant_labels !== undefined) {
      if (
        !(validate135(data.resource_constant_labels, {
          instancePath: instancePath + "/resource_constant_labels",
          parentData: data,
          parentDataProperty: "resource_constant_labels",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
        errors = vErrors.length;
      }
    }
    if (data.translation_strategy !== undefined) {
      if (
        !(validate137(data.translation_strategy, {
          instancePath: instancePath + "/translation_strategy",
          parentData: data,
          parentDataProperty: "translation_strategy",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate137.errors : vErrors.concat(validate137.errors);
        errors = vErrors.length;
      }
    }
  }
  validate134.errors = vErrors;
  return errors === 0;
}
validate134.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate133(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate133.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "prometheus/development")) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema54.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data["prometheus/development"] !== undefined) {
      if (
        !(validate134(data["prometheus/development"], {
          instancePath: instancePath + "/prometheus~1development",
          parentData: data,
          parentDataProperty: "prometheus/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate134.errors : vErrors.concat(validate134.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate133.errors = vErrors;
  return errors === 0;
}
validate133.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate132(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate132.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.exporter === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "exporter" },
        message: "must have required property '" + "exporter" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (!(((key0 === "exporter") || (key0 === "producers")) || (key0 === "cardinality_limits"))) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.exporter !== undefined) {
      if (
        !(validate133(data.exporter, {
          instancePath: instancePath + "/exporter",
          parentData: data,
          parentDataProperty: "exporter",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate133.errors : vErrors.concat(validate133.errors);
        errors = vErrors.length;
      }
    }
    if (data.producers !== undefined) {
      let data1 = data.producers;
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          const err2 = {
            instancePath: instancePath + "/producers",
            schemaPath: "#/properties/producers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate125(data1[i0], {
              instancePath: instancePath + "/producers/" + i0,
              parentData: data1,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate125.errors : vErrors.concat(validate125.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/producers",
          schemaPath: "#/properties/producers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.cardinality_limits !== undefined) {
      if (
        !(validate129(data.cardinality_limits, {
          instancePath: instancePath + "/cardinality_limits",
          parentData: data,
          parentDataProperty: "cardinality_limits",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate129.errors : vErrors.concat(validate129.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err4 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err4];
    else vErrors.push(err4);
    errors++;
  }
  validate132.errors = vErrors;
  return errors === 0;
}
validate132.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate98(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate98.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!((key0 === "periodic") || (key0 === "pull"))) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.periodic !== undefined) {
      if (
        !(validate99(data.periodic, {
          instancePath: instancePath + "/periodic",
          parentData: data,
          parentDataProperty: "periodic",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
        errors = vErrors.length;
      }
    }
    if (data.pull !== undefined) {
      if (
        !(validate132(data.pull, {
          instancePath: instancePath + "/pull",
          parentData: data,
          parentDataProperty: "pull",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate132.errors : vErrors.concat(validate132.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate98.errors = vErrors;
  return errors === 0;
}
validate98.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema58 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "selector": { "$ref": "#/$defs/ViewSelector" },
    "stream": { "$ref": "#/$defs/ViewStream" },
  },
  "required": ["selector", "stream"],
};
const schema59 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "instrument_name": { "type": ["string", "null"] },
    "instrument_type": { "$ref": "#/$defs/InstrumentType" },
    "unit": { "type": ["string", "null"] },
    "meter_name": { "type": ["string", "null"] },
    "meter_version": { "type": ["string", "null"] },
    "meter_schema_url": { "type": ["string", "null"] },
  },
};
const schema60 = {
  "type": ["string", "null"],
  "enum": [
    "counter",
    "gauge",
    "histogram",
    "observable_counter",
    "observable_gauge",
    "observable_up_down_counter",
    "up_down_counter",
  ],
};
function validate147(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate147.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema60.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (
    !(((((((data === "counter") || (data === "gauge")) || (data === "histogram")) ||
      (data === "observable_counter")) || (data === "observable_gauge")) ||
      (data === "observable_up_down_counter")) || (data === "up_down_counter"))
  ) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema60.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate147.errors = vErrors;
  return errors === 0;
}
validate147.evaluated = { "dynamicProps": false, "dynamicItems": false };
function validate146(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate146.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((((key0 === "instrument_name") || (key0 === "instrument_type")) || (key0 === "unit")) ||
          (key0 === "meter_name")) || (key0 === "meter_version")) || (key0 === "meter_schema_url"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.instrument_name !== undefined) {
      let data0 = data.instrument_name;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err1 = {
          instancePath: instancePath + "/instrument_name",
          schemaPath: "#/properties/instrument_name/type",
          keyword: "type",
          params: { type: schema59.properties.instrument_name.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.instrument_type !== undefined) {
      if (
        !(validate147(data.instrument_type, {
          instancePath: instancePath + "/instrument_type",
          parentData: data,
          parentDataProperty: "instrument_type",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate147.errors : vErrors.concat(validate147.errors);
        errors = vErrors.length;
      }
    }
    if (data.unit !== undefined) {
      let data2 = data.unit;
      if ((typeof data2 !== "string") && (data2 !== null)) {
        const err2 = {
          instancePath: instancePath + "/unit",
          schemaPath: "#/properties/unit/type",
          keyword: "type",
          params: { type: schema59.properties.unit.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.meter_name !== undefined) {
      let data3 = data.meter_name;
      if ((typeof data3 !== "string") && (data3 !== null)) {
        const err3 = {
          instancePath: instancePath + "/meter_name",
          schemaPath: "#/properties/meter_name/type",
          keyword: "type",
          params: { type: schema59.properties.meter_name.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.meter_version !== undefined) {
      let data4 = data.meter_version;
      if ((typeof data4 !== "string") && (data4 !== null)) {
        const err4 = {
          instancePath: instancePath + "/meter_version",
          schemaPath: "#/properties/meter_version/type",
          keyword: "type",
          params: { type: schema59.properties.meter_version.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data.meter_schema_url !== undefined) {
      let data5 = data.meter_schema_url;
      if ((typeof data5 !== "string") && (data5 !== null)) {
        const err5 = {
          instancePath: instancePath + "/meter_schema_url",
          schemaPath: "#/properties/meter_schema_url/type",
          keyword: "type",
          params: { type: schema59.properties.meter_schema_url.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
  } else {
    const err6 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err6];
    else vErrors.push(err6);
    errors++;
  }
  validate146.errors = vErrors;
  return errors === 0;
}
validate146.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema61 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "name": { "type": ["string", "null"] },
    "description": { "type": ["string", "null"] },
    "aggregation": { "$ref": "#/$defs/Aggregation" },
    "aggregation_cardinality_limit": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "attribute_keys": { "$ref": "#/$defs/IncludeExclude" },
  },
};
const schema62 = {
  "type": "object",
  "additionalProperties": false,
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "default": { "$ref": "#/$defs/DefaultAggregation" },
    "drop": { "$ref": "#/$defs/DropAggregation" },
    "explicit_bucket_histogram": { "$ref": "#/$defs/ExplicitBucketHistogramAggregation" },
    "base2_exponential_bucket_histogram": {
      "$ref": "#/$defs/Base2ExponentialBucketHistogramAggregation",
    },
    "last_value": { "$ref": "#/$defs/LastValueAggregation" },
    "sum": { "$ref": "#/$defs/SumAggregation" },
  },
};
const schema63 = { "type": ["object", "null"], "additionalProperties": false };
function validate152(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate152.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema63.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate152.errors = vErrors;
  return errors === 0;
}
validate152.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema64 = { "type": ["object", "null"], "additionalProperties": false };
function validate154(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate154.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema64.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate154.errors = vErrors;
  return errors === 0;
}
validate154.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema65 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "boundaries": { "type": "array", "minItems": 0, "items": { "type": "number" } },
    "record_min_max": { "type": ["boolean", "null"] },
  },
};
function validate156(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate156.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema65.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "boundaries") || (key0 === "record_min_max"))) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.boundaries !== undefined) {
      let data0 = data.boundaries;
      if (Array.isArray(data0)) {
        if (data0.length < 0) {
          const err2 = {
            instancePath: instancePath + "/boundaries",
            schemaPath: "#/properties/boundaries/minItems",
            keyword: "minItems",
            params: { limit: 0 },
            message: "must NOT have fewer than 0 items",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (!(typeof data0[i0] == "number")) {
            const err3 = {
              instancePath: instancePath + "/boundaries/" + i0,
              schemaPath: "#/properties/boundaries/items/type",
              keyword: "type",
              params: { type: "number" },
              message: "must be number",
            };
            if (vErrors === null) vErrors = [err3];
            else vErrors.push(err3);
            errors++;
          }
        }
      } else {
        const err4 = {
          instancePath: instancePath + "/boundaries",
          schemaPath: "#/properties/boundaries/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data.record_min_max !== undefined) {
      let data2 = data.record_min_max;
      if ((typeof data2 !== "boolean") && (data2 !== null)) {
        const err5 = {
          instancePath: instancePath + "/record_min_max",
          schemaPath: "#/properties/record_min_max/type",
          keyword: "type",
          params: { type: schema65.properties.record_min_max.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
  }
  validate156.errors = vErrors;
  return errors === 0;
}
validate156.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema66 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "max_scale": { "type": ["integer", "null"], "minimum": -10, "maximum": 20 },
    "max_size": { "type": ["integer", "null"], "minimum": 2 },
    "record_min_max": { "type": ["boolean", "null"] },
  },
};
function validate158(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate158.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema66.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(((key0 === "max_scale") || (key0 === "max_size")) || (key0 === "record_min_max"))) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.max_scale !== undefined) {
      let data0 = data.max_scale;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/max_scale",
          schemaPath: "#/properties/max_scale/type",
          keyword: "type",
          params: { type: schema66.properties.max_scale.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 > 20 || isNaN(data0)) {
          const err3 = {
            instancePath: instancePath + "/max_scale",
            schemaPath: "#/properties/max_scale/maximum",
            keyword: "maximum",
            params: { comparison: "<=", limit: 20 },
            message: "must be <= 20",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        if (data0 < -10 || isNaN(data0)) {
          const err4 = {
            instancePath: instancePath + "/max_scale",
            schemaPath: "#/properties/max_scale/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: -10 },
            message: "must be >= -10",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
    if (data.max_size !== undefined) {
      let data1 = data.max_size;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err5 = {
          instancePath: instancePath + "/max_size",
          schemaPath: "#/properties/max_size/type",
          keyword: "type",
          params: { type: schema66.properties.max_size.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 < 2 || isNaN(data1)) {
          const err6 = {
            instancePath: instancePath + "/max_size",
            schemaPath: "#/properties/max_size/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 2 },
            message: "must be >= 2",
          };
          if (vErrors === null) vErrors = [err6];
          else vErrors.push(err6);
          errors++;
        }
      }
    }
    if (data.record_min_max !== undefined) {
      let data2 = data.record_min_max;
      if ((typeof data2 !== "boolean") && (data2 !== null)) {
        const err7 = {
          instancePath: instancePath + "/record_min_max",
          schemaPath: "#/properties/record_min_max/type",
          keyword: "type",
          params: { type: schema66.properties.record_min_max.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err7];
        else vErrors.push(err7);
        errors++;
      }
    }
  }
  validate158.errors = vErrors;
  return errors === 0;
}
validate158.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema67 = { "type": ["object", "null"], "additionalProperties": false };
function validate160(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate160.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema67.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate160.errors = vErrors;
  return errors === 0;
}
validate160.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema68 = { "type": ["object", "null"], "additionalProperties": false };
function validate162(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate162.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema68.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate162.errors = vErrors;
  return errors === 0;
}
validate162.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate151(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate151.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !((((((key0 === "default") || (key0 === "drop")) ||
          (key0 === "explicit_bucket_histogram")) ||
          (key0 === "base2_exponential_bucket_histogram")) || (key0 === "last_value")) ||
          (key0 === "sum"))
      ) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.default !== undefined) {
      if (
        !(validate152(data.default, {
          instancePath: instancePath + "/default",
          parentData: data,
          parentDataProperty: "default",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate152.errors : vErrors.concat(validate152.errors);
        errors = vErrors.length;
      }
    }
    if (data.drop !== undefined) {
      if (
        !(validate154(data.drop, {
          instancePath: instancePath + "/drop",
          parentData: data,
          parentDataProperty: "drop",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate154.errors : vErrors.concat(validate154.errors);
        errors = vErrors.length;
      }
    }
    if (data.explicit_bucket_histogram !== undefined) {
      if (
        !(validate156(data.explicit_bucket_histogram, {
          instancePath: instancePath + "/explicit_bucket_histogram",
          parentData: data,
          parentDataProperty: "explicit_bucket_histogram",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate156.errors : vErrors.concat(validate156.errors);
        errors = vErrors.length;
      }
    }
    if (data.base2_exponential_bucket_histogram !== undefined) {
      if (
        !(validate158(data.base2_exponential_bucket_histogram, {
          instancePath: instancePath + "/base2_exponential_bucket_histogram",
          parentData: data,
          parentDataProperty: "base2_exponential_bucket_histogram",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate158.errors : vErrors.concat(validate158.errors);
        errors = vErrors.length;
      }
    }
    if (data.last_value !== undefined) {
      if (
        !(validate160(data.last_value, {
          instancePath: instancePath + "/last_value",
          parentData: data,
          parentDataProperty: "last_value",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate160.errors : vErrors.concat(validate160.errors);
        errors = vErrors.length;
      }
    }
    if (data.sum !== undefined) {
      if (
        !(validate162(data.sum, {
          instancePath: instancePath + "/sum",
          parentData: data,
          parentDataProperty: "sum",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate162.errors : vErrors.concat(validate162.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate151.errors = vErrors;
  return errors === 0;
}
validate151.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate150(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate150.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !(((((key0 === "name") || (key0 === "description")) || (key0 === "aggregation")) ||
          (key0 === "aggregation_cardinality_limit")) || (key0 === "attribute_keys"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.name !== undefined) {
      let data0 = data.name;
      if ((typeof data0 !== "string") && (data0 !== null)) {
        const err1 = {
          instancePath: instancePath + "/name",
          schemaPath: "#/properties/name/type",
          keyword: "type",
          params: { type: schema61.properties.name.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.description !== undefined) {
      let data1 = data.description;
      if ((typeof data1 !== "string") && (data1 !== null)) {
        const err2 = {
          instancePath: instancePath + "/description",
          schemaPath: "#/properties/description/type",
          keyword: "type",
          params: { type: schema61.properties.description.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.aggregation !== undefined) {
      if (
        !(validate151(data.aggregation, {
          instancePath: instancePath + "/aggregation",
          parentData: data,
          parentDataProperty: "aggregation",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate151.errors : vErrors.concat(validate151.errors);
        errors = vErrors.length;
      }
    }
    if (data.aggregation_cardinality_limit !== undefined) {
      let data3 = data.aggregation_cardinality_limit;
      if ((!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))) && (data3 !== null)) {
        const err3 = {
          instancePath: instancePath + "/aggregation_cardinality_limit",
          schemaPath: "#/properties/aggregation_cardinality_limit/type",
          keyword: "type",
          params: { type: schema61.properties.aggregation_cardinality_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
      if (typeof data3 == "number") {
        if (data3 <= 0 || isNaN(data3)) {
          const err4 = {
            instancePath: instancePath + "/aggregation_cardinality_limit",
            schemaPath: "#/properties/aggregation_cardinality_limit/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
    if (data.attribute_keys !== undefined) {
      if (
        !(validate135(data.attribute_keys, {
          instancePath: instancePath + "/attribute_keys",
          parentData: data,
          parentDataProperty: "attribute_keys",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err5];
    else vErrors.push(err5);
    errors++;
  }
  validate150.errors = vErrors;
  return errors === 0;
}
validate150.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate145(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate145.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.selector === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "selector" },
        message: "must have required property '" + "selector" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (data.stream === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "stream" },
        message: "must have required property '" + "stream" + "'",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!((key0 === "selector") || (key0 === "stream"))) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.selector !== undefined) {
      if (
        !(validate146(data.selector, {
          instancePath: instancePath + "/selector",
          parentData: data,
          parentDataProperty: "selector",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate146.errors : vErrors.concat(validate146.errors);
        errors = vErrors.length;
      }
    }
    if (data.stream !== undefined) {
      if (
        !(validate150(data.stream, {
          instancePath: instancePath + "/stream",
          parentData: data,
          parentDataProperty: "stream",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate150.errors : vErrors.concat(validate150.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate145.errors = vErrors;
  return errors === 0;
}
validate145.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema69 = { "type": ["string", "null"], "enum": ["always_on", "always_off", "trace_based"] };
function validate168(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate168.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema69.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (!(((data === "always_on") || (data === "always_off")) || (data === "trace_based"))) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema69.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate168.errors = vErrors;
  return errors === 0;
}
validate168.evaluated = { "dynamicProps": false, "dynamicItems": false };
const schema70 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": {
    "default_config": { "$ref": "#/$defs/ExperimentalMeterConfig" },
    "meters": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/ExperimentalMeterMatcherAndConfig" },
    },
  },
};
const schema71 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": { "enabled": { "type": ["boolean"] } },
};
function validate171(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate171.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "enabled")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.enabled !== undefined) {
      if (typeof data.enabled !== "boolean") {
        const err1 = {
          instancePath: instancePath + "/enabled",
          schemaPath: "#/properties/enabled/type",
          keyword: "type",
          params: { type: schema71.properties.enabled.type },
          message: "must be boolean",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
  } else {
    const err2 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema71.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err2];
    else vErrors.push(err2);
    errors++;
  }
  validate171.errors = vErrors;
  return errors === 0;
}
validate171.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema72 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": {
    "name": { "type": ["string"] },
    "config": { "$ref": "#/$defs/ExperimentalMeterConfig" },
  },
  "required": ["name", "config"],
};
function validate173(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate173.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "name" },
        message: "must have required property '" + "name" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (data.config === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "config" },
        message: "must have required property '" + "config" + "'",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!((key0 === "name") || (key0 === "config"))) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.name !== undefined) {
      if (typeof data.name !== "string") {
        const err3 = {
          instancePath: instancePath + "/name",
          schemaPath: "#/properties/name/type",
          keyword: "type",
          params: { type: schema72.properties.name.type },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.config !== undefined) {
      if (
        !(validate171(data.config, {
          instancePath: instancePath + "/config",
          parentData: data,
          parentDataProperty: "config",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate171.errors : vErrors.concat(validate171.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err4 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema72.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err4];
    else vErrors.push(err4);
    errors++;
  }
  validate173.errors = vErrors;
  return errors === 0;
}
validate173.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate170(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate170.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "default_config") || (key0 === "meters"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.default_config !== undefined) {
      if (
        !(validate171(data.default_config, {
          instancePath: instancePath + "/default_config",
          parentData: data,
          parentDataProperty: "default_config",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate171.errors : vErrors.concat(validate171.errors);
        errors = vErrors.length;
      }
    }
    if (data.meters !== undefined) {
      let data1 = data.meters;
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          const err1 = {
            instancePath: instancePath + "/meters",
            schemaPath: "#/properties/meters/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate173(data1[i0], {
              instancePath: instancePath + "/meters/" + i0,
              parentData: data1,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate173.errors : vErrors.concat(validate173.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/meters",
          schemaPath: "#/properties/meters/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema70.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate170.errors = vErrors;
  return errors === 0;
}
validate170.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate97(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate97.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.readers === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "readers" },
        message: "must have required property '" + "readers" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (
        !((((key0 === "readers") || (key0 === "views")) || (key0 === "exemplar_filter")) ||
          (key0 === "meter_configurator/development"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.readers !== undefined) {
      let data0 = data.readers;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err2 = {
            instancePath: instancePath + "/readers",
            schemaPath: "#/properties/readers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate98(data0[i0], {
              instancePath: instancePath + "/readers/" + i0,
              parentData: data0,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate98.errors : vErrors.concat(validate98.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/readers",
          schemaPath: "#/properties/readers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.views !== undefined) {
      let data2 = data.views;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err4 = {
            instancePath: instancePath + "/views",
            schemaPath: "#/properties/views/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
        const len1 = data2.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (
            !(validate145(data2[i1], {
              instancePath: instancePath + "/views/" + i1,
              parentData: data2,
              parentDataProperty: i1,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate145.errors : vErrors.concat(validate145.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err5 = {
          instancePath: instancePath + "/views",
          schemaPath: "#/properties/views/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
    if (data.exemplar_filter !== undefined) {
      if (
        !(validate168(data.exemplar_filter, {
          instancePath: instancePath + "/exemplar_filter",
          parentData: data,
          parentDataProperty: "exemplar_filter",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate168.errors : vErrors.concat(validate168.errors);
        errors = vErrors.length;
      }
    }
    if (data["meter_configurator/development"] !== undefined) {
      if (
        !(validate170(data["meter_configurator/development"], {
          instancePath: instancePath + "/meter_configurator~1development",
          parentData: data,
          parentDataProperty: "meter_configurator/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate170.errors : vErrors.concat(validate170.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err6 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err6];
    else vErrors.push(err6);
    errors++;
  }
  validate97.errors = vErrors;
  return errors === 0;
}
validate97.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema73 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "composite": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/TextMapPropagator" },
    },
    "composite_list": { "type": ["string", "null"] },
  },
};
const schema74 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "tracecontext": { "$ref": "#/$defs/TraceContextPropagator" },
    "baggage": { "$ref": "#/$defs/BaggagePropagator" },
    "b3": { "$ref": "#/$defs/B3Propagator" },
    "b3multi": { "$ref": "#/$defs/B3MultiPropagator" },
  },
};
const schema75 = { "type": ["object", "null"], "additionalProperties": false };
function validate180(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate180.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema75.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate180.errors = vErrors;
  return errors === 0;
}
validate180.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema76 = { "type": ["object", "null"], "additionalProperties": false };
function validate182(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate182.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema76.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate182.errors = vErrors;
  return errors === 0;
}
validate182.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema77 = { "type": ["object", "null"], "additionalProperties": false };
function validate184(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate184.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema77.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate184.errors = vErrors;
  return errors === 0;
}
validate184.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema78 = { "type": ["object", "null"], "additionalProperties": false };
function validate186(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate186.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema78.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate186.errors = vErrors;
  return errors === 0;
}
validate186.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate179(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate179.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !((((key0 === "tracecontext") || (key0 === "baggage")) || (key0 === "b3")) ||
          (key0 === "b3multi"))
      ) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema74.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.tracecontext !== undefined) {
      if (
        !(validate180(data.tracecontext, {
          instancePath: instancePath + "/tracecontext",
          parentData: data,
          parentDataProperty: "tracecontext",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
        errors = vErrors.length;
      }
    }
    if (data.baggage !== undefined) {
      if (
        !(validate182(data.baggage, {
          instancePath: instancePath + "/baggage",
          parentData: data,
          parentDataProperty: "baggage",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate182.errors : vErrors.concat(validate182.errors);
        errors = vErrors.length;
      }
    }
    if (data.b3 !== undefined) {
      if (
        !(validate184(data.b3, {
          instancePath: instancePath + "/b3",
          parentData: data,
          parentDataProperty: "b3",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate184.errors : vErrors.concat(validate184.errors);
        errors = vErrors.length;
      }
    }
    if (data.b3multi !== undefined) {
      if (
        !(validate186(data.b3multi, {
          instancePath: instancePath + "/b3multi",
          parentData: data,
          parentDataProperty: "b3multi",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate186.errors : vErrors.concat(validate186.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate179.errors = vErrors;
  return errors === 0;
}
validate179.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate178(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate178.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "composite") || (key0 === "composite_list"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.composite !== undefined) {
      let data0 = data.composite;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err1 = {
            instancePath: instancePath + "/composite",
            schemaPath: "#/properties/composite/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate179(data0[i0], {
              instancePath: instancePath + "/composite/" + i0,
              parentData: data0,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate179.errors : vErrors.concat(validate179.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/composite",
          schemaPath: "#/properties/composite/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.composite_list !== undefined) {
      let data2 = data.composite_list;
      if ((typeof data2 !== "string") && (data2 !== null)) {
        const err3 = {
          instancePath: instancePath + "/composite_list",
          schemaPath: "#/properties/composite_list/type",
          keyword: "type",
          params: { type: schema73.properties.composite_list.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
  } else {
    const err4 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err4];
    else vErrors.push(err4);
    errors++;
  }
  validate178.errors = vErrors;
  return errors === 0;
}
validate178.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema79 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "processors": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/SpanProcessor" } },
    "limits": { "$ref": "#/$defs/SpanLimits" },
    "sampler": { "$ref": "#/$defs/Sampler" },
    "id_generator": { "$ref": "#/$defs/IdGenerator" },
    "tracer_configurator/development": { "$ref": "#/$defs/ExperimentalTracerConfigurator" },
  },
  "required": ["processors"],
};
const schema80 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "batch": { "$ref": "#/$defs/BatchSpanProcessor" },
    "simple": { "$ref": "#/$defs/SimpleSpanProcessor" },
  },
};
const schema81 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "schedule_delay": { "type": ["integer", "null"], "minimum": 0 },
    "export_timeout": { "type": ["integer", "null"], "minimum": 0 },
    "max_queue_size": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "max_export_batch_size": { "type": ["integer", "null"], "exclusiveMinimum": 0 },
    "exporter": { "$ref": "#/$defs/SpanExporter" },
  },
  "required": ["exporter"],
};
const schema82 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "otlp_http": { "$ref": "#/$defs/OtlpHttpExporter" },
    "otlp_grpc": { "$ref": "#/$defs/OtlpGrpcExporter" },
    "otlp_file/development": { "$ref": "#/$defs/ExperimentalOtlpFileExporter" },
    "console": { "$ref": "#/$defs/ConsoleExporter" },
  },
};
function validate193(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate193.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !((((key0 === "otlp_http") || (key0 === "otlp_grpc")) ||
          (key0 === "otlp_file/development")) || (key0 === "console"))
      ) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema82.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.otlp_http !== undefined) {
      if (
        !(validate61(data.otlp_http, {
          instancePath: instancePath + "/otlp_http",
          parentData: data,
          parentDataProperty: "otlp_http",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
        errors = vErrors.length;
      }
    }
    if (data.otlp_grpc !== undefined) {
      if (
        !(validate69(data.otlp_grpc, {
          instancePath: instancePath + "/otlp_grpc",
          parentData: data,
          parentDataProperty: "otlp_grpc",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
        errors = vErrors.length;
      }
    }
    if (data["otlp_file/development"] !== undefined) {
      if (
        !(validate74(data["otlp_file/development"], {
          instancePath: instancePath + "/otlp_file~1development",
          parentData: data,
          parentDataProperty: "otlp_file/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate74.errors : vErrors.concat(validate74.errors);
        errors = vErrors.length;
      }
    }
    if (data.console !== undefined) {
      if (
        !(validate76(data.console, {
          instancePath: instancePath + "/console",
          parentData: data,
          parentDataProperty: "console",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate193.errors = vErrors;
  return errors === 0;
}
validate193.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate192(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate192.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.exporter === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "exporter" },
        message: "must have required property '" + "exporter" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (
        !(((((key0 === "schedule_delay") || (key0 === "export_timeout")) ||
          (key0 === "max_queue_size")) || (key0 === "max_export_batch_size")) ||
          (key0 === "exporter"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.schedule_delay !== undefined) {
      let data0 = data.schedule_delay;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/schedule_delay",
          schemaPath: "#/properties/schedule_delay/type",
          keyword: "type",
          params: { type: schema81.properties.schedule_delay.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 < 0 || isNaN(data0)) {
          const err3 = {
            instancePath: instancePath + "/schedule_delay",
            schemaPath: "#/properties/schedule_delay/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
      }
    }
    if (data.export_timeout !== undefined) {
      let data1 = data.export_timeout;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err4 = {
          instancePath: instancePath + "/export_timeout",
          schemaPath: "#/properties/export_timeout/type",
          keyword: "type",
          params: { type: schema81.properties.export_timeout.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          const err5 = {
            instancePath: instancePath + "/export_timeout",
            schemaPath: "#/properties/export_timeout/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err5];
          else vErrors.push(err5);
          errors++;
        }
      }
    }
    if (data.max_queue_size !== undefined) {
      let data2 = data.max_queue_size;
      if ((!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))) && (data2 !== null)) {
        const err6 = {
          instancePath: instancePath + "/max_queue_size",
          schemaPath: "#/properties/max_queue_size/type",
          keyword: "type",
          params: { type: schema81.properties.max_queue_size.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
      if (typeof data2 == "number") {
        if (data2 <= 0 || isNaN(data2)) {
          const err7 = {
            instancePath: instancePath + "/max_queue_size",
            schemaPath: "#/properties/max_queue_size/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err7];
          else vErrors.push(err7);
          errors++;
        }
      }
    }
    if (data.max_export_batch_size !== undefined) {
      let data3 = data.max_export_batch_size;
      if ((!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))) && (data3 !== null)) {
        const err8 = {
          instancePath: instancePath + "/max_export_batch_size",
          schemaPath: "#/properties/max_export_batch_size/type",
          keyword: "type",
          params: { type: schema81.properties.max_export_batch_size.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err8];
        else vErrors.push(err8);
        errors++;
      }
      if (typeof data3 == "number") {
        if (data3 <= 0 || isNaN(data3)) {
          const err9 = {
            instancePath: instancePath + "/max_export_batch_size",
            schemaPath: "#/properties/max_export_batch_size/exclusiveMinimum",
            keyword: "exclusiveMinimum",
            params: { comparison: ">", limit: 0 },
            message: "must be > 0",
          };
          if (vErrors === null) vErrors = [err9];
          else vErrors.push(err9);
          errors++;
        }
      }
    }
    if (data.exporter !== undefined) {
      if (
        !(validate193(data.exporter, {
          instancePath: instancePath + "/exporter",
          parentData: data,
          parentDataProperty: "exporter",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate193.errors : vErrors.concat(validate193.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err10 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err10];
    else vErrors.push(err10);
    errors++;
  }
  validate192.errors = vErrors;
  return errors === 0;
}
validate192.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema83 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "exporter": { "$ref": "#/$defs/SpanExporter" } },
  "required": ["exporter"],
};
function validate200(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate200.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.exporter === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "exporter" },
        message: "must have required property '" + "exporter" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "exporter")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.exporter !== undefined) {
      if (
        !(validate193(data.exporter, {
          instancePath: instancePath + "/exporter",
          parentData: data,
          parentDataProperty: "exporter",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate193.errors : vErrors.concat(validate193.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err2 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err2];
    else vErrors.push(err2);
    errors++;
  }
  validate200.errors = vErrors;
  return errors === 0;
}
validate200.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate191(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate191.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!((key0 === "batch") || (key0 === "simple"))) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema80.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.batch !== undefined) {
      if (
        !(validate192(data.batch, {
          instancePath: instancePath + "/batch",
          parentData: data,
          parentDataProperty: "batch",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate192.errors : vErrors.concat(validate192.errors);
        errors = vErrors.length;
      }
    }
    if (data.simple !== undefined) {
      if (
        !(validate200(data.simple, {
          instancePath: instancePath + "/simple",
          parentData: data,
          parentDataProperty: "simple",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate200.errors : vErrors.concat(validate200.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate191.errors = vErrors;
  return errors === 0;
}
validate191.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema84 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "attribute_value_length_limit": { "type": ["integer", "null"], "minimum": 0 },
    "attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
    "event_count_limit": { "type": ["integer", "null"], "minimum": 0 },
    "link_count_limit": { "type": ["integer", "null"], "minimum": 0 },
    "event_attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
    "link_attribute_count_limit": { "type": ["integer", "null"], "minimum": 0 },
  },
};
function validate204(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate204.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((((key0 === "attribute_value_length_limit") || (key0 === "attribute_count_limit")) ||
          (key0 === "event_count_limit")) || (key0 === "link_count_limit")) ||
          (key0 === "event_attribute_count_limit")) || (key0 === "link_attribute_count_limit"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.attribute_value_length_limit !== undefined) {
      let data0 = data.attribute_value_length_limit;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err1 = {
          instancePath: instancePath + "/attribute_value_length_limit",
          schemaPath: "#/properties/attribute_value_length_limit/type",
          keyword: "type",
          params: { type: schema84.properties.attribute_value_length_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 < 0 || isNaN(data0)) {
          const err2 = {
            instancePath: instancePath + "/attribute_value_length_limit",
            schemaPath: "#/properties/attribute_value_length_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.attribute_count_limit !== undefined) {
      let data1 = data.attribute_count_limit;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err3 = {
          instancePath: instancePath + "/attribute_count_limit",
          schemaPath: "#/properties/attribute_count_limit/type",
          keyword: "type",
          params: { type: schema84.properties.attribute_count_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          const err4 = {
            instancePath: instancePath + "/attribute_count_limit",
            schemaPath: "#/properties/attribute_count_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
    if (data.event_count_limit !== undefined) {
      let data2 = data.event_count_limit;
      if ((!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))) && (data2 !== null)) {
        const err5 = {
          instancePath: instancePath + "/event_count_limit",
          schemaPath: "#/properties/event_count_limit/type",
          keyword: "type",
          params: { type: schema84.properties.event_count_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
      if (typeof data2 == "number") {
        if (data2 < 0 || isNaN(data2)) {
          const err6 = {
            instancePath: instancePath + "/event_count_limit",
            schemaPath: "#/properties/event_count_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err6];
          else vErrors.push(err6);
          errors++;
        }
      }
    }
    if (data.link_count_limit !== undefined) {
      let data3 = data.link_count_limit;
      if ((!((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3)))) && (data3 !== null)) {
        const err7 = {
          instancePath: instancePath + "/link_count_limit",
          schemaPath: "#/properties/link_count_limit/type",
          keyword: "type",
          params: { type: schema84.properties.link_count_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err7];
        else vErrors.push(err7);
        errors++;
      }
      if (typeof data3 == "number") {
        if (data3 < 0 || isNaN(data3)) {
          const err8 = {
            instancePath: instancePath + "/link_count_limit",
            schemaPath: "#/properties/link_count_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err8];
          else vErrors.push(err8);
          errors++;
        }
      }
    }
    if (data.event_attribute_count_limit !== undefined) {
      let data4 = data.event_attribute_count_limit;
      if ((!((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4)))) && (data4 !== null)) {
        const err9 = {
          instancePath: instancePath + "/event_attribute_count_limit",
          schemaPath: "#/properties/event_attribute_count_limit/type",
          keyword: "type",
          params: { type: schema84.properties.event_attribute_count_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err9];
        else vErrors.push(err9);
        errors++;
      }
      if (typeof data4 == "number") {
        if (data4 < 0 || isNaN(data4)) {
          const err10 = {
            instancePath: instancePath + "/event_attribute_count_limit",
            schemaPath: "#/properties/event_attribute_count_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err10];
          else vErrors.push(err10);
          errors++;
        }
      }
    }
    if (data.link_attribute_count_limit !== undefined) {
      let data5 = data.link_attribute_count_limit;
      if ((!((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5)))) && (data5 !== null)) {
        const err11 = {
          instancePath: instancePath + "/link_attribute_count_limit",
          schemaPath: "#/properties/link_attribute_count_limit/type",
          keyword: "type",
          params: { type: schema84.properties.link_attribute_count_limit.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err11];
        else vErrors.push(err11);
        errors++;
      }
      if (typeof data5 == "number") {
        if (data5 < 0 || isNaN(data5)) {
          const err12 = {
            instancePath: instancePath + "/link_attribute_count_limit",
            schemaPath: "#/properties/link_attribute_count_limit/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err12];
          else vErrors.push(err12);
          errors++;
        }
      }
    }
  } else {
    const err13 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err13];
    else vErrors.push(err13);
    errors++;
  }
  validate204.errors = vErrors;
  return errors === 0;
}
validate204.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema85 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "always_off": { "$ref": "#/$defs/AlwaysOffSampler" },
    "always_on": { "$ref": "#/$defs/AlwaysOnSampler" },
    "composite/development": { "$ref": "#/$defs/ExperimentalComposableSampler" },
    "jaeger_remote/development": { "$ref": "#/$defs/ExperimentalJaegerRemoteSampler" },
    "parent_based": { "$ref": "#/$defs/ParentBasedSampler" },
    "probability/development": { "$ref": "#/$defs/ExperimentalProbabilitySampler" },
    "trace_id_ratio_based": { "$ref": "#/$defs/TraceIdRatioBasedSampler" },
  },
};
const schema86 = { "type": ["object", "null"], "additionalProperties": false };
function validate207(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate207.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema86.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate207.errors = vErrors;
  return errors === 0;
}
validate207.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema87 = { "type": ["object", "null"], "additionalProperties": false };
function validate209(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate209.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema87.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate209.errors = vErrors;
  return errors === 0;
}
validate209.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema88 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "always_off": { "$ref": "#/$defs/ExperimentalComposableAlwaysOffSampler" },
    "always_on": { "$ref": "#/$defs/ExperimentalComposableAlwaysOnSampler" },
    "parent_threshold": { "$ref": "#/$defs/ExperimentalComposableParentThresholdSampler" },
    "probability": { "$ref": "#/$defs/ExperimentalComposableProbabilitySampler" },
    "rule_based": { "$ref": "#/$defs/ExperimentalComposableRuleBasedSampler" },
  },
};
const schema89 = { "type": ["object", "null"], "additionalProperties": false };
function validate212(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate212.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema89.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate212.errors = vErrors;
  return errors === 0;
}
validate212.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema90 = { "type": ["object", "null"], "additionalProperties": false };
function validate214(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate214.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema90.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate214.errors = vErrors;
  return errors === 0;
}
validate214.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema91 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": { "root": { "$ref": "#/$defs/ExperimentalComposableSampler" } },
  "required": ["root"],
};
const wrapper0 = { validate: validate211 };
function validate216(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate216.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.root === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "root" },
        message: "must have required property '" + "root" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "root")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.root !== undefined) {
      if (
        !(wrapper0.validate(data.root, {
          instancePath: instancePath + "/root",
          parentData: data,
          parentDataProperty: "root",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null
          ? wrapper0.validate.errors
          : vErrors.concat(wrapper0.validate.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err2 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema91.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err2];
    else vErrors.push(err2);
    errors++;
  }
  validate216.errors = vErrors;
  return errors === 0;
}
validate216.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema92 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": { "ratio": { "type": ["number", "null"], "minimum": 0, "maximum": 1 } },
};
function validate218(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate218.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema92.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "ratio")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.ratio !== undefined) {
      let data0 = data.ratio;
      if ((!(typeof data0 == "number")) && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/ratio",
          schemaPath: "#/properties/ratio/type",
          keyword: "type",
          params: { type: schema92.properties.ratio.type },
          message: "must be number,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 > 1 || isNaN(data0)) {
          const err3 = {
            instancePath: instancePath + "/ratio",
            schemaPath: "#/properties/ratio/maximum",
            keyword: "maximum",
            params: { comparison: "<=", limit: 1 },
            message: "must be <= 1",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        if (data0 < 0 || isNaN(data0)) {
          const err4 = {
            instancePath: instancePath + "/ratio",
            schemaPath: "#/properties/ratio/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
  }
  validate218.errors = vErrors;
  return errors === 0;
}
validate218.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema93 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "rules": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/ExperimentalComposableRuleBasedSamplerRule" },
    },
  },
};
const schema94 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "attribute_values": {
      "$ref": "#/$defs/ExperimentalComposableRuleBasedSamplerRuleAttributeValues",
    },
    "attribute_patterns": {
      "$ref": "#/$defs/ExperimentalComposableRuleBasedSamplerRuleAttributePatterns",
    },
    "span_kinds": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/SpanKind" } },
    "parent": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/ExperimentalSpanParent" },
    },
    "sampler": { "$ref": "#/$defs/ExperimentalComposableSampler" },
  },
  "required": ["sampler"],
};
const schema95 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "key": { "type": "string" },
    "values": { "type": "array", "minItems": 1, "items": { "type": "string" } },
  },
  "required": ["key", "values"],
};
function validate222(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate222.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.key === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "key" },
        message: "must have required property '" + "key" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (data.values === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "values" },
        message: "must have required property '" + "values" + "'",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!((key0 === "key") || (key0 === "values"))) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.key !== undefined) {
      if (typeof data.key !== "string") {
        const err3 = {
          instancePath: instancePath + "/key",
          schemaPath: "#/properties/key/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.values !== undefined) {
      let data1 = data.values;
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          const err4 = {
            instancePath: instancePath + "/values",
            schemaPath: "#/properties/values/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (typeof data1[i0] !== "string") {
            const err5 = {
              instancePath: instancePath + "/values/" + i0,
              schemaPath: "#/properties/values/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err5];
            else vErrors.push(err5);
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + "/values",
          schemaPath: "#/properties/values/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
    }
  } else {
    const err7 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err7];
    else vErrors.push(err7);
    errors++;
  }
  validate222.errors = vErrors;
  return errors === 0;
}
validate222.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema96 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "key": { "type": "string" },
    "included": { "type": "array", "minItems": 1, "items": { "type": "string" } },
    "excluded": { "type": "array", "minItems": 1, "items": { "type": "string" } },
  },
  "required": ["key"],
};
function validate224(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate224.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.key === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "key" },
        message: "must have required property '" + "key" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (!(((key0 === "key") || (key0 === "included")) || (key0 === "excluded"))) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.key !== undefined) {
      if (typeof data.key !== "string") {
        const err2 = {
          instancePath: instancePath + "/key",
          schemaPath: "#/properties/key/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.included !== undefined) {
      let data1 = data.included;
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          const err3 = {
            instancePath: instancePath + "/included",
            schemaPath: "#/properties/included/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (typeof data1[i0] !== "string") {
            const err4 = {
              instancePath: instancePath + "/included/" + i0,
              schemaPath: "#/properties/included/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err4];
            else vErrors.push(err4);
            errors++;
          }
        }
      } else {
        const err5 = {
          instancePath: instancePath + "/included",
          schemaPath: "#/properties/included/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
    if (data.excluded !== undefined) {
      let data3 = data.excluded;
      if (Array.isArray(data3)) {
        if (data3.length < 1) {
          const err6 = {
            instancePath: instancePath + "/excluded",
            schemaPath: "#/properties/excluded/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err6];
          else vErrors.push(err6);
          errors++;
        }
        const len1 = data3.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (typeof data3[i1] !== "string") {
            const err7 = {
              instancePath: instancePath + "/excluded/" + i1,
              schemaPath: "#/properties/excluded/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err7];
            else vErrors.push(err7);
            errors++;
          }
        }
      } else {
        const err8 = {
          instancePath: instancePath + "/excluded",
          schemaPath: "#/properties/excluded/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err8];
        else vErrors.push(err8);
        errors++;
      }
    }
  } else {
    const err9 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err9];
    else vErrors.push(err9);
    errors++;
  }
  validate224.errors = vErrors;
  return errors === 0;
}
validate224.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema97 = {
  "type": ["string", "null"],
  "enum": ["internal", "server", "client", "producer", "consumer"],
};
function validate226(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate226.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema97.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (
    !(((((data === "internal") || (data === "server")) || (data === "client")) ||
      (data === "producer")) || (data === "consumer"))
  ) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema97.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate226.errors = vErrors;
  return errors === 0;
}
validate226.evaluated = { "dynamicProps": false, "dynamicItems": false };
const schema98 = { "type": ["string", "null"], "enum": ["none", "remote", "local"] };
function validate228(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate228.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema98.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (!(((data === "none") || (data === "remote")) || (data === "local"))) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema98.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate228.errors = vErrors;
  return errors === 0;
}
validate228.evaluated = { "dynamicProps": false, "dynamicItems": false };
function validate221(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate221.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.sampler === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "sampler" },
        message: "must have required property '" + "sampler" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (
        !(((((key0 === "attribute_values") || (key0 === "attribute_patterns")) ||
          (key0 === "span_kinds")) || (key0 === "parent")) || (key0 === "sampler"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.attribute_values !== undefined) {
      if (
        !(validate222(data.attribute_values, {
          instancePath: instancePath + "/attribute_values",
          parentData: data,
          parentDataProperty: "attribute_values",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate222.errors : vErrors.concat(validate222.errors);
        errors = vErrors.length;
      }
    }
    if (data.attribute_patterns !== undefined) {
      if (
        !(validate224(data.attribute_patterns, {
          instancePath: instancePath + "/attribute_patterns",
          parentData: data,
          parentDataProperty: "attribute_patterns",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate224.errors : vErrors.concat(validate224.errors);
        errors = vErrors.length;
      }
    }
    if (data.span_kinds !== undefined) {
      let data2 = data.span_kinds;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err2 = {
            instancePath: instancePath + "/span_kinds",
            schemaPath: "#/properties/span_kinds/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate226(data2[i0], {
              instancePath: instancePath + "/span_kinds/" + i0,
              parentData: data2,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate226.errors : vErrors.concat(validate226.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/span_kinds",
          schemaPath: "#/properties/span_kinds/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.parent !== undefined) {
      let data4 = data.parent;
      if (Array.isArray(data4)) {
        if (data4.length < 1) {
          const err4 = {
            instancePath: instancePath + "/parent",
            schemaPath: "#/properties/parent/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
        const len1 = data4.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (
            !(validate228(data4[i1], {
              instancePath: instancePath + "/parent/" + i1,
              parentData: data4,
              parentDataProperty: i1,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate228.errors : vErrors.concat(validate228.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err5 = {
          instancePath: instancePath + "/parent",
          schemaPath: "#/properties/parent/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
    }
    if (data.sampler !== undefined) {
      if (
        !(wrapper0.validate(data.sampler, {
          instancePath: instancePath + "/sampler",
          parentData: data,
          parentDataProperty: "sampler",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null
          ? wrapper0.validate.errors
          : vErrors.concat(wrapper0.validate.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err6 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err6];
    else vErrors.push(err6);
    errors++;
  }
  validate221.errors = vErrors;
  return errors === 0;
}
validate221.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate220(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate220.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema93.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "rules")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.rules !== undefined) {
      let data0 = data.rules;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err2 = {
            instancePath: instancePath + "/rules",
            schemaPath: "#/properties/rules/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate221(data0[i0], {
              instancePath: instancePath + "/rules/" + i0,
              parentData: data0,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate221.errors : vErrors.concat(validate221.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/rules",
          schemaPath: "#/properties/rules/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
  }
  validate220.errors = vErrors;
  return errors === 0;
}
validate220.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate211(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate211.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !(((((key0 === "always_off") || (key0 === "always_on")) || (key0 === "parent_threshold")) ||
          (key0 === "probability")) || (key0 === "rule_based"))
      ) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema88.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.always_off !== undefined) {
      if (
        !(validate212(data.always_off, {
          instancePath: instancePath + "/always_off",
          parentData: data,
          parentDataProperty: "always_off",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate212.errors : vErrors.concat(validate212.errors);
        errors = vErrors.length;
      }
    }
    if (data.always_on !== undefined) {
      if (
        !(validate214(data.always_on, {
          instancePath: instancePath + "/always_on",
          parentData: data,
          parentDataProperty: "always_on",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate214.errors : vErrors.concat(validate214.errors);
        errors = vErrors.length;
      }
    }
    if (data.parent_threshold !== undefined) {
      if (
        !(validate216(data.parent_threshold, {
          instancePath: instancePath + "/parent_threshold",
          parentData: data,
          parentDataProperty: "parent_threshold",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate216.errors : vErrors.concat(validate216.errors);
        errors = vErrors.length;
      }
    }
    if (data.probability !== undefined) {
      if (
        !(validate218(data.probability, {
          instancePath: instancePath + "/probability",
          parentData: data,
          parentDataProperty: "probability",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate218.errors : vErrors.concat(validate218.errors);
        errors = vErrors.length;
      }
    }
    if (data.rule_based !== undefined) {
      if (
        !(validate220(data.rule_based, {
          instancePath: instancePath + "/rule_based",
          parentData: data,
          parentDataProperty: "rule_based",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate220.errors : vErrors.concat(validate220.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate211.errors = vErrors;
  return errors === 0;
}
validate211.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema99 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "endpoint": { "type": ["string"] },
    "interval": { "type": ["integer", "null"], "minimum": 0 },
    "initial_sampler": { "$ref": "#/$defs/Sampler" },
  },
  "required": ["endpoint", "initial_sampler"],
};
const wrapper2 = { validate: validate206 };
function validate233(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate233.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema99.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.endpoint === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "endpoint" },
        message: "must have required property '" + "endpoint" + "'",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    if (data.initial_sampler === undefined) {
      const err2 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "initial_sampler" },
        message: "must have required property '" + "initial_sampler" + "'",
      };
      if (vErrors === null) vErrors = [err2];
      else vErrors.push(err2);
      errors++;
    }
    for (const key0 in data) {
      if (!(((key0 === "endpoint") || (key0 === "interval")) || (key0 === "initial_sampler"))) {
        const err3 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.endpoint !== undefined) {
      if (typeof data.endpoint !== "string") {
        const err4 = {
          instancePath: instancePath + "/endpoint",
          schemaPath: "#/properties/endpoint/type",
          keyword: "type",
          params: { type: schema99.properties.endpoint.type },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
    if (data.interval !== undefined) {
      let data1 = data.interval;
      if ((!((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1)))) && (data1 !== null)) {
        const err5 = {
          instancePath: instancePath + "/interval",
          schemaPath: "#/properties/interval/type",
          keyword: "type",
          params: { type: schema99.properties.interval.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          const err6 = {
            instancePath: instancePath + "/interval",
            schemaPath: "#/properties/interval/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err6];
          else vErrors.push(err6);
          errors++;
        }
      }
    }
    if (data.initial_sampler !== undefined) {
      if (
        !(wrapper2.validate(data.initial_sampler, {
          instancePath: instancePath + "/initial_sampler",
          parentData: data,
          parentDataProperty: "initial_sampler",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null
          ? wrapper2.validate.errors
          : vErrors.concat(wrapper2.validate.errors);
        errors = vErrors.length;
      }
    }
  }
  validate233.errors = vErrors;
  return errors === 0;
}
validate233.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema100 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": {
    "root": { "$ref": "#/$defs/Sampler" },
    "remote_parent_sampled": { "$ref": "#/$defs/Sampler" },
    "remote_parent_not_sampled": { "$ref": "#/$defs/Sampler" },
    "local_parent_sampled": { "$ref": "#/$defs/Sampler" },
    "local_parent_not_sampled": { "$ref": "#/$defs/Sampler" },
  },
};
function validate235(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate235.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema100.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !(((((key0 === "root") || (key0 === "remote_parent_sampled")) ||
          (key0 === "remote_parent_not_sampled")) || (key0 === "local_parent_sampled")) ||
          (key0 === "local_parent_not_sampled"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.root !== undefined) {
      if (
        !(wrapper2.validate(data.root, {
          instancePath: instancePath + "/root",
          parentData: data,
          parentDataProperty: "root",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null
          ? wrapper2.validate.errors
          : vErrors.concat(wrapper2.validate.errors);
        errors = vErrors.length;
      }
    }
    if (data.remote_parent_sampled !== undefined) {
      if (
        !(wrapper2.validate(data.remote_parent_sampled, {
          instancePath: instancePath + "/remote_parent_sampled",
          parentData: data,
          parentDataProperty: "remote_parent_sampled",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null
          ? wrapper2.validate.errors
          : vErrors.concat(wrapper2.validate.errors);
        errors = vErrors.length;
      }
    }
    if (data.remote_parent_not_sampled !== undefined) {
      if (
        !(wrapper2.validate(data.remote_parent_not_sampled, {
          instancePath: instancePath + "/remote_parent_not_sampled",
          parentData: data,
          parentDataProperty: "remote_parent_not_sampled",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null
          ? wrapper2.validate.errors
          : vErrors.concat(wrapper2.validate.errors);
        errors = vErrors.length;
      }
    }
    if (data.local_parent_sampled !== undefined) {
      if (
        !(wrapper2.validate(data.local_parent_sampled, {
          instancePath: instancePath + "/local_parent_sampled",
          parentData: data,
          parentDataProperty: "local_parent_sampled",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null
          ? wrapper2.validate.errors
          : vErrors.concat(wrapper2.validate.errors);
        errors = vErrors.length;
      }
    }
    if (data.local_parent_not_sampled !== undefined) {
      if (
        !(wrapper2.validate(data.local_parent_not_sampled, {
          instancePath: instancePath + "/local_parent_not_sampled",
          parentData: data,
          parentDataProperty: "local_parent_not_sampled",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null
          ? wrapper2.validate.errors
          : vErrors.concat(wrapper2.validate.errors);
        errors = vErrors.length;
      }
    }
  }
  validate235.errors = vErrors;
  return errors === 0;
}
validate235.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema101 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": { "ratio": { "type": ["number", "null"], "minimum": 0, "maximum": 1 } },
};
function validate237(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate237.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema101.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "ratio")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.ratio !== undefined) {
      let data0 = data.ratio;
      if ((!(typeof data0 == "number")) && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/ratio",
          schemaPath: "#/properties/ratio/type",
          keyword: "type",
          params: { type: schema101.properties.ratio.type },
          message: "must be number,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 > 1 || isNaN(data0)) {
          const err3 = {
            instancePath: instancePath + "/ratio",
            schemaPath: "#/properties/ratio/maximum",
            keyword: "maximum",
            params: { comparison: "<=", limit: 1 },
            message: "must be <= 1",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        if (data0 < 0 || isNaN(data0)) {
          const err4 = {
            instancePath: instancePath + "/ratio",
            schemaPath: "#/properties/ratio/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
  }
  validate237.errors = vErrors;
  return errors === 0;
}
validate237.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema102 = {
  "type": ["object", "null"],
  "additionalProperties": false,
  "properties": { "ratio": { "type": ["number", "null"], "minimum": 0, "maximum": 1 } },
};
function validate239(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate239.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema102.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "ratio")) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.ratio !== undefined) {
      let data0 = data.ratio;
      if ((!(typeof data0 == "number")) && (data0 !== null)) {
        const err2 = {
          instancePath: instancePath + "/ratio",
          schemaPath: "#/properties/ratio/type",
          keyword: "type",
          params: { type: schema102.properties.ratio.type },
          message: "must be number,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 > 1 || isNaN(data0)) {
          const err3 = {
            instancePath: instancePath + "/ratio",
            schemaPath: "#/properties/ratio/maximum",
            keyword: "maximum",
            params: { comparison: "<=", limit: 1 },
            message: "must be <= 1",
          };
          if (vErrors === null) vErrors = [err3];
          else vErrors.push(err3);
          errors++;
        }
        if (data0 < 0 || isNaN(data0)) {
          const err4 = {
            instancePath: instancePath + "/ratio",
            schemaPath: "#/properties/ratio/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
      }
    }
  }
  validate239.errors = vErrors;
  return errors === 0;
}
validate239.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate206(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate206.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !(((((((key0 === "always_off") || (key0 === "always_on")) ||
          (key0 === "composite/development")) || (key0 === "jaeger_remote/development")) ||
          (key0 === "parent_based")) || (key0 === "probability/development")) ||
          (key0 === "trace_id_ratio_based"))
      ) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema85.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.always_off !== undefined) {
      if (
        !(validate207(data.always_off, {
          instancePath: instancePath + "/always_off",
          parentData: data,
          parentDataProperty: "always_off",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
        errors = vErrors.length;
      }
    }
    if (data.always_on !== undefined) {
      if (
        !(validate209(data.always_on, {
          instancePath: instancePath + "/always_on",
          parentData: data,
          parentDataProperty: "always_on",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate209.errors : vErrors.concat(validate209.errors);
        errors = vErrors.length;
      }
    }
    if (data["composite/development"] !== undefined) {
      if (
        !(validate211(data["composite/development"], {
          instancePath: instancePath + "/composite~1development",
          parentData: data,
          parentDataProperty: "composite/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate211.errors : vErrors.concat(validate211.errors);
        errors = vErrors.length;
      }
    }
    if (data["jaeger_remote/development"] !== undefined) {
      if (
        !(validate233(data["jaeger_remote/development"], {
          instancePath: instancePath + "/jaeger_remote~1development",
          parentData: data,
          parentDataProperty: "jaeger_remote/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate233.errors : vErrors.concat(validate233.errors);
        errors = vErrors.length;
      }
    }
    if (data.parent_based !== undefined) {
      if (
        !(validate235(data.parent_based, {
          instancePath: instancePath + "/parent_based",
          parentData: data,
          parentDataProperty: "parent_based",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate235.errors : vErrors.concat(validate235.errors);
        errors = vErrors.length;
      }
    }
    if (data["probability/development"] !== undefined) {
      if (
        !(validate237(data["probability/development"], {
          instancePath: instancePath + "/probability~1development",
          parentData: data,
          parentDataProperty: "probability/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate237.errors : vErrors.concat(validate237.errors);
        errors = vErrors.length;
      }
    }
    if (data.trace_id_ratio_based !== undefined) {
      if (
        !(validate239(data.trace_id_ratio_based, {
          instancePath: instancePath + "/trace_id_ratio_based",
          parentData: data,
          parentDataProperty: "trace_id_ratio_based",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate239.errors : vErrors.concat(validate239.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate206.errors = vErrors;
  return errors === 0;
}
validate206.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema103 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": { "random": { "$ref": "#/$defs/RandomIdGenerator" } },
};
const schema104 = { "type": ["object", "null"], "additionalProperties": false };
function validate243(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate243.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema104.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate243.errors = vErrors;
  return errors === 0;
}
validate243.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate242(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate242.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "random")) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema103.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.random !== undefined) {
      if (
        !(validate243(data.random, {
          instancePath: instancePath + "/random",
          parentData: data,
          parentDataProperty: "random",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate243.errors : vErrors.concat(validate243.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate242.errors = vErrors;
  return errors === 0;
}
validate242.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema105 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": {
    "default_config": { "$ref": "#/$defs/ExperimentalTracerConfig" },
    "tracers": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/ExperimentalTracerMatcherAndConfig" },
    },
  },
};
const schema106 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": { "enabled": { "type": ["boolean"] } },
};
function validate247(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate247.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "enabled")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.enabled !== undefined) {
      if (typeof data.enabled !== "boolean") {
        const err1 = {
          instancePath: instancePath + "/enabled",
          schemaPath: "#/properties/enabled/type",
          keyword: "type",
          params: { type: schema106.properties.enabled.type },
          message: "must be boolean",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
  } else {
    const err2 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema106.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err2];
    else vErrors.push(err2);
    errors++;
  }
  validate247.errors = vErrors;
  return errors === 0;
}
validate247.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema107 = {
  "type": ["object"],
  "additionalProperties": false,
  "properties": {
    "name": { "type": ["string"] },
    "config": { "$ref": "#/$defs/ExperimentalTracerConfig" },
  },
  "required": ["name", "config"],
};
function validate249(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate249.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "name" },
        message: "must have required property '" + "name" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (data.config === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "config" },
        message: "must have required property '" + "config" + "'",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!((key0 === "name") || (key0 === "config"))) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.name !== undefined) {
      if (typeof data.name !== "string") {
        const err3 = {
          instancePath: instancePath + "/name",
          schemaPath: "#/properties/name/type",
          keyword: "type",
          params: { type: schema107.properties.name.type },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.config !== undefined) {
      if (
        !(validate247(data.config, {
          instancePath: instancePath + "/config",
          parentData: data,
          parentDataProperty: "config",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err4 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema107.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err4];
    else vErrors.push(err4);
    errors++;
  }
  validate249.errors = vErrors;
  return errors === 0;
}
validate249.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate246(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate246.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "default_config") || (key0 === "tracers"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.default_config !== undefined) {
      if (
        !(validate247(data.default_config, {
          instancePath: instancePath + "/default_config",
          parentData: data,
          parentDataProperty: "default_config",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate247.errors : vErrors.concat(validate247.errors);
        errors = vErrors.length;
      }
    }
    if (data.tracers !== undefined) {
      let data1 = data.tracers;
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          const err1 = {
            instancePath: instancePath + "/tracers",
            schemaPath: "#/properties/tracers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate249(data1[i0], {
              instancePath: instancePath + "/tracers/" + i0,
              parentData: data1,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate249.errors : vErrors.concat(validate249.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/tracers",
          schemaPath: "#/properties/tracers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema105.type },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate246.errors = vErrors;
  return errors === 0;
}
validate246.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate190(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate190.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.processors === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "processors" },
        message: "must have required property '" + "processors" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      if (
        !(((((key0 === "processors") || (key0 === "limits")) || (key0 === "sampler")) ||
          (key0 === "id_generator")) || (key0 === "tracer_configurator/development"))
      ) {
        const err1 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.processors !== undefined) {
      let data0 = data.processors;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err2 = {
            instancePath: instancePath + "/processors",
            schemaPath: "#/properties/processors/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate191(data0[i0], {
              instancePath: instancePath + "/processors/" + i0,
              parentData: data0,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/processors",
          schemaPath: "#/properties/processors/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.limits !== undefined) {
      if (
        !(validate204(data.limits, {
          instancePath: instancePath + "/limits",
          parentData: data,
          parentDataProperty: "limits",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate204.errors : vErrors.concat(validate204.errors);
        errors = vErrors.length;
      }
    }
    if (data.sampler !== undefined) {
      if (
        !(validate206(data.sampler, {
          instancePath: instancePath + "/sampler",
          parentData: data,
          parentDataProperty: "sampler",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate206.errors : vErrors.concat(validate206.errors);
        errors = vErrors.length;
      }
    }
    if (data.id_generator !== undefined) {
      if (
        !(validate242(data.id_generator, {
          instancePath: instancePath + "/id_generator",
          parentData: data,
          parentDataProperty: "id_generator",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate242.errors : vErrors.concat(validate242.errors);
        errors = vErrors.length;
      }
    }
    if (data["tracer_configurator/development"] !== undefined) {
      if (
        !(validate246(data["tracer_configurator/development"], {
          instancePath: instancePath + "/tracer_configurator~1development",
          parentData: data,
          parentDataProperty: "tracer_configurator/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate246.errors : vErrors.concat(validate246.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err4 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err4];
    else vErrors.push(err4);
    errors++;
  }
  validate190.errors = vErrors;
  return errors === 0;
}
validate190.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema108 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "attributes": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/AttributeNameValue" },
    },
    "detection/development": { "$ref": "#/$defs/ExperimentalResourceDetection" },
    "schema_url": { "type": ["string", "null"] },
    "attributes_list": { "type": ["string", "null"] },
  },
};
const schema109 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "name": { "type": "string" },
    "value": {
      "oneOf": [
        { "type": "string" },
        { "type": "number" },
        { "type": "boolean" },
        { "type": "null" },
        { "type": "array", "items": { "type": "string" }, "minItems": 1 },
        { "type": "array", "items": { "type": "boolean" }, "minItems": 1 },
        { "type": "array", "items": { "type": "number" }, "minItems": 1 },
      ],
    },
    "type": { "$ref": "#/$defs/AttributeType" },
  },
  "required": ["name", "value"],
};
const schema110 = {
  "type": ["string", "null"],
  "enum": [
    "string",
    "bool",
    "int",
    "double",
    "string_array",
    "bool_array",
    "int_array",
    "double_array",
  ],
};
function validate256(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate256.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((typeof data !== "string") && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema110.type },
      message: "must be string,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (
    !((((((((data === "string") || (data === "bool")) || (data === "int")) ||
      (data === "double")) || (data === "string_array")) || (data === "bool_array")) ||
      (data === "int_array")) || (data === "double_array"))
  ) {
    const err1 = {
      instancePath,
      schemaPath: "#/enum",
      keyword: "enum",
      params: { allowedValues: schema110.enum },
      message: "must be equal to one of the allowed values",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate256.errors = vErrors;
  return errors === 0;
}
validate256.evaluated = { "dynamicProps": false, "dynamicItems": false };
function validate255(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate255.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.name === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "name" },
        message: "must have required property '" + "name" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (data.value === undefined) {
      const err1 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "value" },
        message: "must have required property '" + "value" + "'",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (!(((key0 === "name") || (key0 === "value")) || (key0 === "type"))) {
        const err2 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.name !== undefined) {
      if (typeof data.name !== "string") {
        const err3 = {
          instancePath: instancePath + "/name",
          schemaPath: "#/properties/name/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.value !== undefined) {
      let data1 = data.value;
      const _errs5 = errors;
      let valid1 = false;
      let passing0 = null;
      const _errs6 = errors;
      if (typeof data1 !== "string") {
        const err4 = {
          instancePath: instancePath + "/value",
          schemaPath: "#/properties/value/oneOf/0/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
      var _valid0 = _errs6 === errors;
      if (_valid0) {
        valid1 = true;
        passing0 = 0;
      }
      const _errs8 = errors;
      if (!(typeof data1 == "number")) {
        const err5 = {
          instancePath: instancePath + "/value",
          schemaPath: "#/properties/value/oneOf/1/type",
          keyword: "type",
          params: { type: "number" },
          message: "must be number",
        };
        if (vErrors === null) vErrors = [err5];
        else vErrors.push(err5);
        errors++;
      }
      var _valid0 = _errs8 === errors;
      if (_valid0 && valid1) {
        valid1 = false;
        passing0 = [passing0, 1];
      } else {
        if (_valid0) {
          valid1 = true;
          passing0 = 1;
        }
        const _errs10 = errors;
        if (typeof data1 !== "boolean") {
          const err6 = {
            instancePath: instancePath + "/value",
            schemaPath: "#/properties/value/oneOf/2/type",
            keyword: "type",
            params: { type: "boolean" },
            message: "must be boolean",
          };
          if (vErrors === null) vErrors = [err6];
          else vErrors.push(err6);
          errors++;
        }
        var _valid0 = _errs10 === errors;
        if (_valid0 && valid1) {
          valid1 = false;
          passing0 = [passing0, 2];
        } else {
          if (_valid0) {
            valid1 = true;
            passing0 = 2;
          }
          const _errs12 = errors;
          if (data1 !== null) {
            const err7 = {
              instancePath: instancePath + "/value",
              schemaPath: "#/properties/value/oneOf/3/type",
              keyword: "type",
              params: { type: "null" },
              message: "must be null",
            };
            if (vErrors === null) vErrors = [err7];
            else vErrors.push(err7);
            errors++;
          }
          var _valid0 = _errs12 === errors;
          if (_valid0 && valid1) {
            valid1 = false;
            passing0 = [passing0, 3];
          } else {
            if (_valid0) {
              valid1 = true;
              passing0 = 3;
            }
            const _errs14 = errors;
            if (Array.isArray(data1)) {
              if (data1.length < 1) {
                const err8 = {
                  instancePath: instancePath + "/value",
                  schemaPath: "#/properties/value/oneOf/4/minItems",
                  keyword: "minItems",
                  params: { limit: 1 },
                  message: "must NOT have fewer than 1 items",
                };
                if (vErrors === null) vErrors = [err8];
                else vErrors.push(err8);
                errors++;
              }
              const len0 = data1.length;
              for (let i0 = 0; i0 < len0; i0++) {
                if (typeof data1[i0] !== "string") {
                  const err9 = {
                    instancePath: instancePath + "/value/" + i0,
                    schemaPath: "#/properties/value/oneOf/4/items/type",
                    keyword: "type",
                    params: { type: "string" },
                    message: "must be string",
                  };
                  if (vErrors === null) vErrors = [err9];
                  else vErrors.push(err9);
                  errors++;
                }
              }
            } else {
              const err10 = {
                instancePath: instancePath + "/value",
                schemaPath: "#/properties/value/oneOf/4/type",
                keyword: "type",
                params: { type: "array" },
                message: "must be array",
              };
              if (vErrors === null) vErrors = [err10];
              else vErrors.push(err10);
              errors++;
            }
            var _valid0 = _errs14 === errors;
            if (_valid0 && valid1) {
              valid1 = false;
              passing0 = [passing0, 4];
            } else {
              if (_valid0) {
                valid1 = true;
                passing0 = 4;
                var items0 = true;
              }
              const _errs18 = errors;
              if (Array.isArray(data1)) {
                if (data1.length < 1) {
                  const err11 = {
                    instancePath: instancePath + "/value",
                    schemaPath: "#/properties/value/oneOf/5/minItems",
                    keyword: "minItems",
                    params: { limit: 1 },
                    message: "must NOT have fewer than 1 items",
                  };
                  if (vErrors === null) vErrors = [err11];
                  else vErrors.push(err11);
                  errors++;
                }
                const len1 = data1.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  if (typeof data1[i1] !== "boolean") {
                    const err12 = {
                      instancePath: instancePath + "/value/" + i1,
                      schemaPath: "#/properties/value/oneOf/5/items/type",
                      keyword: "type",
                      params: { type: "boolean" },
                      message: "must be boolean",
                    };
                    if (vErrors === null) vErrors = [err12];
                    else vErrors.push(err12);
                    errors++;
                  }
                }
              } else {
                const err13 = {
                  instancePath: instancePath + "/value",
                  schemaPath: "#/properties/value/oneOf/5/type",
                  keyword: "type",
                  params: { type: "array" },
                  message: "must be array",
                };
                if (vErrors === null) vErrors = [err13];
                else vErrors.push(err13);
                errors++;
              }
              var _valid0 = _errs18 === errors;
              if (_valid0 && valid1) {
                valid1 = false;
                passing0 = [passing0, 5];
              } else {
                if (_valid0) {
                  valid1 = true;
                  passing0 = 5;
                  if (items0 !== true) items0 = true;
                }
                const _errs22 = errors;
                if (Array.isArray(data1)) {
                  if (data1.length < 1) {
                    const err14 = {
                      instancePath: instancePath + "/value",
                      schemaPath: "#/properties/value/oneOf/6/minItems",
                      keyword: "minItems",
                      params: { limit: 1 },
                      message: "must NOT have fewer than 1 items",
                    };
                    if (vErrors === null) vErrors = [err14];
                    else vErrors.push(err14);
                    errors++;
                  }
                  const len2 = data1.length;
                  for (let i2 = 0; i2 < len2; i2++) {
                    if (!(typeof data1[i2] == "number")) {
                      const err15 = {
                        instancePath: instancePath + "/value/" + i2,
                        schemaPath: "#/properties/value/oneOf/6/items/type",
                        keyword: "type",
                        params: { type: "number" },
                        message: "must be number",
                      };
                      if (vErrors === null) vErrors = [err15];
                      else vErrors.push(err15);
                      errors++;
                    }
                  }
                } else {
                  const err16 = {
                    instancePath: instancePath + "/value",
                    schemaPath: "#/properties/value/oneOf/6/type",
                    keyword: "type",
                    params: { type: "array" },
                    message: "must be array",
                  };
                  if (vErrors === null) vErrors = [err16];
                  else vErrors.push(err16);
                  errors++;
                }
                var _valid0 = _errs22 === errors;
                if (_valid0 && valid1) {
                  valid1 = false;
                  passing0 = [passing0, 6];
                } else {if (_valid0) {
                    valid1 = true;
                    passing0 = 6;
                    if (items0 !== true) items0 = true;
                  }}
              }
            }
          }
        }
      }
      if (!valid1) {
        const err17 = {
          instancePath: instancePath + "/value",
          schemaPath: "#/properties/value/oneOf",
          keyword: "oneOf",
          params: { passingSchemas: passing0 },
          message: "must match exactly one schema in oneOf",
        };
        if (vErrors === null) vErrors = [err17];
        else vErrors.push(err17);
        errors++;
      } else {
        errors = _errs5;
        if (vErrors !== null) {
          if (_errs5) vErrors.length = _errs5;
          else vErrors = null;
        }
      }
    }
    if (data.type !== undefined) {
      if (
        !(validate256(data.type, {
          instancePath: instancePath + "/type",
          parentData: data,
          parentDataProperty: "type",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate256.errors : vErrors.concat(validate256.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err18 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err18];
    else vErrors.push(err18);
    errors++;
  }
  validate255.errors = vErrors;
  return errors === 0;
}
validate255.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema111 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "attributes": { "$ref": "#/$defs/IncludeExclude" },
    "detectors": {
      "type": "array",
      "minItems": 1,
      "items": { "$ref": "#/$defs/ExperimentalResourceDetector" },
    },
  },
};
const schema112 = {
  "type": "object",
  "additionalProperties": { "type": ["object", "null"] },
  "minProperties": 1,
  "maxProperties": 1,
  "properties": {
    "container": { "$ref": "#/$defs/ExperimentalContainerResourceDetector" },
    "host": { "$ref": "#/$defs/ExperimentalHostResourceDetector" },
    "process": { "$ref": "#/$defs/ExperimentalProcessResourceDetector" },
    "service": { "$ref": "#/$defs/ExperimentalServiceResourceDetector" },
  },
};
const schema113 = { "type": ["object", "null"], "additionalProperties": false };
function validate262(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate262.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema113.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate262.errors = vErrors;
  return errors === 0;
}
validate262.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema114 = { "type": ["object", "null"], "additionalProperties": false };
function validate264(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate264.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema114.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate264.errors = vErrors;
  return errors === 0;
}
validate264.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema115 = { "type": ["object", "null"], "additionalProperties": false };
function validate266(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate266.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema115.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate266.errors = vErrors;
  return errors === 0;
}
validate266.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema116 = { "type": ["object", "null"], "additionalProperties": false };
function validate268(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate268.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if ((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)) {
    const err0 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: schema116.type },
      message: "must be object,null",
    };
    if (vErrors === null) vErrors = [err0];
    else vErrors.push(err0);
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const err1 = {
        instancePath,
        schemaPath: "#/additionalProperties",
        keyword: "additionalProperties",
        params: { additionalProperty: key0 },
        message: "must NOT have additional properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
  }
  validate268.errors = vErrors;
  return errors === 0;
}
validate268.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate261(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate261.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/maxProperties",
        keyword: "maxProperties",
        params: { limit: 1 },
        message: "must NOT have more than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err1];
      else vErrors.push(err1);
      errors++;
    }
    for (const key0 in data) {
      if (
        !((((key0 === "container") || (key0 === "host")) || (key0 === "process")) ||
          (key0 === "service"))
      ) {
        let data0 = data[key0];
        if ((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)) {
          const err2 = {
            instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
            schemaPath: "#/additionalProperties/type",
            keyword: "type",
            params: { type: schema112.additionalProperties.type },
            message: "must be object,null",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.container !== undefined) {
      if (
        !(validate262(data.container, {
          instancePath: instancePath + "/container",
          parentData: data,
          parentDataProperty: "container",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate262.errors : vErrors.concat(validate262.errors);
        errors = vErrors.length;
      }
    }
    if (data.host !== undefined) {
      if (
        !(validate264(data.host, {
          instancePath: instancePath + "/host",
          parentData: data,
          parentDataProperty: "host",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate264.errors : vErrors.concat(validate264.errors);
        errors = vErrors.length;
      }
    }
    if (data.process !== undefined) {
      if (
        !(validate266(data.process, {
          instancePath: instancePath + "/process",
          parentData: data,
          parentDataProperty: "process",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate266.errors : vErrors.concat(validate266.errors);
        errors = vErrors.length;
      }
    }
    if (data.service !== undefined) {
      if (
        !(validate268(data.service, {
          instancePath: instancePath + "/service",
          parentData: data,
          parentDataProperty: "service",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate261.errors = vErrors;
  return errors === 0;
}
validate261.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate259(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate259.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!((key0 === "attributes") || (key0 === "detectors"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.attributes !== undefined) {
      if (
        !(validate135(data.attributes, {
          instancePath: instancePath + "/attributes",
          parentData: data,
          parentDataProperty: "attributes",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate135.errors : vErrors.concat(validate135.errors);
        errors = vErrors.length;
      }
    }
    if (data.detectors !== undefined) {
      let data1 = data.detectors;
      if (Array.isArray(data1)) {
        if (data1.length < 1) {
          const err1 = {
            instancePath: instancePath + "/detectors",
            schemaPath: "#/properties/detectors/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate261(data1[i0], {
              instancePath: instancePath + "/detectors/" + i0,
              parentData: data1,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate261.errors : vErrors.concat(validate261.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/detectors",
          schemaPath: "#/properties/detectors/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate259.errors = vErrors;
  return errors === 0;
}
validate259.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate254(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate254.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((key0 === "attributes") || (key0 === "detection/development")) ||
          (key0 === "schema_url")) || (key0 === "attributes_list"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.attributes !== undefined) {
      let data0 = data.attributes;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err1 = {
            instancePath: instancePath + "/attributes",
            schemaPath: "#/properties/attributes/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !(validate255(data0[i0], {
              instancePath: instancePath + "/attributes/" + i0,
              parentData: data0,
              parentDataProperty: i0,
              rootData,
              dynamicAnchors,
            }))
          ) {
            vErrors = vErrors === null ? validate255.errors : vErrors.concat(validate255.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err2 = {
          instancePath: instancePath + "/attributes",
          schemaPath: "#/properties/attributes/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data["detection/development"] !== undefined) {
      if (
        !(validate259(data["detection/development"], {
          instancePath: instancePath + "/detection~1development",
          parentData: data,
          parentDataProperty: "detection/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate259.errors : vErrors.concat(validate259.errors);
        errors = vErrors.length;
      }
    }
    if (data.schema_url !== undefined) {
      let data3 = data.schema_url;
      if ((typeof data3 !== "string") && (data3 !== null)) {
        const err3 = {
          instancePath: instancePath + "/schema_url",
          schemaPath: "#/properties/schema_url/type",
          keyword: "type",
          params: { type: schema108.properties.schema_url.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.attributes_list !== undefined) {
      let data4 = data.attributes_list;
      if ((typeof data4 !== "string") && (data4 !== null)) {
        const err4 = {
          instancePath: instancePath + "/attributes_list",
          schemaPath: "#/properties/attributes_list/type",
          keyword: "type",
          params: { type: schema108.properties.attributes_list.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err5];
    else vErrors.push(err5);
    errors++;
  }
  validate254.errors = vErrors;
  return errors === 0;
}
validate254.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema117 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "general": { "$ref": "#/$defs/ExperimentalGeneralInstrumentation" },
    "cpp": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "dotnet": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "erlang": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "go": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "java": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "js": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "php": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "python": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "ruby": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "rust": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
    "swift": { "$ref": "#/$defs/ExperimentalLanguageSpecificInstrumentation" },
  },
};
const schema118 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "http": { "$ref": "#/$defs/ExperimentalHttpInstrumentation" },
    "code": { "$ref": "#/$defs/ExperimentalCodeInstrumentation" },
    "db": { "$ref": "#/$defs/ExperimentalDbInstrumentation" },
    "gen_ai": { "$ref": "#/$defs/ExperimentalGenAiInstrumentation" },
    "messaging": { "$ref": "#/$defs/ExperimentalMessagingInstrumentation" },
    "rpc": { "$ref": "#/$defs/ExperimentalRpcInstrumentation" },
    "sanitization": { "$ref": "#/$defs/ExperimentalSanitization" },
    "stability_opt_in_list": { "type": ["string", "null"] },
  },
};
const schema119 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" },
    "client": { "$ref": "#/$defs/ExperimentalHttpClientInstrumentation" },
    "server": { "$ref": "#/$defs/ExperimentalHttpServerInstrumentation" },
  },
};
const schema120 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "version": { "type": ["integer", "null"], "minimum": 0 },
    "experimental": { "type": ["boolean", "null"] },
    "dual_emit": { "type": ["boolean", "null"] },
  },
};
function validate276(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate276.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(((key0 === "version") || (key0 === "experimental")) || (key0 === "dual_emit"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.version !== undefined) {
      let data0 = data.version;
      if ((!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))) && (data0 !== null)) {
        const err1 = {
          instancePath: instancePath + "/version",
          schemaPath: "#/properties/version/type",
          keyword: "type",
          params: { type: schema120.properties.version.type },
          message: "must be integer,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
      if (typeof data0 == "number") {
        if (data0 < 0 || isNaN(data0)) {
          const err2 = {
            instancePath: instancePath + "/version",
            schemaPath: "#/properties/version/minimum",
            keyword: "minimum",
            params: { comparison: ">=", limit: 0 },
            message: "must be >= 0",
          };
          if (vErrors === null) vErrors = [err2];
          else vErrors.push(err2);
          errors++;
        }
      }
    }
    if (data.experimental !== undefined) {
      let data1 = data.experimental;
      if ((typeof data1 !== "boolean") && (data1 !== null)) {
        const err3 = {
          instancePath: instancePath + "/experimental",
          schemaPath: "#/properties/experimental/type",
          keyword: "type",
          params: { type: schema120.properties.experimental.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.dual_emit !== undefined) {
      let data2 = data.dual_emit;
      if ((typeof data2 !== "boolean") && (data2 !== null)) {
        const err4 = {
          instancePath: instancePath + "/dual_emit",
          schemaPath: "#/properties/dual_emit/type",
          keyword: "type",
          params: { type: schema120.properties.dual_emit.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err4];
        else vErrors.push(err4);
        errors++;
      }
    }
  } else {
    const err5 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err5];
    else vErrors.push(err5);
    errors++;
  }
  validate276.errors = vErrors;
  return errors === 0;
}
validate276.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema121 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "request_captured_headers": { "type": "array", "minItems": 1, "items": { "type": "string" } },
    "response_captured_headers": { "type": "array", "minItems": 1, "items": { "type": "string" } },
    "known_methods": { "type": "array", "minItems": 0, "items": { "type": "string" } },
  },
};
function validate278(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate278.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !(((key0 === "request_captured_headers") || (key0 === "response_captured_headers")) ||
          (key0 === "known_methods"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.request_captured_headers !== undefined) {
      let data0 = data.request_captured_headers;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err1 = {
            instancePath: instancePath + "/request_captured_headers",
            schemaPath: "#/properties/request_captured_headers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (typeof data0[i0] !== "string") {
            const err2 = {
              instancePath: instancePath + "/request_captured_headers/" + i0,
              schemaPath: "#/properties/request_captured_headers/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err2];
            else vErrors.push(err2);
            errors++;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/request_captured_headers",
          schemaPath: "#/properties/request_captured_headers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.response_captured_headers !== undefined) {
      let data2 = data.response_captured_headers;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err4 = {
            instancePath: instancePath + "/response_captured_headers",
            schemaPath: "#/properties/response_captured_headers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
        const len1 = data2.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (typeof data2[i1] !== "string") {
            const err5 = {
              instancePath: instancePath + "/response_captured_headers/" + i1,
              schemaPath: "#/properties/response_captured_headers/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err5];
            else vErrors.push(err5);
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + "/response_captured_headers",
          schemaPath: "#/properties/response_captured_headers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
    }
    if (data.known_methods !== undefined) {
      let data4 = data.known_methods;
      if (Array.isArray(data4)) {
        if (data4.length < 0) {
          const err7 = {
            instancePath: instancePath + "/known_methods",
            schemaPath: "#/properties/known_methods/minItems",
            keyword: "minItems",
            params: { limit: 0 },
            message: "must NOT have fewer than 0 items",
          };
          if (vErrors === null) vErrors = [err7];
          else vErrors.push(err7);
          errors++;
        }
        const len2 = data4.length;
        for (let i2 = 0; i2 < len2; i2++) {
          if (typeof data4[i2] !== "string") {
            const err8 = {
              instancePath: instancePath + "/known_methods/" + i2,
              schemaPath: "#/properties/known_methods/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err8];
            else vErrors.push(err8);
            errors++;
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + "/known_methods",
          schemaPath: "#/properties/known_methods/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err9];
        else vErrors.push(err9);
        errors++;
      }
    }
  } else {
    const err10 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err10];
    else vErrors.push(err10);
    errors++;
  }
  validate278.errors = vErrors;
  return errors === 0;
}
validate278.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema122 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "request_captured_headers": { "type": "array", "minItems": 1, "items": { "type": "string" } },
    "response_captured_headers": { "type": "array", "minItems": 1, "items": { "type": "string" } },
    "known_methods": { "type": "array", "minItems": 0, "items": { "type": "string" } },
  },
};
function validate280(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate280.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !(((key0 === "request_captured_headers") || (key0 === "response_captured_headers")) ||
          (key0 === "known_methods"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.request_captured_headers !== undefined) {
      let data0 = data.request_captured_headers;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err1 = {
            instancePath: instancePath + "/request_captured_headers",
            schemaPath: "#/properties/request_captured_headers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (typeof data0[i0] !== "string") {
            const err2 = {
              instancePath: instancePath + "/request_captured_headers/" + i0,
              schemaPath: "#/properties/request_captured_headers/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err2];
            else vErrors.push(err2);
            errors++;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/request_captured_headers",
          schemaPath: "#/properties/request_captured_headers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
    if (data.response_captured_headers !== undefined) {
      let data2 = data.response_captured_headers;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err4 = {
            instancePath: instancePath + "/response_captured_headers",
            schemaPath: "#/properties/response_captured_headers/minItems",
            keyword: "minItems",
            params: { limit: 1 },
            message: "must NOT have fewer than 1 items",
          };
          if (vErrors === null) vErrors = [err4];
          else vErrors.push(err4);
          errors++;
        }
        const len1 = data2.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (typeof data2[i1] !== "string") {
            const err5 = {
              instancePath: instancePath + "/response_captured_headers/" + i1,
              schemaPath: "#/properties/response_captured_headers/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err5];
            else vErrors.push(err5);
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + "/response_captured_headers",
          schemaPath: "#/properties/response_captured_headers/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err6];
        else vErrors.push(err6);
        errors++;
      }
    }
    if (data.known_methods !== undefined) {
      let data4 = data.known_methods;
      if (Array.isArray(data4)) {
        if (data4.length < 0) {
          const err7 = {
            instancePath: instancePath + "/known_methods",
            schemaPath: "#/properties/known_methods/minItems",
            keyword: "minItems",
            params: { limit: 0 },
            message: "must NOT have fewer than 0 items",
          };
          if (vErrors === null) vErrors = [err7];
          else vErrors.push(err7);
          errors++;
        }
        const len2 = data4.length;
        for (let i2 = 0; i2 < len2; i2++) {
          if (typeof data4[i2] !== "string") {
            const err8 = {
              instancePath: instancePath + "/known_methods/" + i2,
              schemaPath: "#/properties/known_methods/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err8];
            else vErrors.push(err8);
            errors++;
          }
        }
      } else {
        const err9 = {
          instancePath: instancePath + "/known_methods",
          schemaPath: "#/properties/known_methods/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err9];
        else vErrors.push(err9);
        errors++;
      }
    }
  } else {
    const err10 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err10];
    else vErrors.push(err10);
    errors++;
  }
  validate280.errors = vErrors;
  return errors === 0;
}
validate280.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate275(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate275.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(((key0 === "semconv") || (key0 === "client")) || (key0 === "server"))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.semconv !== undefined) {
      if (
        !(validate276(data.semconv, {
          instancePath: instancePath + "/semconv",
          parentData: data,
          parentDataProperty: "semconv",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
        errors = vErrors.length;
      }
    }
    if (data.client !== undefined) {
      if (
        !(validate278(data.client, {
          instancePath: instancePath + "/client",
          parentData: data,
          parentDataProperty: "client",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate278.errors : vErrors.concat(validate278.errors);
        errors = vErrors.length;
      }
    }
    if (data.server !== undefined) {
      if (
        !(validate280(data.server, {
          instancePath: instancePath + "/server",
          parentData: data,
          parentDataProperty: "server",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate280.errors : vErrors.concat(validate280.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate275.errors = vErrors;
  return errors === 0;
}
validate275.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema123 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
};
function validate283(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate283.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "semconv")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.semconv !== undefined) {
      if (
        !(validate276(data.semconv, {
          instancePath: instancePath + "/semconv",
          parentData: data,
          parentDataProperty: "semconv",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate283.errors = vErrors;
  return errors === 0;
}
validate283.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema124 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
};
function validate286(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate286.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "semconv")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.semconv !== undefined) {
      if (
        !(validate276(data.semconv, {
          instancePath: instancePath + "/semconv",
          parentData: data,
          parentDataProperty: "semconv",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate286.errors = vErrors;
  return errors === 0;
}
validate286.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema125 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
};
function validate289(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate289.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "semconv")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.semconv !== undefined) {
      if (
        !(validate276(data.semconv, {
          instancePath: instancePath + "/semconv",
          parentData: data,
          parentDataProperty: "semconv",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate289.errors = vErrors;
  return errors === 0;
}
validate289.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema126 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
};
function validate292(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate292.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "semconv")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.semconv !== undefined) {
      if (
        !(validate276(data.semconv, {
          instancePath: instancePath + "/semconv",
          parentData: data,
          parentDataProperty: "semconv",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate292.errors = vErrors;
  return errors === 0;
}
validate292.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema127 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "semconv": { "$ref": "#/$defs/ExperimentalSemconvConfig" } },
};
function validate295(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate295.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "semconv")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.semconv !== undefined) {
      if (
        !(validate276(data.semconv, {
          instancePath: instancePath + "/semconv",
          parentData: data,
          parentDataProperty: "semconv",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate295.errors = vErrors;
  return errors === 0;
}
validate295.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema128 = {
  "type": "object",
  "additionalProperties": false,
  "properties": { "url": { "$ref": "#/$defs/ExperimentalUrlSanitization" } },
};
const schema129 = {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "sensitive_query_parameters": { "type": "array", "minItems": 0, "items": { "type": "string" } },
  },
};
function validate299(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate299.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "sensitive_query_parameters")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.sensitive_query_parameters !== undefined) {
      let data0 = data.sensitive_query_parameters;
      if (Array.isArray(data0)) {
        if (data0.length < 0) {
          const err1 = {
            instancePath: instancePath + "/sensitive_query_parameters",
            schemaPath: "#/properties/sensitive_query_parameters/minItems",
            keyword: "minItems",
            params: { limit: 0 },
            message: "must NOT have fewer than 0 items",
          };
          if (vErrors === null) vErrors = [err1];
          else vErrors.push(err1);
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (typeof data0[i0] !== "string") {
            const err2 = {
              instancePath: instancePath + "/sensitive_query_parameters/" + i0,
              schemaPath: "#/properties/sensitive_query_parameters/items/type",
              keyword: "type",
              params: { type: "string" },
              message: "must be string",
            };
            if (vErrors === null) vErrors = [err2];
            else vErrors.push(err2);
            errors++;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + "/sensitive_query_parameters",
          schemaPath: "#/properties/sensitive_query_parameters/type",
          keyword: "type",
          params: { type: "array" },
          message: "must be array",
        };
        if (vErrors === null) vErrors = [err3];
        else vErrors.push(err3);
        errors++;
      }
    }
  } else {
    const err4 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err4];
    else vErrors.push(err4);
    errors++;
  }
  validate299.errors = vErrors;
  return errors === 0;
}
validate299.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate298(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate298.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "url")) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.url !== undefined) {
      if (
        !(validate299(data.url, {
          instancePath: instancePath + "/url",
          parentData: data,
          parentDataProperty: "url",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate299.errors : vErrors.concat(validate299.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate298.errors = vErrors;
  return errors === 0;
}
validate298.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate274(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate274.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (
        !((((((((key0 === "http") || (key0 === "code")) || (key0 === "db")) ||
          (key0 === "gen_ai")) || (key0 === "messaging")) || (key0 === "rpc")) ||
          (key0 === "sanitization")) || (key0 === "stability_opt_in_list"))
      ) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.http !== undefined) {
      if (
        !(validate275(data.http, {
          instancePath: instancePath + "/http",
          parentData: data,
          parentDataProperty: "http",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate275.errors : vErrors.concat(validate275.errors);
        errors = vErrors.length;
      }
    }
    if (data.code !== undefined) {
      if (
        !(validate283(data.code, {
          instancePath: instancePath + "/code",
          parentData: data,
          parentDataProperty: "code",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate283.errors : vErrors.concat(validate283.errors);
        errors = vErrors.length;
      }
    }
    if (data.db !== undefined) {
      if (
        !(validate286(data.db, {
          instancePath: instancePath + "/db",
          parentData: data,
          parentDataProperty: "db",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate286.errors : vErrors.concat(validate286.errors);
        errors = vErrors.length;
      }
    }
    if (data.gen_ai !== undefined) {
      if (
        !(validate289(data.gen_ai, {
          instancePath: instancePath + "/gen_ai",
          parentData: data,
          parentDataProperty: "gen_ai",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate289.errors : vErrors.concat(validate289.errors);
        errors = vErrors.length;
      }
    }
    if (data.messaging !== undefined) {
      if (
        !(validate292(data.messaging, {
          instancePath: instancePath + "/messaging",
          parentData: data,
          parentDataProperty: "messaging",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate292.errors : vErrors.concat(validate292.errors);
        errors = vErrors.length;
      }
    }
    if (data.rpc !== undefined) {
      if (
        !(validate295(data.rpc, {
          instancePath: instancePath + "/rpc",
          parentData: data,
          parentDataProperty: "rpc",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate295.errors : vErrors.concat(validate295.errors);
        errors = vErrors.length;
      }
    }
    if (data.sanitization !== undefined) {
      if (
        !(validate298(data.sanitization, {
          instancePath: instancePath + "/sanitization",
          parentData: data,
          parentDataProperty: "sanitization",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate298.errors : vErrors.concat(validate298.errors);
        errors = vErrors.length;
      }
    }
    if (data.stability_opt_in_list !== undefined) {
      let data7 = data.stability_opt_in_list;
      if ((typeof data7 !== "string") && (data7 !== null)) {
        const err1 = {
          instancePath: instancePath + "/stability_opt_in_list",
          schemaPath: "#/properties/stability_opt_in_list/type",
          keyword: "type",
          params: { type: schema118.properties.stability_opt_in_list.type },
          message: "must be string,null",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
  } else {
    const err2 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err2];
    else vErrors.push(err2);
    errors++;
  }
  validate274.errors = vErrors;
  return errors === 0;
}
validate274.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema130 = { "type": "object", "additionalProperties": { "type": "object" } };
function validate303(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate303.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      let data0 = data[key0];
      if (!(data0 && typeof data0 == "object" && !Array.isArray(data0))) {
        const err0 = {
          instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
          schemaPath: "#/additionalProperties/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate303.errors = vErrors;
  return errors === 0;
}
validate303.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate273(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate273.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(func1.call(schema117.properties, key0))) {
        const err0 = {
          instancePath,
          schemaPath: "#/additionalProperties",
          keyword: "additionalProperties",
          params: { additionalProperty: key0 },
          message: "must NOT have additional properties",
        };
        if (vErrors === null) vErrors = [err0];
        else vErrors.push(err0);
        errors++;
      }
    }
    if (data.general !== undefined) {
      if (
        !(validate274(data.general, {
          instancePath: instancePath + "/general",
          parentData: data,
          parentDataProperty: "general",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate274.errors : vErrors.concat(validate274.errors);
        errors = vErrors.length;
      }
    }
    if (data.cpp !== undefined) {
      if (
        !(validate303(data.cpp, {
          instancePath: instancePath + "/cpp",
          parentData: data,
          parentDataProperty: "cpp",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.dotnet !== undefined) {
      if (
        !(validate303(data.dotnet, {
          instancePath: instancePath + "/dotnet",
          parentData: data,
          parentDataProperty: "dotnet",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.erlang !== undefined) {
      if (
        !(validate303(data.erlang, {
          instancePath: instancePath + "/erlang",
          parentData: data,
          parentDataProperty: "erlang",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.go !== undefined) {
      if (
        !(validate303(data.go, {
          instancePath: instancePath + "/go",
          parentData: data,
          parentDataProperty: "go",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.java !== undefined) {
      if (
        !(validate303(data.java, {
          instancePath: instancePath + "/java",
          parentData: data,
          parentDataProperty: "java",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.js !== undefined) {
      if (
        !(validate303(data.js, {
          instancePath: instancePath + "/js",
          parentData: data,
          parentDataProperty: "js",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.php !== undefined) {
      if (
        !(validate303(data.php, {
          instancePath: instancePath + "/php",
          parentData: data,
          parentDataProperty: "php",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.python !== undefined) {
      if (
        !(validate303(data.python, {
          instancePath: instancePath + "/python",
          parentData: data,
          parentDataProperty: "python",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.ruby !== undefined) {
      if (
        !(validate303(data.ruby, {
          instancePath: instancePath + "/ruby",
          parentData: data,
          parentDataProperty: "ruby",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.rust !== undefined) {
      if (
        !(validate303(data.rust, {
          instancePath: instancePath + "/rust",
          parentData: data,
          parentDataProperty: "rust",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
    if (data.swift !== undefined) {
      if (
        !(validate303(data.swift, {
          instancePath: instancePath + "/swift",
          parentData: data,
          parentDataProperty: "swift",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate303.errors : vErrors.concat(validate303.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err1];
    else vErrors.push(err1);
    errors++;
  }
  validate273.errors = vErrors;
  return errors === 0;
}
validate273.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
const schema131 = {
  "type": "object",
  "additionalProperties": { "type": "object" },
  "minProperties": 1,
};
function validate316(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate316.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length < 1) {
      const err0 = {
        instancePath,
        schemaPath: "#/minProperties",
        keyword: "minProperties",
        params: { limit: 1 },
        message: "must NOT have fewer than 1 properties",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    for (const key0 in data) {
      let data0 = data[key0];
      if (!(data0 && typeof data0 == "object" && !Array.isArray(data0))) {
        const err1 = {
          instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),
          schemaPath: "#/additionalProperties/type",
          keyword: "type",
          params: { type: "object" },
          message: "must be object",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
  } else {
    const err2 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err2];
    else vErrors.push(err2);
    errors++;
  }
  validate316.errors = vErrors;
  return errors === 0;
}
validate316.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
function validate52(
  data,
  { instancePath = "", parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null;
  let errors = 0;
  const evaluated0 = validate52.evaluated;
  if (evaluated0.dynamicProps) evaluated0.props = undefined;
  if (evaluated0.dynamicItems) evaluated0.items = undefined;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.file_format === undefined) {
      const err0 = {
        instancePath,
        schemaPath: "#/required",
        keyword: "required",
        params: { missingProperty: "file_format" },
        message: "must have required property '" + "file_format" + "'",
      };
      if (vErrors === null) vErrors = [err0];
      else vErrors.push(err0);
      errors++;
    }
    if (data.file_format !== undefined) {
      if (typeof data.file_format !== "string") {
        const err1 = {
          instancePath: instancePath + "/file_format",
          schemaPath: "#/properties/file_format/type",
          keyword: "type",
          params: { type: "string" },
          message: "must be string",
        };
        if (vErrors === null) vErrors = [err1];
        else vErrors.push(err1);
        errors++;
      }
    }
    if (data.disabled !== undefined) {
      let data1 = data.disabled;
      if ((typeof data1 !== "boolean") && (data1 !== null)) {
        const err2 = {
          instancePath: instancePath + "/disabled",
          schemaPath: "#/properties/disabled/type",
          keyword: "type",
          params: { type: schema19.properties.disabled.type },
          message: "must be boolean,null",
        };
        if (vErrors === null) vErrors = [err2];
        else vErrors.push(err2);
        errors++;
      }
    }
    if (data.log_level !== undefined) {
      if (
        !(validate53(data.log_level, {
          instancePath: instancePath + "/log_level",
          parentData: data,
          parentDataProperty: "log_level",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
        errors = vErrors.length;
      }
    }
    if (data.attribute_limits !== undefined) {
      if (
        !(validate55(data.attribute_limits, {
          instancePath: instancePath + "/attribute_limits",
          parentData: data,
          parentDataProperty: "attribute_limits",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
        errors = vErrors.length;
      }
    }
    if (data.logger_provider !== undefined) {
      if (
        !(validate57(data.logger_provider, {
          instancePath: instancePath + "/logger_provider",
          parentData: data,
          parentDataProperty: "logger_provider",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
        errors = vErrors.length;
      }
    }
    if (data.meter_provider !== undefined) {
      if (
        !(validate97(data.meter_provider, {
          instancePath: instancePath + "/meter_provider",
          parentData: data,
          parentDataProperty: "meter_provider",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
        errors = vErrors.length;
      }
    }
    if (data.propagator !== undefined) {
      if (
        !(validate178(data.propagator, {
          instancePath: instancePath + "/propagator",
          parentData: data,
          parentDataProperty: "propagator",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate178.errors : vErrors.concat(validate178.errors);
        errors = vErrors.length;
      }
    }
    if (data.tracer_provider !== undefined) {
      if (
        !(validate190(data.tracer_provider, {
          instancePath: instancePath + "/tracer_provider",
          parentData: data,
          parentDataProperty: "tracer_provider",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate190.errors : vErrors.concat(validate190.errors);
        errors = vErrors.length;
      }
    }
    if (data.resource !== undefined) {
      if (
        !(validate254(data.resource, {
          instancePath: instancePath + "/resource",
          parentData: data,
          parentDataProperty: "resource",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate254.errors : vErrors.concat(validate254.errors);
        errors = vErrors.length;
      }
    }
    if (data["instrumentation/development"] !== undefined) {
      if (
        !(validate273(data["instrumentation/development"], {
          instancePath: instancePath + "/instrumentation~1development",
          parentData: data,
          parentDataProperty: "instrumentation/development",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate273.errors : vErrors.concat(validate273.errors);
        errors = vErrors.length;
      }
    }
    if (data.distribution !== undefined) {
      if (
        !(validate316(data.distribution, {
          instancePath: instancePath + "/distribution",
          parentData: data,
          parentDataProperty: "distribution",
          rootData,
          dynamicAnchors,
        }))
      ) {
        vErrors = vErrors === null ? validate316.errors : vErrors.concat(validate316.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: "#/type",
      keyword: "type",
      params: { type: "object" },
      message: "must be object",
    };
    if (vErrors === null) vErrors = [err3];
    else vErrors.push(err3);
    errors++;
  }
  validate52.errors = vErrors;
  return errors === 0;
}
validate52.evaluated = { "props": true, "dynamicProps": false, "dynamicItems": false };
