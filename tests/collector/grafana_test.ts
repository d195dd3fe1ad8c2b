// cspell:ignore untimed
import { assert, assertEquals } from "@std/assert";
import type { ZipkinSpan } from "../../lib/collector/zipkin/spans.ts";
import { encodeMessage } from "../../lib/otlp/encode.ts";
import type { TracesData } from "../../lib/otlp/json.ts";
import { createTestApi } from "../helpers/query_api.ts";
import { recordedCalls } from "../helpers/recorded_trace.ts";

/**
 * The requests of Grafana's data sources, as built in their sources, and the members that they read:
 * `pkg/jaeger` (`client.go`, `grpc_client.go`) of https://github.com/grafana/grafana-jaeger-datasource,
 * and `pkg/zipkin` (`client.go`) of https://github.com/grafana/grafana-zipkin-datasource.
 */

const ID = "4bf92f3577b34da6a3ce929d0e0e4736";
const NOW = Date.now();
const [FROM, TO] = [NOW - 3_600_000, NOW + 60_000];
/** The plugin doesn't encode times. */
const ISO = { from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() };

async function openFilled() {
  const api = createTestApi();
  await api.store.add("traces", encodeMessage("TracesData", recordedCalls(ID)));
  return {
    async get(path: string) {
      const { status, body } = await api.read(path);
      assertEquals(status, 200, path);
      return body;
    },
    [Symbol.dispose]: () => api[Symbol.dispose](),
  };
}

Deno.test("Grafana's Jaeger data source lists services and operations", async () => {
  using grafana = await openFilled();
  // The health check sends the same request.
  assertEquals((await grafana.get("/api/services")).data, ["Shop", "Stock"]);
  assertEquals(
    (await grafana.get("/api/services/Shop/operations")).data,
    ["GET", "GET /Items", "SELECT", "work"],
  );
});

Deno.test("Grafana's Jaeger data source lists operations of a service with a slash", async () => {
  using api = createTestApi();
  const attributes = [{ key: "service.name", value: { stringValue: "shops/eu west" } }];
  const [{ scopeSpans = [] } = {}] = recordedCalls(ID).resourceSpans ?? [];
  const traces = { resourceSpans: [{ resource: { attributes }, scopeSpans }] };
  await api.store.add("traces", encodeMessage("TracesData", traces));
  // It joins the name to the path without encoding its slashes.
  for (const name of ["shops/eu%20west", "shops%2Feu%20west"]) {
    const { status, body } = await api.read(`/api/services/${name}/operations`);
    assertEquals([status, body.data?.includes("SELECT")], [200, true], name);
  }
});

/** Searches, with the number of traces to find. */
const JAEGER_SEARCHES: [params: Record<string, string>, count: number][] = [
  [{ service: "Shop", limit: "20" }, 1],
  [{ service: "Shop", operation: "SELECT" }, 1],
  [{ service: "Shop", operation: "GET /more" }, 0],
  [{ service: "Shop", tags: '{"error":"true","http.route":"/Items"}' }, 1],
  [{ service: "Shop", tags: '{"http.route":"/other"}' }, 0],
  [{ service: "Stock", minDuration: "5ms", maxDuration: "40ms" }, 1],
  [{ service: "Stock", minDuration: "1.5s" }, 0],
];
for (const [params, count] of JAEGER_SEARCHES) {
  Deno.test(`Grafana's Jaeger data source searches ${JSON.stringify(params)}`, async () => {
    using grafana = await openFilled();
    const times = { start: String(FROM * 1000), end: String(TO * 1000) };
    const { data } = await grafana.get(
      `/api/traces?${new URLSearchParams({ ...params, ...times })}`,
    );
    assertEquals(data.length, count);
    // Versions before 12.1 sent no time range.
    const { data: latest } = await grafana.get(`/api/traces?${new URLSearchParams(params)}`);
    assertEquals(latest.length, count);
  });
}

