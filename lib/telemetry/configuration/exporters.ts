import type { ConfigurationModel } from "@opentelemetry/configuration";
import type { Signal } from "../../otlp/signal.ts";

/** An exporter of any signal in the declarative configuration, identified by its single key. */
export type ExporterModel = Record<string, Record<string, unknown> | null | undefined>;

/** All exporters of a signal. */
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
