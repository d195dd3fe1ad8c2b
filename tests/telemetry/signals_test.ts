import { context, metrics, trace } from "@opentelemetry/api";
import { logs, SeverityNumber } from "@opentelemetry/api-logs";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { planFromSettings } from "../../lib/telemetry/plan.ts";
import { type Environment, readSettings } from "../../lib/telemetry/read_settings.ts";
import { startTelemetry, type Telemetry } from "../../lib/telemetry/sdk.ts";
import { replaceConsole } from "../helpers/console.ts";
import { testWith } from "../helpers/needs.ts";
import { closedUrl } from "../helpers/ports.ts";
import { type Receiver, startGrpcReceiver, startHttpReceiver } from "../helpers/receiver.ts";

const NEEDS = ["env", "sys", "read", "net"] as const;

const DELTA = 1;
const CUMULATIVE = 2;

const PROTOCOLS = [
  ["http/protobuf", startHttpReceiver],
  ["http/json", startHttpReceiver],
  ["grpc", startGrpcReceiver],
] as const;

async function withTelemetry(
  env: Environment,
  use: (telemetry: Telemetry, reports: string[]) => Promise<void>,
): Promise<void> {
  const reports: string[] = [];
  const { configuration } = planFromSettings(readSettings({
    OTEL_TRACES_EXPORTER: "none",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    ...env,
  }));
  const report = (message: string) => reports.push(message);
  await using telemetry = await startTelemetry(configuration, { report });
  await use(telemetry, reports);
}

function measure(): void {
  const meter = metrics.getMeter("test");
  meter.createCounter("sold", { unit: "{item}" }).add(3, { shop: "a" });
  meter.createUpDownCounter("stock").add(-2);
  meter.createHistogram("price").record(7);
}

for (const [protocol, start] of PROTOCOLS) {
  for (const compression of ["none", "gzip"]) {
    const how = `${protocol}, ${compression}`;
    const common = (url: string) => ({
      OTEL_SERVICE_NAME: "shop",
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_COMPRESSION: compression,
    });

    testWith(NEEDS, `startTelemetry() sends metrics over ${how}`, async () => {
      await using receiver: Receiver = start();
      const env = { ...common(receiver.url), OTEL_METRICS_EXPORTER: "otlp" };
      await withTelemetry(env, async (telemetry, reports) => {
        measure();
        await telemetry.forceFlush();
        const sold = receiver.metrics.find(({ name }) => name === "sold");
        assertEquals([sold?.kind, sold?.temporality, sold?.unit], ["sum", CUMULATIVE, "{item}"]);
        assertEquals(sold?.dataPoints, [{ attributes: { shop: "a" }, value: 3, count: 0 }]);
        assertEquals(sold?.resource["service.name"], "shop");
        const price = receiver.metrics.find(({ name }) => name === "price");
        assertEquals(price?.dataPoints, [{ attributes: {}, value: 7, count: 1 }]);
        assertMatch(telemetry.deliveries[0]!.summary(), /^Sent 3 of 3 data points to /);
        assertEquals(reports, []);
      });
    });

    testWith(NEEDS, `startTelemetry() sends log records over ${how}`, async () => {
      await using receiver: Receiver = start();
      const env = { ...common(receiver.url), OTEL_LOGS_EXPORTER: "otlp" };
      await withTelemetry(env, async (telemetry, reports) => {
        const spanContext = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 };
        context.with(
          trace.setSpanContext(context.active(), spanContext),
          () =>
            logs.getLogger("test").emit({
              severityNumber: SeverityNumber.WARN,
              severityText: "WARN",
              body: "sold out",
              attributes: { shop: "a" },
            }),
        );
        await telemetry.forceFlush();
        const [record] = receiver.logRecords;
        assertEquals(record?.body, "sold out");
        assertEquals([record?.severityNumber, record?.severityText], [13, "WARN"]);
        assertEquals([record?.traceId, record?.spanId], ["1".repeat(32), "2".repeat(16)]);
        assertEquals(record?.attributes, { shop: "a" });
        assertEquals(record?.resource["service.name"], "shop");
        assertMatch(telemetry.deliveries[0]!.summary(), /^Sent 1 of 1 log records to /);
        assertEquals(reports, []);
      });
    });
  }
}

