import {
  context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  trace,
} from "@opentelemetry/api";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { isBlockedPort } from "../../lib/connection_failure.ts";
import { planFromSettings } from "../../lib/telemetry/plan.ts";
import { type Environment, readSettings } from "../../lib/telemetry/read_settings.ts";
import { startTelemetry, type Telemetry } from "../../lib/telemetry/sdk.ts";
import { replaceConsole } from "../helpers/console.ts";
import { testWith } from "../helpers/needs.ts";
import { closedUrl } from "../helpers/ports.ts";
import { type Receiver, startGrpcReceiver, startHttpReceiver } from "../helpers/receiver.ts";
import { TLS_FILES } from "../helpers/tls_files.ts";

const START = { needs: ["env", "sys", "read"] as const };
const SEND = { needs: ["env", "sys", "read", "net"] as const };

async function withTelemetry(
  env: Environment,
  use: (telemetry: Telemetry, reports: string[]) => Promise<void>,
): Promise<void> {
  const reports: string[] = [];
  // Each test is about one signal; the others go nowhere by default.
  const plan = planFromSettings(readSettings({
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    ...env,
  }));
  const telemetry = await startTelemetry(plan.configuration, {
    report: (message) => reports.push(message),
    logLevel: plan.logLevel,
  });
  try {
    await use(telemetry, reports);
  } finally {
    await telemetry.shutdown();
  }
}

const PROTOCOLS = [
  { protocol: "http/protobuf", start: startHttpReceiver, path: "/v1/traces" },
  { protocol: "http/json", start: startHttpReceiver, path: "/v1/traces" },
  {
    protocol: "grpc",
    start: startGrpcReceiver,
    path: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
  },
] as const;

for (const { protocol, start, path } of PROTOCOLS) {
  for (const compression of ["none", "gzip"]) {
    for (const tls of [false, true]) {
      const how = `${protocol}, ${compression}, ${tls ? "TLS" : "plain"}`;
      testWith(SEND.needs, `startTelemetry() sends spans over ${how}`, async () => {
        await using receiver: Receiver = start({ tls });
        await withTelemetry({
          OTEL_SERVICE_NAME: "shop",
          OTEL_RESOURCE_ATTRIBUTES: "team=a%20b,service.name=other",
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
          OTEL_EXPORTER_OTLP_COMPRESSION: compression,
          OTEL_EXPORTER_OTLP_HEADERS: "x-token=s3cr3t",
          ...tls && { OTEL_EXPORTER_OTLP_CERTIFICATE: TLS_FILES.ca },
        }, async (telemetry, reports) => {
          const tracer = trace.getTracer("test", "1.2.3");
          const outer = tracer.startSpan("outer", {
            attributes: { n: 1, list: ["é", "b"], yes: true },
          });
          tracer.startSpan("inner", {}, trace.setSpan(context.active(), outer)).end();
          outer.addEvent("event", { half: 0.5 }).setStatus({ code: 2, message: "broken" }).end();
          await telemetry.forceFlush();

          assertEquals(receiver.spans.map(({ name }) => name), ["inner", "outer"]);
          const [inner, received] = receiver.spans;
          assertEquals(received?.resource["service.name"], "shop");
          assertEquals(received?.resource["team"], "a b");
          assertEquals(received?.scope, { name: "test", version: "1.2.3" });
          assertEquals(received?.attributes, { n: 1, list: ["é", "b"], yes: true });
          assertEquals(received?.events.map(({ name, attributes }) => ({ name, attributes })), [
            { name: "event", attributes: { half: 0.5 } },
          ]);
          assertEquals(received?.status, { code: 2, message: "broken" });
          assertEquals(received?.traceId, outer.spanContext().traceId);
          assertEquals(inner?.parentSpanId, outer.spanContext().spanId);
          const [request] = receiver.requests;
          assertEquals(request?.path, path);
          assertEquals(request?.headers["x-token"], "s3cr3t");
          assertEquals(reports, []);
          assertEquals(telemetry.deliveries.map(({ created, sent }) => [created, sent]), [[2, 2]]);
        });
      });
    }
  }
}

