import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createCollector } from "../../lib/collector/collector.ts";
import { testWith } from "../helpers/needs.ts";

const PAGE = { headers: { accept: "text/html,application/xhtml+xml" } };

testWith(["net", "read"], "the page's port also answers as Zipkin and Prometheus", async () => {
  await using collector = await createCollector({
    httpPort: 0,
    grpcPort: 0,
    uiPort: 0,
    store: { maxTraces: 10, maxBytes: 1024 ** 2 },
  });
  const read = async (path: string, init?: RequestInit) => {
    const response = await fetch(collector.uiUrl + path, init);
    return { status: response.status, text: await response.text() };
  };
  const service = { key: "service.name", value: { stringValue: "Shop" } };
  const span = { traceId: "a".repeat(32), spanId: "b".repeat(16), name: "GET /" };
  const sent = await fetch(`${collector.httpUrl}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      resourceSpans: [{ resource: { attributes: [service] }, scopeSpans: [{ spans: [span] }] }],
    }),
  });
  assertEquals([sent.status, await sent.text()], [200, "{}"]);

  assertEquals((await read("/api/v2/services")).text, '["shop"]');
  assertEquals((await read("/zipkin/api/v2/services")).text, '["shop"]');
  assertMatch((await read(`/api/v2/trace/${span.traceId}`)).text, /"name":"get \/"/);
  assertEquals((await read("/-/ready")).status, 200);
  for (const query of ["up", "otelcol_receiver_accepted_spans"]) {
    const { data } = JSON.parse((await read(`/api/v1/query?query=${query}`)).text);
    assertEquals(data.result.map(({ value }: { value: unknown[] }) => value[1]), ["1"], query);
  }
  assertStringIncludes((await read("/metrics")).text, "otelcol_receiver_accepted_spans 1\n");
  // In a browser this path is a view of the page, which this collector doesn't have.
  assertEquals((await read("/metrics", PAGE)).text.includes("otelcol_"), false);
  for (const path of ["/api/v2/services", "/zipkin/api/v2/services"]) {
    const foreign = await read(path, { headers: { origin: "http://elsewhere.test" } });
    assertEquals(foreign.status, 403);
  }
});
