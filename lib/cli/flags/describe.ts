import type { ConfigurationModel } from "@opentelemetry/configuration";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { PROMETHEUS_EXPORTER_PORT } from "../../default_ports.ts";
import { messageOf } from "../../error_message.ts";
import { hostAndPort } from "../../host.ts";
import { configuredAttributes } from "../../telemetry/configuration/configured_attributes.ts";
import { type ExporterModel, exportersOf } from "../../telemetry/configuration/exporters.ts";
import { describeTarget, otlpTarget } from "../../telemetry/otlp/target.ts";
import type { Signal } from "../../otlp/signal.ts";
import { maskCredentials } from "../../telemetry/value_types.ts";

/** The name of the service in the configuration. */
export function describeService({ resource }: ConfigurationModel): string {
  return String(configuredAttributes(resource)[ATTR_SERVICE_NAME]);
}

/** The targets of a signal, in one line. */
export function describeExporters(configuration: ConfigurationModel, signal: Signal): string {
  if (configuration.disabled) return "nowhere: the SDK is disabled";
  const ways = exportersOf(configuration, signal).map((exporter) =>
    describeExporter(exporter, signal)
  );
  return ways.join(", ") || "nowhere";
}

function describeExporter(exporter: ExporterModel, signal: Signal): string {
  const [[key, value]] = Object.entries(exporter) as [[string, Record<string, unknown> | null]];
  const name = key.replace("/development", "");
  if (name === "prometheus") {
    const hostname = String(value?.host ?? "localhost");
    const port = Number(value?.port ?? PROMETHEUS_EXPORTER_PORT);
    return `${name} (at http://${hostAndPort({ hostname, port })}/metrics)`;
  }
  if (name === "zipkin") return `${name} (${maskCredentials(String(value?.endpoint))})`;
  if (!name.startsWith("otlp_")) return name;
  try {
    return `otlp (${describeTarget(otlpTarget({ [key]: value ?? {} }, signal))})`;
  } catch (error) {
    return `otlp (${messageOf(error)})`;
  }
}
