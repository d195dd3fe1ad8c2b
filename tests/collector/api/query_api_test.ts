import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createGuard } from "../../../lib/collector/guard.ts";
import { replaceConsole } from "../../helpers/console.ts";
import { testWith } from "../../helpers/needs.ts";
import { LIMITS } from "../../helpers/engine_store.ts";
import { createTestApi } from "../../helpers/query_api.ts";
import {
  encodeSpans,
  gauge,
  logsRequest,
  metricsRequest,
  span,
  tracesRequest,
} from "../store/requests.ts";

const TRACE_ID = "0123456789abcdef0123456789abcdef";
const SPAN_ID = "0123456789abcdef";
const HOSTILE = `</script><img src=x onerror="alert(1)">\u2028\u0000'`;

Deno.test("GET /api/kit/traces passes each filter on to the store", async () => {
  using test = createTestApi();
  await test.read(
    "/api/kit/traces?service=shop&operation=GET%20/&status=error&min_duration=1.5ms&max_duration=1h" +
      "&attribute=a=b=c&attribute=http.route=/&q=Text&limit=7&before=" + TRACE_ID.toUpperCase() +
      "&start_time_min=1700000000000000001&start_time_max=1700000000000000002",
  );
  assertEquals(test.store.queries, [{
    serviceName: "shop",
    operationName: "GET /",
    attributes: { a: "b=c", "http.route": "/" },
    minDurationNanos: 1_500_000,
    maxDurationNanos: 3_600_000_000_000,
    startTimeMinUnixNano: "1700000000000000001",
    startTimeMaxUnixNano: "1700000000000000002",
    status: "error",
    text: "Text",
    limit: 7,
    before: TRACE_ID,
  }]);
  const { body } = await test.read("/api/kit/traces?service=");
  assertEquals(body, { traces: [], matched: 0, kept: 0 });
  assertEquals(test.store.queries.at(-1), { limit: 100 });
});

Deno.test("GET /api/kit/logs passes each filter on to the store", async () => {
  using test = createTestApi();
  await test.read(
    `/api/kit/logs?trace_id=${TRACE_ID}&span_id=0123456789abcdef&service=shop&severity=WARN&q=x&limit=5` +
      "&before=12",
  );
  await test.read("/api/kit/logs?severity=17");
  assertEquals(test.store.queries, [{
    traceId: TRACE_ID,
    spanId: "0123456789abcdef",
    serviceName: "shop",
    minSeverityNumber: 13,
    text: "x",
    limit: 5,
    before: 12,
  }, { minSeverityNumber: 17, limit: 100 }]);
});

Deno.test("every route answers 400 for a parameter that it cannot read", async () => {
  using test = createTestApi();
  const wrong = [
    ["/api/kit/traces?limit=0", "an integer from 1 to 1000"],
    ["/api/kit/traces?limit=1001", "an integer from 1 to 1000"],
    ["/api/kit/traces?limit=1e2", "an integer"],
    ["/api/kit/traces?status=bad", "one of error, ok"],
    ["/api/kit/traces?min_duration=10", `like "10ms"`],
    ["/api/kit/traces?attribute=x", `"key=value"`],
    [`/api/kit/traces?${"attribute=a=b&".repeat(21)}`, "at most 20"],
    ["/api/kit/traces?before=xyz", "32 hex digits"],
    ["/api/kit/traces?start_time_min=-1", "nanoseconds"],
    [`/api/kit/traces?q=${"x".repeat(1001)}`, "at most 1000 characters"],
    ["/api/kit/logs?severity=loud", "one of trace, debug, info, warn, error, fatal"],
    ["/api/kit/logs?severity=25", "from 1 to 24"],
    ["/api/kit/logs?span_id=123", "16 hex digits"],
    ["/api/kit/services?window=25h", "from 1s to 24h"],
    ["/api/kit/exports?limit=601", "from 1 to 600"],
    ["/api/kit/exports?outcome=lost", "one of accepted, partial, refused"],
    ["/api/kit/data", "one of traces, metrics, logs"],
    ["/api/kit/data?signal=profiles", "one of traces, metrics, logs"],
  ] as const;
  for (const [path, wanted] of wrong) {
    const { status, body } = await test.read(path);
    assertEquals(status, 400, path);
    assertStringIncludes(body.error, "Cannot read ");
    assertStringIncludes(body.error, wanted);
  }
  assertEquals(test.store.queries, []);
});