testWith(SEND.needs, "startTelemetry() uses a client certificate and its key", async () => {
  for (const { protocol, start } of PROTOCOLS) {
    await using receiver: Receiver = start({ tls: true });
    await withTelemetry({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_CERTIFICATE: TLS_FILES.ca,
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: TLS_FILES.clientCert,
      OTEL_EXPORTER_OTLP_CLIENT_KEY: TLS_FILES.clientKey,
    }, async (telemetry) => {
      trace.getTracer("test").startSpan("mutual").end();
      await telemetry.forceFlush();
      assertEquals(receiver.spans.length, 1);
    });
  }
});

testWith(
  SEND.needs,
  "startTelemetry() explains why it does not trust a server",
  async () => {
    for (const { protocol, start } of PROTOCOLS) {
      await using receiver: Receiver = start({ tls: true });
      await withTelemetry({
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_TIMEOUT: "500",
      }, async (telemetry, reports) => {
        trace.getTracer("test").startSpan("untrusted").end();
        await telemetry.forceFlush().catch(() => {});
        assert(reports[0]?.includes("certificate is not trusted"), reports.join());
        assertEquals(telemetry.deliveries[0]?.sent, 0);
      });
    }
  },
);

testWith(SEND.needs, "startTelemetry() reports once that nothing answers", async () => {
  for (const { protocol } of PROTOCOLS) {
    await withTelemetry({
      OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl(),
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_TIMEOUT: "50",
    }, async (telemetry, reports) => {
      for (let i = 0; i < 3; i++) {
        trace.getTracer("test").startSpan("lost").end();
        await telemetry.forceFlush().catch(() => {});
      }
      assertEquals(reports.length, 1);
      assert(reports[0]!.includes("connection refused"), reports[0]);
      assert(telemetry.deliveries[0]!.summary().includes("Sent 0 of 3 spans"));
    });
  }
});

testWith(SEND.needs, "startTelemetry() gives up on a server that never answers", async () => {
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  for (const scheme of ["http", "https"]) {
    for (const { protocol } of PROTOCOLS) {
      await withTelemetry({
        OTEL_EXPORTER_OTLP_ENDPOINT: `${scheme}://127.0.0.1:${silent.addr.port}`,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_TIMEOUT: "50",
      }, async (telemetry, reports) => {
        trace.getTracer("test").startSpan("lost").end();
        await telemetry.forceFlush();
        assert(reports[0]?.includes("no answer in time"), `${scheme} ${protocol}: ${reports}`);
      });
    }
  }
});

testWith(SEND.needs, "startTelemetry() sends once to a port that fetch blocks", async () => {
  const endpoint = "http://127.0.0.1:6000";
  // Not every version of Deno enforces the list of blocked ports.
  const isBlocked = isBlockedPort(await fetch(endpoint).catch((error) => error));
  for (const { protocol } of PROTOCOLS) {
    await withTelemetry({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      ...!isBlocked && { OTEL_EXPORTER_OTLP_TIMEOUT: "50" },
    }, async (telemetry, reports) => {
      trace.getTracer("test").startSpan("lost").end();
      await telemetry.forceFlush();
      assertMatch(
        reports[0]!,
        isBlocked
          ? /port 6000, .*; choose another port\. The app continues and does not send that again/
          : /connection refused\. The app continues and retries/,
      );
    });
  }
});

testWith(SEND.needs, "startTelemetry() finds out that HTTP went to a gRPC port", async () => {
  await using receiver = startGrpcReceiver();
  await withTelemetry({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_TIMEOUT: "100",
  }, async (telemetry, reports) => {
    trace.getTracer("test").startSpan("lost").end();
    await telemetry.forceFlush();
    assert(reports[0]?.includes("it may be a gRPC port"), reports.join());
  });
});

testWith(SEND.needs, "startTelemetry() passes on the reason that a gRPC server gives", async () => {
  await using receiver = startGrpcReceiver({
    answer: () => ({ grpcStatus: 16, grpcMessage: "no%20token" }),
  });
  await withTelemetry({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
  }, async (telemetry, reports) => {
    trace.getTracer("test").startSpan("refused").end();
    await telemetry.forceFlush().catch(() => {});
    assert(reports[0]?.includes("gRPC status 16: no token"), reports.join());
    assert(reports[0]?.includes("check --endpoint"), reports.join());
    assertEquals(receiver.requests.length, 1);
  });
});