testWith(NEEDS, "startTelemetry() uses the configured temporality and buckets", async () => {
  for (
    const [preference, expected] of [
      ["cumulative", { sold: CUMULATIVE, stock: CUMULATIVE, price: CUMULATIVE }],
      ["delta", { sold: DELTA, stock: CUMULATIVE, price: DELTA }],
      ["lowmemory", { sold: DELTA, stock: CUMULATIVE, price: DELTA }],
    ] as const
  ) {
    await using receiver = startHttpReceiver();
    await withTelemetry({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRICS_EXPORTER: "otlp",
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference,
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
        "base2_exponential_bucket_histogram",
    }, async (telemetry) => {
      measure();
      await telemetry.forceFlush();
      const got = receiver.metrics.map(({ name, temporality }) => [name, temporality]);
      assertEquals(Object.fromEntries(got), expected);
      const price = receiver.metrics.find(({ name }) => name === "price");
      assertEquals(price?.kind, "exponentialHistogram");
    });
  }
});

testWith(NEEDS, "startTelemetry() exports metrics repeatedly", async () => {
  await using receiver = startHttpReceiver();
  await withTelemetry({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_METRIC_EXPORT_INTERVAL: "20",
  }, async () => {
    measure();
    await receiver.waitUntil(({ metrics }) => metrics.length >= 6, "six metrics");
  });
});

