import type { ConfigurationModel } from "@opentelemetry/configuration";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { describeTarget, otlpTarget } from "../telemetry/otlp/target.ts";
import type { Signal } from "../telemetry/setting.ts";
import { maskCredentials } from "../telemetry/value_types.ts";

/** An exporter of any signal in the declarative configuration, by the one key that it has. */
type ExporterModel = Record<string, Record<string, unknown> | null | undefined>;

/** The name of the service, as the configuration says it. */
export function describeService({ resource }: ConfigurationModel): string {
  const named = resource?.attributes?.find(({ name }) => name === ATTR_SERVICE_NAME);
  return String(named?.value ?? "not said");
}

/** Where a signal goes, in a line. */
export function describeExporters(configuration: ConfigurationModel, signal: Signal): string {
  if (configuration.disabled) return "nowhere: the SDK is disabled";
  const ways = exportersOf(configuration, signal).map((exporter) =>
    describeExporter(exporter, signal)
  );
  return ways.join(", ") || "nowhere";
}

/** Everything that a signal is exported to. */
export function exportersOf(
  { tracer_provider, meter_provider, logger_provider }: ConfigurationModel,
  signal: Signal,
): ExporterModel[] {
  const holders = signal === "metrics"
    ? (meter_provider?.readers ?? []).map(({ periodic, pull }) => periodic ?? pull)
    : ((signal === "traces" ? tracer_provider : logger_provider)?.processors ?? [])
      .map(({ batch, simple }) => batch ?? simple);
  return holders.flatMap((holder) => holder ? [holder.exporter as ExporterModel] : []);
}

function describeExporter(exporter: ExporterModel, signal: Signal): string {
  const [[key, value]] = Object.entries(exporter) as [[string, Record<string, unknown> | null]];
  const name = key.replace("/development", "");
  if (name === "prometheus") {
    return `${name} (at http://${value?.host ?? "localhost"}:${value?.port ?? 9464}/metrics)`;
  }
  if (name === "zipkin") return `${name} (${maskCredentials(String(value?.endpoint))})`;
  if (!name.startsWith("otlp_")) return name;
  try {
    return `otlp (${describeTarget(otlpTarget({ [key]: value ?? {} }, signal))})`;
  } catch (error) {
    return `otlp (${(error as Error).message})`;
  }
}