/** A `google.rpc.Status` with a `RetryInfo` whose delay is zero. */
const RETRY_AT_ONCE = statusWithRetryInfo();

function statusWithRetryInfo(): string {
  const type = new TextEncoder().encode("type.googleapis.com/google.rpc.RetryInfo");
  const info = [0x0a, type.length, ...type, 0x12, 2, 0x0a, 0];
  return btoa(String.fromCharCode(0x1a, info.length, ...info));
}

for (
  const [what, answer, tries] of [
    ["UNAVAILABLE", { grpcStatus: 14, grpcDetails: RETRY_AT_ONCE }, 2],
    ["RESOURCE_EXHAUSTED with RetryInfo", { grpcStatus: 8, grpcDetails: RETRY_AT_ONCE }, 2],
    ["RESOURCE_EXHAUSTED without RetryInfo", { grpcStatus: 8 }, 1],
    ["INVALID_ARGUMENT", { grpcStatus: 3, grpcDetails: RETRY_AT_ONCE }, 1],
    ["UNIMPLEMENTED", { grpcStatus: 12 }, 1],
    ["HTTP 503 of a proxy", { status: 503 }, 2],
    ["HTTP 404 of a proxy", { status: 404 }, 1],
  ] as const
) {
  testWith(
    SEND.needs,
    `startTelemetry() over gRPC sends ${tries === 1 ? "once" : "again"} after ${what}`,
    async () => {
      const answers = [answer];
      await using receiver = startGrpcReceiver({ answer: () => answers.shift() ?? {} });
      await withTelemetry({
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      }, async (telemetry) => {
        trace.getTracer("test").startSpan("span").end();
        await telemetry.forceFlush();
        assertEquals(receiver.requests.length, tries);
        assertEquals(telemetry.deliveries[0]?.sent, tries - 1);
      });
    },
  );
}

testWith(
  SEND.needs,
  "startTelemetry() retries 503 as the server asks, and gives up on 400",
  async () => {
    const statuses = [503, 200, 400];
    await using receiver = startHttpReceiver({
      answer: () => ({ status: statuses.shift() ?? 200, headers: { "retry-after": "0" } }),
    });
    await withTelemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, async (telemetry) => {
      for (let i = 0; i < 2; i++) {
        trace.getTracer("test").startSpan("span").end();
        await telemetry.forceFlush().catch(() => {});
      }
      assertEquals(receiver.requests.length, 3);
      assertEquals(
        telemetry.deliveries[0]?.summary().replace(/ to \S+,/, ","),
        "Sent 1 of 2 spans, lost 1: the server answered 400 Bad Request",
      );
    });
  },
);

testWith(
  START.needs,
  "startTelemetry() leaves out an exporter whose files cannot be used",
  async () => {
    const { clientCert, clientKey, key } = TLS_FILES;
    const cases: [env: Record<string, string>, reason: string][] = [
      [
        { OTEL_EXPORTER_OTLP_CERTIFICATE: "/nowhere.pem" },
        'cannot read "/nowhere.pem": there is no such file',
      ],
      [
        { OTEL_EXPORTER_OTLP_CLIENT_KEY: clientKey },
        "mutual TLS needs both client certificate and client key",
      ],
      [
        { OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: clientCert, OTEL_EXPORTER_OTLP_CLIENT_KEY: key },
        `"${key}" is not the key of "${clientCert}"`,
      ],
    ];
    for (const [env, reason] of cases) {
      await withTelemetry(env, (telemetry, reports) => {
        assertEquals(reports, [`Cannot send spans: ${reason}. The app continues without them`]);
        assertEquals(telemetry.deliveries, []);
        return Promise.resolve();
      });
    }
  },
);