Deno.test("Grafana's Jaeger data source reads one trace", async () => {
  using grafana = await openFilled();
  for (const path of [`/api/traces/${ID}`, `/api/traces/${ID}?end=${TO}&start=${FROM}`]) {
    const { data: [trace] } = await grafana.get(path);
    assertEquals([trace.traceID, trace.spans.length, trace.warnings], [ID, 6, null]);
    const span = trace.spans.find(({ operationName }: Named) => operationName === "GET /stock");
    assertEquals(trace.processes[span.processID], { serviceName: "Stock", tags: [] });
    assertEquals(span.references, [
      { refType: "CHILD_OF", traceID: ID, spanID: "a000000000000002" },
    ]);
    assertEquals(span.duration, 10_000);
    assert(Number.isInteger(span.startTime));
    for (const list of [span.logs, span.tags]) assert(Array.isArray(list));
  }
});

Deno.test("Grafana's Jaeger data source draws the dependency graph", async () => {
  using grafana = await openFilled();
  const { data, errors } = await grafana.get(
    `/api/dependencies?endTs=${TO}&lookback=${TO - FROM}`,
  );
  const calls = data.toSorted((a: { child: string }, b: { child: string }) =>
    a.child < b.child ? -1 : 1
  );
  assertEquals(calls, [
    { parent: "Shop", child: "Shop", callCount: 3 },
    { parent: "Shop", child: "Stock", callCount: 2 },
  ]);
  assertEquals(errors, null);
});

Deno.test("Grafana's Jaeger data source works with the newer API, too", async () => {
  using grafana = await openFilled();
  assertEquals((await grafana.get("/api/v3/services")).services, ["Shop", "Stock"]);
  const { operations } = await grafana.get("/api/v3/operations?service=Stock");
  assertEquals(operations.map(({ name }: { name: string }) => name), ["GET /more", "GET /stock"]);
  const params = new URLSearchParams({
    "query.service_name": "Shop",
    "query.operation_name": "SELECT",
    "query.attributes": '{"span.kind":"client","peer.service":"Database"}',
    "query.duration_min": "10ms",
    "query.duration_max": "1s",
  });
  const times = `query.start_time_min=${ISO.from}&query.start_time_max=${ISO.to}`;
  assertEquals(countSpans((await grafana.get(`/api/v3/traces?${params}&${times}`)).result), 6);
  const path = `/api/v3/traces/${ID}`;
  for (const query of ["", `?start_time=${ISO.from}&end_time=${ISO.to}`]) {
    assertEquals(countSpans((await grafana.get(path + query)).result), 6);
  }
});

Deno.test("Grafana's Zipkin data source lists names, and finds and reads traces", async () => {
  using grafana = await openFilled();
  assertEquals(await grafana.get("/api/v2/services"), ["shop", "stock"]);
  const names = await grafana.get("/api/v2/spans?serviceName=shop");
  assertEquals(names, ["get", "get /items", "select", "work"]);
  const search = new URLSearchParams({ serviceName: "shop", spanName: "get /items" });
  const traces: ZipkinSpan[][] = await grafana.get(`/api/v2/traces?${search}`);
  assertEquals(traces.map((spans) => spans[0]?.traceId), [ID]);
  const spans: ZipkinSpan[] = await grafana.get(`/api/v2/trace/${ID}`);
  assertEquals(spans.length, 6);
  const failed = spans.find(({ name }) => name === "get /items");
  assertEquals([failed?.kind, failed?.duration, failed?.tags.error], [
    "SERVER",
    100_000,
    "Division by zero",
  ]);
  assertEquals(failed?.localEndpoint?.serviceName, "shop");
  for (const { timestamp } of failed?.annotations ?? []) assert(Number.isInteger(timestamp));
});

interface Named {
  operationName: string;
}

function countSpans({ resourceSpans = [] }: TracesData): number {
  return resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans)
    .reduce((sum, { spans = [] }) => sum + spans.length, 0);
}
