import { SeverityNumber } from "@opentelemetry/api-logs";
import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from "@opentelemetry/sdk-logs";
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { protobufToJson } from "../../lib/otlp/decode.ts";
import { encodeExportResponse } from "../../lib/otlp/export_response.ts";
import { jsonToProtobuf } from "../../lib/otlp/json_request.ts";
import { validate } from "../../lib/otlp/validate.ts";
import { sdkSpan, text } from "../helpers/sdk_spans.ts";

const utf8 = new TextDecoder();

Deno.test("the stock serializers' spans decode the same from protobuf and JSON", () => {
  fc.assert(fc.property(fc.array(sdkSpan, { maxLength: 5 }), (spans) => {
    const stock = ProtobufTraceSerializer.serializeRequest(spans)!;
    validate("TracesData", stock);
    const bytes = JsonTraceSerializer.serializeRequest(spans)!;
    const json = utf8.decode(bytes);
    // A value outside the 64-bit integers is the sender's fault; only JSON can reveal it.
    const integers = [...json.matchAll(/"intValue":([-+.\de]+)/g)].map(([, text]) => Number(text));
    fc.pre(integers.every((value) => value >= -(2 ** 63) && value < 2 ** 63));
    const { body, rejected } = jsonToProtobuf("traces", bytes);
    assertEquals(rejected, 0);
    const decode = (bytes: Uint8Array) => roundIntegers(protobufToJson("TracesData", bytes));
    assertEquals(decode(body), decode(stock));
  }));
});

Deno.test("the stock serializers' log records decode the same from protobuf and JSON", async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.dictionary(text.filter((key) => key !== "__proto__"), fc.oneof(text, fc.boolean())),
      async (body, attributes) => {
        const records = await logRecords(body, attributes);
        const stock = ProtobufLogsSerializer.serializeRequest(records)!;
        validate("LogsData", stock);
        const json = JsonLogsSerializer.serializeRequest(records)!;
        const { body: ours, rejected } = jsonToProtobuf("logs", json);
        assertEquals(rejected, 0);
        assertEquals(protobufToJson("LogsData", ours), protobufToJson("LogsData", stock));
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("the stock serializers' metrics decode the same from protobuf and JSON", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
      async (values) => {
        const metrics = await collect(values);
        const stock = ProtobufMetricsSerializer.serializeRequest(metrics)!;
        validate("MetricsData", stock);
        const json = JsonMetricsSerializer.serializeRequest(metrics)!;
        const { body, rejected } = jsonToProtobuf("metrics", json);
        assertEquals(rejected, 0);
        const decoded = protobufToJson("MetricsData", stock);
        assertEquals(protobufToJson("MetricsData", body), decoded);
        const names = decoded.resourceMetrics![0]!.scopeMetrics![0]!.metrics!.map(({ name }) =>
          name
        );
        assertEquals(names.toSorted(), ["duration", "queue", "requests", "size", "temperature"]);
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("the stock serializers read our answers", () => {
  const outcome = { rejected: 3, message: "three of them were wrong: mend them" };
  for (
    const [signal, serializer, name] of [
      ["traces", ProtobufTraceSerializer, "rejectedSpans"],
      ["metrics", ProtobufMetricsSerializer, "rejectedDataPoints"],
      ["logs", ProtobufLogsSerializer, "rejectedLogRecords"],
    ] as const
  ) {
    const partial = serializer.deserializeResponse(
      encodeExportResponse(signal, outcome, "protobuf"),
    ).partialSuccess as Record<string, unknown> | undefined;
    assertEquals(Number(partial?.[name]), 3);
    assertEquals(partial?.errorMessage, outcome.message);
    const full = encodeExportResponse(signal, { rejected: 0, message: "" }, "protobuf");
    assertEquals(full.length, 0);
  }
  const json = encodeExportResponse("traces", outcome, "json");
  const partial = JsonTraceSerializer.deserializeResponse(json).partialSuccess;
  assert(partial);
  assertEquals<unknown>(partial.rejectedSpans, "3");
});

/** JavaScript's JSON writes integers above 2^53 with as many digits as it takes to read them back. */
function roundIntegers(json: object): object {
  const text = JSON.stringify(json);
  return JSON.parse(text, (key, value) => key === "intValue" ? Number(value) : value);
}

async function logRecords(
  body: string,
  attributes: Record<string, string | boolean>,
): Promise<ReadableLogRecord[]> {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ "service.name": "shop" }),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger("test", "1.0.0");
  logger.emit({ body, attributes, severityNumber: SeverityNumber.WARN, severityText: "WARN" });
  logger.emit({ eventName: "user.login", body, timestamp: [1_712_660_300, 1] });
  await provider.forceFlush();
  const records = [...exporter.getFinishedLogRecords()];
  await provider.shutdown();
  return records;
}

async function collect(values: number[]): Promise<ResourceMetrics> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({
    readers: [reader],
    views: [{
      instrumentName: "size",
      aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
    }],
  });
  const meter = provider.getMeter("test");
  const requests = meter.createCounter("requests");
  const queue = meter.createUpDownCounter("queue");
  const temperature = meter.createGauge("temperature", { unit: "Cel" });
  const duration = meter.createHistogram("duration", { unit: "s" });
  const size = meter.createHistogram("size", { unit: "By" });
  for (const value of values) {
    requests.add(Math.floor(value), { "http.route": "/" });
    queue.add(-1);
    temperature.record(value);
    duration.record(value);
    size.record(value);
  }
  await reader.forceFlush();
  const metrics = exporter.getMetrics().at(-1)!;
  await provider.shutdown();
  return metrics;
}
