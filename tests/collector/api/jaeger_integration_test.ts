import { assert, assertEquals } from "@std/assert";
import { encodeMessage } from "../../../lib/otlp/encode.ts";
import type { Span, TracesData } from "../../../lib/otlp/json.ts";
import { createTestApi } from "../../helpers/query_api.ts";
import QUERIES from "../../testdata/jaeger/queries.json" with { type: "json" };
import TRACES from "../../testdata/jaeger/traces.json" with { type: "json" };

const FIXTURES = new Map<string, TracesData>(Object.entries(TRACES));

Deno.test("Jaeger's storage tests find the same traces here", async (t) => {
  using api = createTestApi();
  for (const traces of FIXTURES.values()) {
    await api.store.add("traces", encodeMessage("TracesData", traces));
  }
  for (const { Caption, Query, ExpectedFixtures } of QUERIES) {
    await t.step(Caption, async () => {
      const { status, body } = await api.read(`/api/v3/traces?${parametersOf(Query)}`);
      assertEquals(status, 200);
      assertEquals(idsOf(body.result), ExpectedFixtures.flatMap(idsOfFixture).sort());
    });
  }
  assertEquals(QUERIES.length, 25);
});

Deno.test("tags of a Jaeger search refer to a span's fields, its resource and its scope", async (t) => {
  using api = createTestApi();
  const span: Span = {
    traceId: "1".padStart(32, "0"),
    spanId: "1".padStart(16, "0"),
    name: "op",
    kind: 2,
    startTimeUnixNano: "1700000000000000000",
    endTimeUnixNano: "1700000000001000000",
    attributes: [{ key: "resource.odd", value: { stringValue: "span" } }],
  };
  const resource = { attributes: [{ key: "host.name", value: { stringValue: "a" } }] };
  const scope = { name: "lib", version: "1.1" };
  for (const [id, status] of [["1", {}], ["2", { code: 1 }], ["3", { code: 2 }]] as const) {
    const spans = [{ ...span, status, traceId: id.padStart(32, "0"), kind: Number(id) }];
    const data = { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] };
    await api.store.add("traces", encodeMessage("TracesData", data));
  }
  const cases: [Record<string, string>, string][] = [
    [{ error: "true" }, "3"],
    [{ error: "false" }, "12"],
    [{ error: "F" }, "12"],
    [{ error: "maybe" }, ""],
    [{ "span.status": "OK" }, "2"],
    [{ "span.status": "error" }, "3"],
    [{ "span.status": "unset" }, "1"],
    [{ error: "false", "span.status": "error" }, ""],
    [{ "span.kind": "server" }, "2"],
    [{ "span.kind": "CLIENT" }, "3"],
    [{ "span.kind": "internal", error: "false" }, "1"],
    [{ "span.kind": "bogus" }, ""],
    [{ "scope.name": "lib" }, "123"],
    [{ "scope.name": "library" }, ""],
    [{ "scope.version": "1.1", error: "1" }, "3"],
    [{ "scope.version": "1" }, ""],
    [{ "resource.host.name": "a" }, "123"],
    [{ "resource.host.name": "b" }, ""],
    [{ "resource.odd": "span" }, ""],
    [{ "host.name": "a" }, "123"],
  ];
  for (const [tags, expected] of cases) {
    await t.step(JSON.stringify(tags), async () => {
      const times = { StartTimeMin: "2020-01-01T00:00:00Z", StartTimeMax: "2030-01-01T00:00:00Z" };
      const query = { ...times, Tags: tags, NumTraces: 10 };
      const { status, body } = await api.read(`/api/v3/traces?${parametersOf(query)}`);
      assertEquals(status, expected === "" ? 404 : 200);
      assertEquals(idsOf(body.result).map((id) => id.slice(31, 32)).join(""), expected);
    });
  }
});

/** A query from Jaeger's tests; durations are in nanoseconds. */
interface StorageQuery {
  ServiceName?: string;
  OperationName?: string;
  Tags: Record<string, unknown> | null;
  StartTimeMin: string;
  StartTimeMax: string;
  DurationMin?: number;
  DurationMax?: number;
  NumTraces: number;
}

function parametersOf(query: StorageQuery): URLSearchParams {
  const texts = Object.entries(query.Tags ?? {}).map(([key, value]) => [key, String(value)]);
  return new URLSearchParams({
    "query.service_name": query.ServiceName ?? "",
    "query.operation_name": query.OperationName ?? "",
    "query.attributes": JSON.stringify(Object.fromEntries(texts)),
    "query.start_time_min": query.StartTimeMin,
    "query.start_time_max": query.StartTimeMax,
    ...query.DurationMin && { "query.duration_min": `${query.DurationMin}ns` },
    ...query.DurationMax && { "query.duration_max": `${query.DurationMax}ns` },
    "query.search_depth": String(query.NumTraces),
  });
}

function idsOfFixture(name: string): string[] {
  const traces = FIXTURES.get(name);
  assert(traces, name);
  return idsOf(traces);
}

/** The trace and span IDs. */
function idsOf({ resourceSpans = [] }: TracesData = {}): string[] {
  return resourceSpans.flatMap(({ scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => `${span.traceId} ${span.spanId}`))
  ).sort();
}
