import { trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { assertEquals } from "@std/assert";
import { ExporterRegistry } from "../../lib/telemetry/exporter_registry.ts";
import { openOtlpMetricExporter } from "../../lib/telemetry/metrics/otlp_metric_exporter.ts";
import { otlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { planFromSettings } from "../../lib/telemetry/plan.ts";
import { readSettings } from "../../lib/telemetry/read_settings.ts";
import { startTelemetry, type Telemetry } from "../../lib/telemetry/sdk.ts";
import { testWith } from "../helpers/needs.ts";
import { type Receiver, startGrpcReceiver, startHttpReceiver } from "../helpers/receiver.ts";

const NEEDS = ["env", "sys", "read", "net"] as const;
const PROTOCOLS = [
  ["http/protobuf", startHttpReceiver],
  ["http/json", startHttpReceiver],
  ["grpc", startGrpcReceiver],
] as const;
const REASON = "it has no text";

/** A text that can't be encoded. */
const HOSTILE = {
  get length(): number {
    throw new TypeError(REASON);
  },
  toJSON(): string {
    throw new TypeError(REASON);
  },
} as unknown as string;

/** How an item of each signal gets into its queue, with a given text. */
const SIGNALS = {
  traces: (text: string) => trace.getTracer("test").startSpan(text).end(),
  logs: (text: string) => logs.getLogger("test").emit({ body: { text } }),
};

async function withSignal(
  signal: keyof typeof SIGNALS,
  env: Record<string, string>,
  use: (telemetry: Telemetry, reports: string[]) => Promise<void>,
): Promise<void> {
  const { configuration } = planFromSettings(readSettings({
    OTEL_TRACES_EXPORTER: "none",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    [`OTEL_${signal.toUpperCase()}_EXPORTER`]: "otlp",
    ...env,
  }));
  const reports: string[] = [];
  const report = (message: string) => reports.push(message);
  await using telemetry = await startTelemetry(configuration, { report });
  await use(telemetry, reports);
}

for (const [protocol, start] of PROTOCOLS) {
  for (const [signal, whole] of [["traces", "spans"], ["logs", "log records"]] as const) {
    testWith(
      NEEDS,
      `${whole} that cannot be encoded do not count as trouble with ${protocol}`,
      async () => {
        await using receiver: Receiver = await start();
        const env = {
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        };
        await withSignal(signal, env, async (telemetry, reports) => {
          for (const text of [HOSTILE, HOSTILE, "good"]) {
            SIGNALS[signal](text);
            await telemetry.forceFlush();
          }
          const [delivery] = telemetry.deliveries;
          assertEquals(reports, [
            `Cannot encode some ${whole} for ${delivery?.destination}: ${REASON}. ` +
            "The app continues without them; check their contents",
          ]);
          assertEquals(
            delivery?.summary(),
            `Sent 1 of 3 ${whole} to ${delivery?.destination}, lost 2: ${REASON}`,
          );
          assertEquals(receiver.spans.length + receiver.logRecords.length, 1);
        });
      },
    );
  }
}

testWith(NEEDS, "spans that cannot be encoded do not count as trouble with Zipkin", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(null, { status: 202 }),
  );
  const env = {
    OTEL_TRACES_EXPORTER: "zipkin",
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: `http://127.0.0.1:${server.addr.port}/api/v2/spans`,
  };
  await withSignal("traces", env, async (telemetry, reports) => {
    for (const text of [HOSTILE, "good"]) {
      SIGNALS.traces(text);
      await telemetry.forceFlush();
    }
    assertEquals(reports.length, 1, reports.join("\n"));
    assertEquals(reports[0]?.startsWith("Cannot encode some spans for "), true, reports[0]);
    assertEquals(telemetry.deliveries[0]?.sent, 1);
  });
});

testWith(
  NEEDS,
  "metrics that cannot be encoded do not count as trouble with the server",
  async () => {
    await using receiver = startHttpReceiver();
    const reports: string[] = [];
    const registry = new ExporterRegistry((message) => reports.push(message));
    const target = otlpTarget({ otlp_http: { endpoint: `${receiver.url}/v1/metrics` } }, "metrics");
    const exporter = await openOtlpMetricExporter(target, registry, {
      selectors: {
        selectAggregation: () => ({ type: 0 }),
        selectAggregationTemporality: () => 0,
      },
      readerTimeoutMillis: 30_000,
    });
    const scopeMetrics: ResourceMetrics["scopeMetrics"] = [];
    for (const attributes of [{ text: HOSTILE }, {}]) {
      const resource = { attributes } as unknown as ResourceMetrics["resource"];
      await new Promise((resolve) => exporter.export({ resource, scopeMetrics }, resolve));
    }
    await exporter.shutdown();
    assertEquals(reports.length, 1, reports.join("\n"));
    assertEquals(reports[0]?.startsWith("Cannot encode some metrics for "), true, reports[0]);
    assertEquals(receiver.requests.length, 1);
  },
);