Deno.test("GET /api/kit/traces/ID returns the summary, spans, hints, and logs", async () => {
  using test = createTestApi();
  await test.store.add("traces", traceOf("GET /"));
  const logRecords = [TRACE_ID, "ff".repeat(16)].map((traceId) => ({ traceId, spanId: SPAN_ID }));
  await test.store.add("logs", logsRequest(logRecords));
  const { status, body } = await test.read(`/api/kit/traces/${TRACE_ID.toUpperCase()}`);
  assertEquals(status, 200);
  assertEquals(body.summary.root.name, "GET /");
  assertEquals(body.data.resourceSpans[0].scopeSpans[0].spans[0].traceId, TRACE_ID);
  assertEquals(body.logs.length, 1);
  assertEquals(body.hints.map(({ id }: { id: string }) => id), ["service-name-missing"]);
  for (const id of ["ab".repeat(16), "xyz", "%00", "a%2Fb"]) {
    const missing = await test.read(`/api/kit/traces/${id}`);
    assertEquals(missing.status, 404, id);
    assertStringIncludes(missing.body.error, "Cannot find trace");
  }
});

Deno.test("hostile names are returned unchanged, as JSON that no browser treats as markup", async () => {
  using test = createTestApi();
  await test.store.add("traces", traceOf(HOSTILE));
  for (
    const path of [`/api/kit/traces/${TRACE_ID}`, "/api/kit/traces", `/api/v3/traces/${TRACE_ID}`]
  ) {
    const response = await test.ask(path);
    assertEquals(response.headers.get("content-type"), "application/json");
    assertEquals(response.headers.get("x-content-type-options"), "nosniff");
    assertEquals(response.headers.get("cache-control"), "no-store");
    const body = await response.json();
    const spans = body.data ?? body.result;
    const name = spans
      ? spans.resourceSpans[0].scopeSpans[0].spans[0].name
      : body.traces[0].root.name;
    assertEquals(name, HOSTILE);
  }
});

Deno.test("GET /api/kit/traces/ID/html returns a file that never runs here", async () => {
  using test = createTestApi({ renderTraceHtml: ({ summary }) => `<p>${summary.traceId}` });
  await test.store.add("traces", traceOf("GET /"));
  const response = await test.ask(`/api/kit/traces/${TRACE_ID}/html`);
  assertEquals(
    response.headers.get("content-disposition"),
    `attachment; filename="trace-${TRACE_ID}.html"`,
  );
  assertStringIncludes(response.headers.get("content-security-policy") ?? "", "default-src 'none'");
  assertEquals(await response.text(), `<p>${TRACE_ID}`);
  assertEquals((await test.read(`/api/kit/traces/${"0".repeat(32)}/html`)).status, 404);
});

Deno.test("DELETE deletes one trace or everything", async () => {
  using test = createTestApi();
  await test.store.add("traces", traceOf("GET /"));
  await test.store.add("traces", tracesRequest([span("2", "1"), span("3", "1")]));
  const forget = async (path: string) => (await test.ask(path, { method: "DELETE" })).status;
  const kept = async () =>
    (await test.read("/api/kit/traces")).body.traces
      .map(({ traceId }: { traceId: string }) => traceId.at(-1));
  assertEquals(await forget("/api/kit/traces/x"), 404);
  assertEquals(await kept(), ["3", "2", "f"]);
  assertEquals(await forget(`/api/kit/traces/${TRACE_ID}`), 204);
  assertEquals(await kept(), ["3", "2"]);
  assertEquals(await forget("/api/kit/data"), 204);
  assertEquals(await kept(), []);
});

