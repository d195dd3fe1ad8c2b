import type { ConfigurationModel } from "@opentelemetry/configuration";
import type { ModeName } from "../../../apps/mod.ts";
import { messageOf } from "../../error_message.ts";
import { ITEM_NAMES, type Signal, SIGNALS } from "../../otlp/signal.ts";
import { exportersOf } from "../../telemetry/configuration/exporters.ts";
import { type OtlpExporterModel, otlpTarget } from "../../telemetry/otlp/target.ts";
import { readTlsFiles } from "../../telemetry/otlp/tls_files.ts";

/** The app's errors about certificates and keys that it can't use. */
export function unusableTlsFiles(mode: ModeName, configuration: ConfigurationModel): string[] {
  if (configuration.disabled) return [];
  const sent: readonly Signal[] = mode === "auto" ? SIGNALS : ["traces"];
  return sent.flatMap((signal) =>
    exportersOf(configuration, signal)
      .filter(({ otlp_http, otlp_grpc }) => otlp_http ?? otlp_grpc)
      .flatMap((exporter) => {
        try {
          readTlsFiles(otlpTarget(exporter as OtlpExporterModel, signal));
          return [];
        } catch (error) {
          const items = signal === "metrics" ? signal : ITEM_NAMES[signal];
          return [`Cannot send ${items}: ${messageOf(error)}. The app would continue without them`];
        }
      })
  );
}