testWith(
  NEEDS,
  "startTelemetry() serves metrics for Prometheus, and reports a port in use",
  async () => {
    const env = { OTEL_METRICS_EXPORTER: "prometheus", OTEL_EXPORTER_PROMETHEUS_PORT: "0" };
    await withTelemetry(env, async (_, reports) => {
      measure();
      metrics.getMeter("test").createHistogram("wait", { unit: "s" }).record(1);
      const [, url = ""] = /metrics at (\S+)/.exec(reports[0]!) ?? [];
      const text = await (await fetch(url)).text();
      assertMatch(text, /^sold_total\{shop="a".*\} 3$/m);
      assertMatch(text, /^price_bucket\{.*le="10"\} 1$/m);
      assertMatch(text, /^# UNIT wait_seconds seconds\n# TYPE wait_seconds histogram$/m);
      const other = await fetch(new URL("/", url));
      assertEquals([other.status, (await other.text()).includes("/metrics")], [404, true]);
    });
    using taken = Deno.listen({ hostname: "localhost", port: 0 });
    env.OTEL_EXPORTER_PROMETHEUS_PORT = String(taken.addr.port);
    await withTelemetry(env, (_, [report]) => {
      assertMatch(
        report!,
        /Cannot send metrics: cannot listen on localhost:\d+: the port is in use\. Choose another/,
      );
      return Promise.resolve();
    });
  },
);

testWith(
  NEEDS,
  "startTelemetry() limits and batches log records, and counts what is dropped",
  async () => {
    await using receiver = startHttpReceiver();
    await withTelemetry({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_LOGS_EXPORTER: "otlp",
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "9",
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: "3",
      OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: "1",
      OTEL_BLRP_MAX_QUEUE_SIZE: "4",
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: "2",
    }, async (telemetry, reports) => {
      const logger = logs.getLogger("test");
      for (let i = 0; i < 50; i++) logger.emit({ body: i, attributes: { a: "12345", b: 2 } });
      await telemetry.forceFlush();
      assertEquals(receiver.logRecords[0]?.attributes, { a: "123" });
      assertEquals(receiver.requests[0]?.logRecords.length, 2);
      const { created, sent, lost, dropped } = telemetry.deliveries[0]!;
      assertEquals([created, sent, lost], [50, receiver.logRecords.length, 0]);
      assertEquals(dropped, 50 - sent);
      assert(dropped > 0);
      assertMatch(reports.join(), /Dropping log records .* Raise --blrp-max-queue-size/);
    });
  },
);

testWith(
  NEEDS,
  "startTelemetry() prints each signal to the console if configured",
  async () => {
    const printed: unknown[] = [];
    using _ = replaceConsole("dir", (item) => printed.push(item));
    const everywhere = {
      OTEL_TRACES_EXPORTER: "console",
      OTEL_METRICS_EXPORTER: "console",
      OTEL_LOGS_EXPORTER: "console",
    };
    await withTelemetry(everywhere, async (telemetry) => {
      trace.getTracer("test").startSpan("span").end();
      logs.getLogger("test").emit({ body: "line" });
      metrics.getMeter("test").createCounter("count").add(1);
      await telemetry.forceFlush();
    });
    const text = printed.map((item) => Deno.inspect(item)).join("\n");
    for (const part of ['name: "span"', 'body: "line"', 'name: "count"']) {
      assert(
        text.includes(part),
      );
    }
  },
);

testWith(NEEDS, "three signals whose server is down report trouble once", async () => {
  await withTelemetry({
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl(),
    OTEL_EXPORTER_OTLP_TIMEOUT: "50",
  }, async (telemetry, reports) => {
    trace.getTracer("test").startSpan("span").end();
    logs.getLogger("test").emit({ body: "line" });
    measure();
    await telemetry.forceFlush();
    assertEquals(reports.length, 1, reports.join("\n"));
    assertEquals(telemetry.deliveries.map(({ sent }) => sent), [0, 0, 0]);
  });
});

/** google.rpc.Status with a message (field 2), in protobuf. */
function statusBody(message: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(message);
  return Uint8Array.of(0x12, text.length, ...text);
}

for (
  const [status, tries, consequence] of [
    [400, 1, "does not send that again; check --endpoint"],
    [401, 1, "does not send that again; check --endpoint"],
    [404, 1, "does not send that again; check --endpoint"],
    [413, 1, "does not send that again; send smaller batches with --bsp-max-export-batch-size"],
    [429, 2, "retries; if this continues"],
    [502, 2, "retries; if this continues"],
    [503, 2, "retries; if this continues"],
    [504, 2, "retries; if this continues"],
  ] as const
) {
  for (const protocol of ["http/protobuf", "http/json"] as const) {
    testWith(
      NEEDS,
      `an answer ${status} over ${protocol} is reported with its reason`,
      async () => {
        const isJson = protocol === "http/json";
        let requests = 0;
        await using receiver = startHttpReceiver({
          answer: () => {
            if (++requests > 1 && tries > 1) return {};
            return {
              status,
              headers: {
                "retry-after": "0",
                "content-type": isJson ? "application/json" : "application/x-protobuf",
              },
              body: isJson ? JSON.stringify({ message: "no more" }) : statusBody("no more"),
            };
          },
        });
        await withTelemetry({
          OTEL_TRACES_EXPORTER: "otlp",
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        }, async (telemetry, reports) => {
          trace.getTracer("test").startSpan("span").end();
          await telemetry.forceFlush();
          assertEquals(receiver.requests.length, tries);
          const told =
            `answered ${status} [\\w -]+: no more\\. The app continues and ${consequence}`;
          assertMatch(reports[0]!, new RegExp(told));
          assertEquals(telemetry.deliveries[0]?.sent, tries - 1);
          assertEquals(telemetry.deliveries[0]?.summary().includes("lost 1"), tries === 1);
        });
      },
    );
  }
}

testWith(NEEDS, "the zipkin exporter sends spans, and counts those that are refused", async () => {
  const statuses = [202, 500];
  const received: { name: string }[] = [];
  await using zipkin = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (r) => {
      received.push(...await r.json());
      return new Response(null, { status: statuses.shift() ?? 202 });
    },
  );
  await withTelemetry({
    OTEL_TRACES_EXPORTER: "zipkin",
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: `http://127.0.0.1:${zipkin.addr.port}/api/v2/spans`,
  }, async (telemetry, reports) => {
    for (const name of ["first", "second"]) {
      trace.getTracer("test").startSpan(name).end();
      await telemetry.forceFlush();
    }
    assertEquals(received.map(({ name }) => name), ["first", "second"]);
    const [delivery] = telemetry.deliveries;
    assertEquals([delivery?.created, delivery?.sent, delivery?.lost], [2, 1, 1]);
    assertMatch(reports[0]!, /the server answered 500 Internal Server Error/);
  });
});