Deno.test("GET /api/kit/metrics/NAME writes numbers that JSON lacks as strings", async () => {
  using test = createTestApi();
  const dataPoints = ["NaN", "Infinity", "-Infinity"].map((asDouble, i) => ({
    timeUnixNano: String(i + 1),
    asDouble,
  }));
  await test.store.add("metrics", metricsRequest([{ name: "x", gauge: { dataPoints } }]));
  const { body } = await test.read("/api/kit/metrics/x");
  assertEquals(
    body.series[0].points.map(({ value }: { value: unknown }) => value),
    ["NaN", "Infinity", "-Infinity"],
  );
});

Deno.test("GET /api/kit/metrics/NAME has a hint if one scope sends two types of it", async () => {
  using test = createTestApi();
  const kinds = ["ms", "s"].map((unit) => ({ ...gauge("x"), unit }));
  await test.store.add("metrics", metricsRequest(kinds));
  const { body } = await test.read("/api/kit/metrics/x");
  assertEquals(body.hints.map(({ id }: { id: string }) => id), ["metric-conflict"]);
  assertEquals((await test.read("/api/kit/hints")).body, body.hints);
});

Deno.test("GET /api/kit/metrics/NAME accepts names with slashes and spaces", async () => {
  using test = createTestApi();
  const name = "a/b c%2F";
  await test.store.add("metrics", metricsRequest([gauge(name)]));
  const { body } = await test.read(`/api/kit/metrics/${encodeURIComponent(name)}`);
  assertEquals([body.name, body.series.length], [name, 1]);
  assertEquals((await test.read("/api/kit/metrics/other")).status, 404);
  assertEquals((await test.read("/api/kit/metrics")).body.length, 1);
});

Deno.test("GET /api/kit/services, /stats, and /hints return data from the store", async () => {
  using test = createTestApi();
  assertEquals((await test.read("/api/kit/services?window=5m")).body, { services: [], edges: [] });
  assertEquals(test.store.queries, [300]);
  const { body } = await test.read("/api/kit/stats");
  assertEquals([body.version, body.store.maxTraces], ["1.2.3", LIMITS.maxTraces]);
  assertEquals((await test.read("/api/kit/hints")).body, []);
});

Deno.test("every path refuses pages of other sites, with the reason", async () => {
  using test = createTestApi();
  const evil = { origin: "https://evil.example" };
  const paths = ["/api/kit/traces", "/api/kit/events", "/api/v3/services", "/", "/app.js"];
  for (const path of paths) {
    for (const method of ["GET", "POST", "DELETE", "OPTIONS"]) {
      const response = await test.ask(path, { method, headers: evil });
      assertEquals(response.status, 403, `${method} ${path}`);
      assertEquals(response.headers.get("access-control-allow-origin"), null);
      assertStringIncludes(await response.text(), "Cannot serve a page of");
    }
  }
  const rebound = await test.ask("/api/kit/traces", { headers: { host: "evil.example:4319" } });
  assertEquals(rebound.status, 403);
  assertEquals(test.store.queries, []);
  assertEquals(test.api.clientCount, 0);
  const { error } = await (await test.ask("/api/v3/services", { headers: evil })).json();
  assertEquals(error.httpCode, 403);
});