testWith(START.needs, "startTelemetry() does nothing but propagate when disabled", async () => {
  await withTelemetry({ OTEL_SDK_DISABLED: "true" }, (telemetry) => {
    const traceparent = "00-12345678901234567890123456789012-1234567890123456-01";
    const extracted = propagation.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);
    const span = trace.getTracer("test").startSpan("none", {}, extracted);
    assertEquals(span.isRecording(), false);
    const carrier: Record<string, string> = {};
    propagation.inject(trace.setSpan(extracted, span), carrier, defaultTextMapSetter);
    assertEquals(carrier.traceparent, traceparent);
    assertEquals(telemetry.deliveries, []);
    return Promise.resolve();
  });
});

testWith(START.needs, "startTelemetry() uses the configured propagators", async () => {
  const spanContext = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 };
  const inContext = trace.setSpanContext(ROOT_CONTEXT, spanContext);
  for (
    const [names, expected] of [
      ["tracecontext,baggage", ["traceparent"]],
      ["b3", ["b3"]],
      ["b3multi", ["x-b3-traceid", "x-b3-spanid", "x-b3-sampled"]],
      ["tracecontext,b3", ["traceparent", "b3"]],
      ["none", []],
    ] as const
  ) {
    await withTelemetry({ OTEL_PROPAGATORS: names, OTEL_TRACES_EXPORTER: "none" }, () => {
      const carrier: Record<string, string> = {};
      propagation.inject(inContext, carrier, defaultTextMapSetter);
      assertEquals(Object.keys(carrier), [...expected]);
      return Promise.resolve();
    });
  }
});

testWith(SEND.needs, "startTelemetry() samples and limits as configured", async () => {
  await using receiver = startHttpReceiver();
  await withTelemetry({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_TRACES_SAMPLER: "traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0",
  }, async (telemetry) => {
    trace.getTracer("test").startSpan("not sampled").end();
    await telemetry.forceFlush();
  });
  await withTelemetry({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "3",
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: "2",
    OTEL_SPAN_EVENT_COUNT_LIMIT: "1",
    OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: "1",
  }, async (telemetry) => {
    const span = trace.getTracer("test").startSpan("limited");
    span.setAttributes({ a: "12345", b: 2, c: 3 });
    span.addEvent("first").addEvent("last", { a: 1, b: 2 }).end();
    await telemetry.forceFlush();
  });
  const [limited] = receiver.spans;
  assertEquals(receiver.spans.length, 1);
  assertEquals(limited?.attributes, { a: "123", b: 2 });
  assertEquals(limited?.events.map(({ name, attributes }) => ({ name, attributes })), [
    { name: "last", attributes: { a: 1 } },
  ]);
});

testWith(SEND.needs, "startTelemetry() counts what a full queue drops", async () => {
  await using receiver = startHttpReceiver();
  await withTelemetry({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_MAX_QUEUE_SIZE: "10",
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "10",
  }, async (telemetry, reports) => {
    for (let i = 0; i < 1000; i++) trace.getTracer("test").startSpan("span").end();
    await telemetry.forceFlush();
    const { created, sent, lost, dropped } = telemetry.deliveries[0]!;
    assertEquals([created, sent, lost], [1000, receiver.spans.length, 0]);
    assertEquals(dropped, 1000 - sent);
    assert(dropped > 0);
    assert(telemetry.deliveries[0]!.summary().endsWith(`, dropped ${dropped}: the queue was full`));
    assertEquals(reports.length, 1);
    assert(reports[0]!.startsWith("Dropping spans for"));
  });
});

testWith(
  START.needs,
  "startTelemetry() describes the process, and not its command line",
  async () => {
    const lines: string[] = [];
    using _ = replaceConsole("dir", (span) => lines.push(JSON.stringify(span)));
    await withTelemetry({ OTEL_TRACES_EXPORTER: "console" }, async (telemetry) => {
      trace.getTracer("test").startSpan("described").end();
      await telemetry.forceFlush();
    });
    const { resource } = JSON.parse(lines[0]!);
    const keys = Object.keys(resource.attributes);
    for (
      const key of [
        "service.name",
        "service.instance.id",
        "telemetry.sdk.name",
        "process.pid",
        "process.executable.name",
        "process.runtime.name",
        "os.type",
        "host.name",
      ]
    ) assert(keys.includes(key), key);
    assertEquals(keys.filter((key) => key.startsWith("process.command")), []);
  },
);
