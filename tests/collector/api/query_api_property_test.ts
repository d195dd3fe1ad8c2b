import { assert } from "@std/assert";
import fc from "fast-check";
import { createTestApi } from "../../helpers/query_api.ts";
import { gauge, logsRequest, metricsRequest, span, tracesRequest } from "../store/requests.ts";

const PATHS = [
  "/api/v3/services",
  "/api/v3/operations",
  "/api/v3/traces",
  "/api/v3/traces/1",
  "/api/kit/stats",
  "/api/kit/traces",
  "/api/kit/traces/1",
  "/api/kit/traces/1/html",
  "/api/kit/services",
  "/api/kit/logs",
  "/api/kit/metrics",
  "/api/kit/metrics/a",
  "/api/kit/exports",
  "/api/kit/hints",
  "/api/kit/data",
  "/api/kit/compare",
  "/traces",
];

const NAMES = [
  "query.start_time_min",
  "query.startTimeMax",
  "query.attributes",
  "query.attributes[a]",
  "query.num_traces",
  "query.duration_min",
  "query.filter",
  "span_kind",
  "service",
  "attribute",
  "limit",
  "before",
  "status",
  "min_duration",
  "severity",
  "window",
  "q",
  "signal",
  "token",
];

const VALUES = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("1", "-1", "1e999", "0x1", "10ms", "{}", "[]", "null", `{"a":"b"}`, "%", "%ff"),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

Deno.test("no query makes the API fail: it answers, or explains the error in the query", async () => {
  using test = createTestApi({ pageAssets: () => undefined });
  await test.store.add("traces", tracesRequest([span("1", "1"), span("2", "1")]));
  await test.store.add("logs", logsRequest([{ traceId: "1".padStart(32, "0") }, {}]));
  await test.store.add("metrics", metricsRequest([gauge("a")]));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("GET", "HEAD", "OPTIONS", "PUT"),
      fc.constantFrom(...PATHS),
      fc.option(VALUES),
      fc.array(fc.tuple(fc.constantFrom(...NAMES), VALUES), { maxLength: 4 }),
      async (method, path, segment, params) => {
        const suffix = segment === null ? "" : `/${encodeURIComponent(segment)}`;
        const url = `${path}${suffix}?${new URLSearchParams(params)}`;
        const response = await test.ask(url, { method });
        await response.body?.cancel();
        assert(response.status < 500, `${response.status} ${url}`);
      },
    ),
    { numRuns: 2_000 },
  );
});

Deno.test("no malformed URL makes the API fail", async () => {
  using test = createTestApi();
  for (const path of ["/api/kit/metrics/%", "/api/kit/traces/%ff", "/%c0%af", "/api//kit", "//"]) {
    const response = await test.ask(path);
    await response.body?.cancel();
    assert(response.status < 500, path);
  }
});
