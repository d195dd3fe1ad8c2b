import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_RESPONSE_HEADER,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVICE_NAME,
} from "@opentelemetry/semantic-conventions";
import { needsBackends } from "./helpers/backends.ts";
import { testIf } from "./helpers/needs.ts";
import { eventually, type Json } from "./helpers/poll.ts";
import { withApp } from "./helpers/program.ts";

const NEEDS = ["net", "env", "read", "run", "signals"] as const;
const BACKENDS = await needsBackends();

/** The URLs of collector-demo. */
const JAEGER = "http://127.0.0.1:16686/api/v3";
const ZIPKIN = "http://127.0.0.1:9411/api/v2/trace";
const PROMETHEUS = "http://127.0.0.1:9090/api/v1/query";

/** Flags that mode auto needs; mode middleware records all headers anyway. */
const ALL_HEADERS = ["request", "response"].map((side) =>
  `--instrumentation-http-capture-headers-server-${side}=.*`
);

/** The value in OTLP, which is what Jaeger returns. */
const SPAN_KIND_SERVER = 2;

for (const protocol of ["grpc", "http/protobuf"] as const) {
  for (
    const [mode, service] of [
      ["manual", "MyHonoAppInProductionManual"],
      ["middleware", "MyHonoAppInProductionContrib"],
      ["auto", "MyHonoAppInProductionAuto"],
    ] as const
  ) {
    testIf(
      BACKENDS,
      NEEDS,
      `a trace from mode ${mode} reaches Jaeger and Zipkin over ${protocol}`,
      async () => {
        const traceId = crypto.randomUUID().replaceAll("-", "");
        const port = protocol === "grpc" ? 4317 : 4318;
        const flags = [
          `--endpoint=http://127.0.0.1:${port}`,
          `--protocol=${protocol}`,
          "--traces-exporter=otlp,console",
          ...mode === "auto" ? ALL_HEADERS : [],
        ];
        let sent = traceId;
        await withApp(["serve", "--mode", mode, ...flags], {}, async ({ url, stop }) => {
          const traceparent = `00-${traceId}-1234567890123456-01`;
          await (await fetch(`${url}/error`, { headers: { traceparent } })).text();
          const { stderr, stdout } = await stop();
          assert(stderr.includes("Sent 1 of 1 spans"), stderr);
          // Manual spans don't continue a trace, so take the trace ID from the output.
          if (mode === "manual") sent = /traceId: "(\w+)"/.exec(stdout)?.[1] ?? "";
        });

        const { result } = await eventually(`${JAEGER}/traces/${sent}`, (body) => body.result);
        const [resourceSpans] = result.resourceSpans;
        const [span] = resourceSpans.scopeSpans[0].spans;
        assertEquals(span.name, mode === "manual" ? "root" : "GET /error");
        assertEquals(span.status, { code: 2, message: "Division by zero" });
        // Both happen within a millisecond, so Jaeger returns them in any order.
        const events = span.events.map(({ name }: Json) => name).toSorted();
        assertEquals(events, mode === "manual" ? ["exception", "root_event"] : ["exception"]);
        assertEquals(attributeOf(resourceSpans.resource, ATTR_SERVICE_NAME).stringValue, service);
        if (mode !== "manual") {
          assertEquals(span.kind, SPAN_KIND_SERVER);
          assertEquals(attributeOf(span, ATTR_HTTP_RESPONSE_STATUS_CODE).intValue, "500");
          const header = attributeOf(span, ATTR_HTTP_REQUEST_HEADER("traceparent"));
          assertMatch(header.arrayValue.values[0].stringValue, new RegExp(traceId));
          assert(attributeOf(span, ATTR_HTTP_RESPONSE_HEADER("content-type")));
        }
        await eventually(`${JAEGER}/services`, (body) => body.services.includes(service));

        const [zipkinSpan] = await eventually(`${ZIPKIN}/${sent}`, (body) => body.length > 0);
        assertEquals(zipkinSpan.name, span.name.toLowerCase());
        // Zipkin shows service names in lowercase.
        assertEquals(zipkinSpan.localEndpoint.serviceName, service.toLowerCase());
      },
    );
  }
}

testIf(BACKENDS, NEEDS, "Prometheus shows the Collector's span counter increasing", async () => {
  const query = `${PROMETHEUS}?query=sum(otelcol_receiver_accepted_spans)`;
  const count = (body: PrometheusAnswer) => Number(body.data.result[0]?.value[1] ?? 0);
  const before = count(await (await fetch(query)).json());
  const flags = ["--endpoint=http://127.0.0.1:4318", "--service-name=otel-kit-test-counter"];
  await withApp(["auto", ...flags], {}, async ({ url, stop }) => {
    for (let i = 0; i < 5; i++) await (await fetch(url)).text();
    await stop();
  });
  await eventually(query, (body) => count(body) >= before + 5);
});

for (const protocol of ["grpc", "http/protobuf", "http/json"] as const) {
  testIf(BACKENDS, NEEDS, `the Collector accepts all three signals over ${protocol}`, async () => {
    const service = `otel-kit-test-${crypto.randomUUID()}`;
    const flags = [
      `--endpoint=http://127.0.0.1:${protocol === "grpc" ? 4317 : 4318}`,
      `--protocol=${protocol}`,
      `--service-name=${service}`,
    ];
    await withApp(["auto", ...flags], {}, async ({ url, stop }) => {
      await (await fetch(`${url}/error`)).text();
      const { stderr } = await stop();
      for (const sent of ["1 of 1 spans", "2 of 2 data points", "1 of 1 log records"]) {
        assert(stderr.includes(`Sent ${sent}`), stderr);
      }
    });
    // As in the tutorial: the app sends to the Collector, and Prometheus scrapes that.
    const query = `http_server_request_duration_seconds_count{exported_job="${service}"}`;
    const { data } = await eventually(
      `${PROMETHEUS}?query=${encodeURIComponent(query)}`,
      (body: PrometheusAnswer) => body.data.result.length > 0,
    );
    assertEquals(data.result[0].value[1], "1");
    // A histogram with the buckets that the conventions recommend; the last one is +Inf.
    const buckets = query.replace("_count", "_bucket");
    const answer = await eventually(
      `${PROMETHEUS}?query=${encodeURIComponent(buckets)}`,
      (body: PrometheusAnswer) => body.data.result.length > 0,
    );
    assertEquals(answer.data.result.length, 15);
  });
}

interface PrometheusAnswer {
  data: { result: { value: [number, string] }[] };
}

function attributeOf({ attributes }: Json, name: string): Json {
  return attributes.find(({ key }: Json) => key === name)?.value;
}