testWith(["net"], "an invalid host is rejected for every request", async () => {
  using test = createTestApi();
  const failures: unknown[] = [];
  const server = Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    onListen: () => {},
    onError: (error) => {
      failures.push(error);
      return new Response(null, { status: 500 });
    },
  }, test.api.fetch);
  for (const host of ["a:99999", "[::1", "a b", "\x9b31m", "%1b[31m"]) {
    for (const start of ["GET /", "HEAD /api/kit/stats", "POST /api/kit/import"]) {
      using connection = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
      const head = `${start} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
      await connection.write(Uint8Array.from(head, (character) => character.charCodeAt(0)));
      const answer = await new Response(connection.readable).text();
      // One version of Deno rejects these URLs; the next one resolves them to another host.
      assertMatch(answer, /^HTTP\/1\.1 40[03] /, `${start} at ${host}`);
    }
  }
  await server.shutdown();
  assertEquals(failures, []);
});

Deno.test("with a token every path requires it, and the page keeps it in a cookie", async () => {
  using test = createTestApi({
    guard: createGuard({ hostname: "0.0.0.0", token: "secret" }),
    pageAssets: () => ({ body: "page", type: "text/html" }),
  });
  for (const path of ["/", "/api/kit/stats", "/api/v3/services"]) {
    const response = await test.ask(path);
    assertEquals(response.status, 401);
    assertEquals(response.headers.get("www-authenticate"), 'Bearer realm="otel-kit"');
    await response.body?.cancel();
    const authorization = "Bearer secret";
    assertEquals((await test.ask(path, { headers: { authorization } })).status, 200);
  }
  const signedIn = await test.ask("/?token=secret");
  const [cookie = ""] = signedIn.headers.getSetCookie();
  assertEquals((await test.ask("/", { headers: { cookie } })).status, 200);
  assertEquals((await test.ask("/api/kit/stats?token=secret")).status, 401);
});

Deno.test("HEAD answers as GET without a body, and leaves no stream open", async () => {
  using test = createTestApi();
  await test.store.add("logs", logsRequest([{}]));
  for (const path of ["/api/kit/stats", "/api/kit/events", "/api/kit/data?signal=logs"]) {
    const response = await test.ask(path, { method: "HEAD" });
    assertEquals(response.status, 200, path);
    assertEquals(response.body, null);
    assert(response.headers.has("content-type"));
  }
  assertEquals(test.api.clientCount, 0);
});

testWith(["net"], "no request method makes Deno print a warning", async () => {
  const warnings: unknown[] = [];
  using _ = replaceConsole("warn", (warning) => warnings.push(warning));
  using test = createTestApi();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => test.api.fetch(request),
  );
  for (const method of ["HEAD", "GET", "POST", "DELETE", "OPTIONS"]) {
    const url = `http://127.0.0.1:${server.addr.port}/api/kit/data?signal=logs`;
    const response = await fetch(url, { method, ...method === "POST" && { body: "{}" } });
    await response.body?.cancel();
    assert(response.status < 300, `${method}: ${response.status}`);
  }
  assertEquals(warnings, []);
});

Deno.test("each path lists its allowed methods", async () => {
  using test = createTestApi();
  const wrong = await test.ask("/api/kit/stats", { method: "POST" });
  assertEquals(wrong.status, 405);
  assertEquals(wrong.headers.get("allow"), "GET, HEAD, OPTIONS");
  assertStringIncludes((await wrong.json()).error, "Cannot POST /api/kit/stats");
  const options = await test.ask("/api/kit/data", { method: "OPTIONS" });
  assertEquals(options.status, 204);
  assertEquals(options.headers.get("allow"), "GET, POST, DELETE, HEAD, OPTIONS");
  const { status, body } = await test.read("/api/kit/nothing");
  assertEquals([status, body.error], [404, "Cannot find /api/kit/nothing"]);
  assertEquals((await test.read("/api/v3/nothing")).body.error.httpCode, 404);
});

Deno.test("a store that fails is answered with 500 and the reason", async () => {
  using test = createTestApi();
  test.store.stats = () => Promise.reject(new Error("the disk is full"));
  const { status, body } = await test.read("/api/kit/stats");
  assertEquals([status, body.error], [500, "Cannot answer: the disk is full"]);
});

/** An export request with one trace of an unnamed service. */
function traceOf(name: string) {
  const spans = [span(TRACE_ID, SPAN_ID, { name })];
  return encodeSpans([{ scopeSpans: [{ spans }] }]);
}
