import { assert, assertEquals } from "@std/assert";
import { areGranted, type Condition, testIf } from "./helpers/needs.ts";
import { withApp } from "./helpers/program.ts";

const NEEDS = ["net", "env", "read", "run"] as const;
const BACKENDS = await needsBackends();

/** The addresses of collector-demo. */
const JAEGER = "http://127.0.0.1:16686/api/v3/traces";
const ZIPKIN = "http://127.0.0.1:9411/api/v2/trace";
const PROMETHEUS = "http://127.0.0.1:9090/api/v1/query";

/** How long the way through a Collector and into a backend may take. */
const PATIENCE_MS = 30_000;
const POLL_MS = 100;

for (const protocol of ["grpc", "http/protobuf"] as const) {
  for (const mode of ["manual", "middleware", "auto"]) {
    testIf(
      BACKENDS,
      NEEDS,
      `a trace of mode ${mode} gets to Jaeger and Zipkin over ${protocol}`,
      async () => {
        const traceId = crypto.randomUUID().replaceAll("-", "");
        const port = protocol === "grpc" ? 4317 : 4318;
        const flags = [
          `--endpoint=http://127.0.0.1:${port}`,
          `--protocol=${protocol}`,
          `--service-name=otel-kit-test-${mode}`,
          "--traces-exporter=otlp,console",
        ];
        let sent = traceId;
        await withApp(["serve", "--mode", mode, ...flags], {}, async ({ url, stop }) => {
          const traceparent = `00-${traceId}-1234567890123456-01`;
          await (await fetch(`${url}/error`, { headers: { traceparent } })).text();
          const { stderr, stdout } = await stop();
          assert(stderr.includes("Sent 1 of 1 spans"), stderr);
          // Manual spans continue no trace, so theirs is known by what was printed.
          if (mode === "manual") sent = /traceId: "(\w+)"/.exec(stdout)?.[1] ?? "";
        });

        const { result } = await eventually(`${JAEGER}/${sent}`, (body) => body.result);
        const [resourceSpans] = result.resourceSpans;
        const [span] = resourceSpans.scopeSpans[0].spans;
        assertEquals(span.name, mode === "manual" ? "root" : "GET /error");
        assertEquals(span.status, { code: 2, message: "Division by zero" });
        assert(span.events.some((event: Json) => event.name === "exception"));
        const service = resourceSpans.resource.attributes.find(
          ({ key }: { key: string }) => key === "service.name",
        );
        assertEquals(service.value.stringValue, `otel-kit-test-${mode}`);

        const [zipkinSpan] = await eventually(`${ZIPKIN}/${sent}`, (body) => body.length > 0);
        assertEquals(zipkinSpan.name, span.name.toLowerCase());
        assertEquals(zipkinSpan.localEndpoint.serviceName, `otel-kit-test-${mode}`);
      },
    );
  }
}

testIf(BACKENDS, NEEDS, "Prometheus sees the Collector's counter of spans grow", async () => {
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
  testIf(BACKENDS, NEEDS, `the Collector takes all three signals over ${protocol}`, async () => {
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
    // The way of the tutorial: from the app to the Collector, and Prometheus asks that.
    const query = `http_server_request_duration_seconds_count{exported_job="${service}"}`;
    const { data } = await eventually(
      `${PROMETHEUS}?query=${encodeURIComponent(query)}`,
      (body: PrometheusAnswer) => body.data.result.length > 0,
    );
    assertEquals(data.result[0].value[1], "1");
  });
}

interface PrometheusAnswer {
  data: { result: { value: [number, string] }[] };
}

// deno-lint-ignore no-explicit-any -- each backend's own JSON.
type Json = any;

/** Asks again until the answer is as wanted: a backend stores in its own time. */
async function eventually(url: string, wanted: (body: Json) => boolean): Promise<Json> {
  const deadline = Date.now() + PATIENCE_MS;
  while (true) {
    const response = await fetch(url);
    const text = await response.text();
    if (response.ok && wanted(JSON.parse(text))) return JSON.parse(text);
    if (Date.now() > deadline) throw new Error(`No such answer from ${url}, but: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The four servers of collector-demo must be running. */
async function needsBackends(): Promise<Condition> {
  if (!areGranted(["net"])) return { missing: undefined };
  const health = {
    Collector: "http://127.0.0.1:13133/",
    Jaeger: "http://127.0.0.1:16686/api/v3/services",
    Zipkin: "http://127.0.0.1:9411/health",
    Prometheus: "http://127.0.0.1:9090/-/ready",
  };
  const missing: string[] = [];
  for (const [name, url] of Object.entries(health)) {
    const response = await fetch(url).catch(() => undefined);
    await response?.body?.cancel();
    if (!response?.ok) missing.push(name);
  }
  return {
    missing: missing.length > 0
      ? `${missing.join(", ")} not running, see collector-demo`
      : undefined,
  };
}
