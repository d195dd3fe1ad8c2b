import { metrics, trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { assert, assertEquals } from "@std/assert";
import { planFromSettings } from "../../lib/telemetry/plan.ts";
import { readSettings } from "../../lib/telemetry/read_settings.ts";
import { startTelemetry } from "../../lib/telemetry/sdk.ts";
import { testWith } from "../helpers/needs.ts";
import { within } from "../helpers/patience.ts";
import { startSilentServer } from "../helpers/silent_server.ts";

const NEEDS = ["env", "sys", "read", "net"] as const;

/** Batches of one item, with a short time limit. */
const SIGNALS = {
  traces: {
    OTEL_BSP_SCHEDULE_DELAY: "0",
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "1",
    OTEL_BSP_EXPORT_TIMEOUT: "50",
  },
  logs: {
    OTEL_BLRP_SCHEDULE_DELAY: "0",
    OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: "1",
    OTEL_BLRP_EXPORT_TIMEOUT: "50",
  },
  metrics: { OTEL_METRIC_EXPORT_INTERVAL: "50", OTEL_METRIC_EXPORT_TIMEOUT: "50" },
} as const;

function record(): void {
  for (let i = 0; i < 20; i++) {
    trace.getTracer("test").startSpan("span").end();
    logs.getLogger("test").emit({ body: "line" });
  }
  metrics.getMeter("test").createCounter("sold").add(1);
}

for (
  const [signal, exporter, protocol] of [
    ["traces", "otlp", "http/protobuf"],
    ["traces", "otlp", "grpc"],
    ["traces", "zipkin", "http/protobuf"],
    ["logs", "otlp", "http/json"],
    ["logs", "otlp", "grpc"],
    ["metrics", "otlp", "http/protobuf"],
    ["metrics", "otlp", "grpc"],
  ] as const
) {
  const how = exporter === "zipkin" ? exporter : protocol;
  testWith(
    NEEDS,
    `exports of ${signal} over ${how} are canceled, never two at a time`,
    async () => {
      await using server = startSilentServer();
      const { configuration } = planFromSettings(readSettings({
        OTEL_TRACES_EXPORTER: "none",
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
        [`OTEL_${signal.toUpperCase()}_EXPORTER`]: exporter,
        OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_ZIPKIN_ENDPOINT: `${server.url}/api/v2/spans`,
        ...SIGNALS[signal],
      }));
      await using telemetry = await startTelemetry(configuration, { report: () => {} });
      record();
      await within(server.connected(6), "the sixth export");
      // An abandoned connection can still be closing when the next one opens.
      assert(server.mostOpen <= 2, `${server.mostOpen} at a time`);
      // The final reports aren't delayed.
      const [delivery] = telemetry.deliveries;
      delivery?.close();
      assertEquals(delivery?.sent, 0);
    },
  );
}
