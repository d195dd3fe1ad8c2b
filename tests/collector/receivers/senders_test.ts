import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { createGrpcReceiver } from "../../../lib/collector/receivers/grpc_receiver.ts";
import { createHttpReceiver } from "../../../lib/collector/receivers/http_receiver.ts";
import { memoryReceiverOptions } from "../../helpers/collector_store.ts";
import { areGranted, type Condition, testIf, testWith } from "../../helpers/needs.ts";
import { ONE_SPAN } from "../../helpers/otlp_requests.ts";
import { needsServers, startCollector } from "../../helpers/servers.ts";

const COLLECTOR_CONFIG = fileURLToPath(
  new URL("../../testdata/otlp/otel_collector.yaml", import.meta.url),
);
const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;

/** Both receivers with one store, for a single test. */
async function startReceivers() {
  const options = memoryReceiverOptions();
  const http = createHttpReceiver(options);
  const grpc = await createGrpcReceiver(options);
  return {
    ...options,
    http,
    grpc,
    async [Symbol.asyncDispose]() {
      await http.shutdown();
      await grpc.shutdown();
    },
  };
}

testWith(["net", "env", "sys"], "OpenTelemetry JS's exporter sends to us", async () => {
  await using receivers = await startReceivers();
  for (const compression of ["none", "gzip"]) {
    const exporter = new OTLPTraceExporter({
      url: `${receivers.http.url}/v1/traces`,
      compression: compression as never,
      keepAlive: false,
    } as never);
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: `js-${compression}` }),
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    provider.getTracer("test").startSpan("from JavaScript", { attributes: { n: 1 } }).end();
    await provider.forceFlush();
    await provider.shutdown();
  }
  assertEquals(receivers.records.map(({ status }) => status), [200, 200]);
  assertEquals(receivers.records.map(({ compression }) => compression), ["none", "gzip"]);
  assertEquals(receivers.records.flatMap(({ serviceNames }) => serviceNames), [
    "js-none",
    "js-gzip",
  ]);
  const [span] = receivers.store.traces[1]!.resourceSpans![0]!.scopeSpans![0]!.spans!;
  assertEquals(span!.name, "from JavaScript");
  assertEquals(span!.attributes, [{ key: "n", value: { intValue: "1" } }]);
});

for (const compression of ["none", "gzip", "zstd"]) {
  testIf(
    needsServers("collector"),
    NEEDS,
    `the Collector's exporters send to us, compression ${compression}`,
    async () => {
      await using receivers = await startReceivers();
      const { http, grpc, records, store } = receivers;
      await using collector = await startCollector({
        config: COLLECTOR_CONFIG,
        overrides: {
          exporters: {
            "otlp": { endpoint: `127.0.0.1:${grpc.port}`, compression },
            "otlphttp/protobuf": { endpoint: http.url, compression },
            "otlphttp/json": { endpoint: http.url, compression },
          },
        },
      });
      for (const [signal, request] of Object.entries(requests())) {
        const response = await fetch(`http://127.0.0.1:${collector.ports.http}/v1/${signal}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(request),
        });
        assertEquals(await response.json(), { partialSuccess: {} });
      }
      await store.waitForRequests(9);
      await collector.stop();
      const ways = new Set(records.map(({ protocol, signal }) => `${protocol} ${signal}`));
      assertEquals(ways.size, 9);
      for (const record of records) {
        assertEquals([record.reason, record.compression], [undefined, compression]);
        assertEquals(record.status, record.protocol === "grpc" ? 0 : 200);
      }
      const [span] = ONE_SPAN.resourceSpans[0]!.scopeSpans[0]!.spans;
      for (const traces of store.traces) {
        const [stored] = traces.resourceSpans![0]!.scopeSpans![0]!.spans!;
        assertEquals(stored, { ...span!, status: {} });
      }
    },
  );
}

for (const protocol of ["grpc", "http/protobuf"]) {
  const compressions = protocol === "grpc" ? ["none", "gzip"] : ["none", "gzip", "deflate"];
  for (const compression of compressions) {
    testIf(
      await needsPython(),
      NEEDS,
      `Python's exporters send to us over ${protocol}, compression ${compression}`,
      async () => {
        await using receivers = await startReceivers();
        const program = `
from opentelemetry import metrics, trace
import logging
with trace.get_tracer("test").start_as_current_span("from Python"):
    logging.getLogger().warning("hello")
metrics.get_meter("test").create_counter("requests").add(1)
`;
        const { success, stderr } = await new Deno.Command("opentelemetry-instrument", {
          args: ["python3", "-c", program],
          env: {
            OTEL_EXPORTER_OTLP_ENDPOINT:
              (protocol === "grpc" ? receivers.grpc : receivers.http).url,
            OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
            // Over gRPC, Python doesn't accept "none".
            ...compression !== "none" && { OTEL_EXPORTER_OTLP_COMPRESSION: compression },
            OTEL_TRACES_EXPORTER: "otlp",
            OTEL_METRICS_EXPORTER: "otlp",
            OTEL_LOGS_EXPORTER: "otlp",
            OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED: "true",
            OTEL_SERVICE_NAME: "python",
          },
        }).output();
        const said = new TextDecoder().decode(stderr);
        assertEquals(success, true, said);
        const { records, store } = receivers;
        const signals = new Set(records.map(({ signal }) => signal));
        assertEquals(signals, new Set(["traces", "metrics", "logs"]), said);
        for (const record of records) {
          assertEquals(record.reason, undefined);
          assertEquals(record.compression, compression);
          assertEquals(record.serviceNames, ["python"]);
        }
        const [span] = store.traces[0]!.resourceSpans![0]!.scopeSpans![0]!.spans!;
        assertEquals(span!.name, "from Python");
        const [logRecord] = store.logs[0]!.resourceLogs![0]!.scopeLogs![0]!.logRecords!;
        assertEquals(logRecord!.traceId, span!.traceId);
      },
    );
  }
}

/** An export request for each signal. */
function requests() {
  const { resource } = ONE_SPAN.resourceSpans[0]!;
  const dataPoints = [{ asInt: "1", timeUnixNano: "1544712660300000000" }];
  const metrics = [{ name: "queue", gauge: { dataPoints } }];
  const logRecords = [{ body: { stringValue: "hello" }, severityNumber: 9 }];
  return {
    traces: ONE_SPAN,
    metrics: { resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] },
    logs: { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] },
  };
}

async function needsPython(): Promise<Condition> {
  if (!areGranted(["run"])) return { missing: undefined };
  try {
    const { success } = await new Deno.Command("opentelemetry-instrument", {
      args: ["python3", "-c", "import opentelemetry.exporter.otlp.proto.grpc.trace_exporter"],
      env: { OTEL_SDK_DISABLED: "true" },
      stdout: "null",
      stderr: "null",
    }).output();
    return { missing: success ? undefined : "Python has no opentelemetry-exporter-otlp" };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { missing: "no opentelemetry-instrument on the path" };
  }
}
