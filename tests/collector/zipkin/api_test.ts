import { assert, assertEquals, assertMatch } from "@std/assert";
import type { TraceQuery } from "../../../lib/collector/model.ts";
import type { TracesData } from "../../../lib/otlp/json.ts";
import { createZipkinApi } from "../../../lib/collector/zipkin/api.ts";
import { type ZipkinSpan, zipkinSpans } from "../../../lib/collector/zipkin/spans.ts";
import { testIf } from "../../helpers/needs.ts";
import { eventually } from "../../helpers/poll.ts";
import { freePort } from "../../helpers/ports.ts";
import { recordedTrace } from "../../helpers/recorded_trace.ts";
import { demoFile, needsServers, startCollector, startZipkin } from "../../helpers/servers.ts";
import type { SpanParts } from "../../../lib/collector/store/store.ts";

const ID = "4bf92f3577b34da6a3ce929d0e0e4736";

Deno.test("zipkinSpans() turns attributes into tags and events into annotations", () => {
  const [server, internal] = zipkinSpans(recordedTrace(ID));
  assertEquals(server?.name, "get /items");
  assertEquals(server?.kind, "SERVER");
  assertEquals(server?.duration, 100_000);
  assertEquals(server?.tags, {
    "service.version": "1.2",
    "http.route": "/Items",
    "http.response.status_code": "500",
    share: "0.5",
    cached: "true",
    sizes: "[1]",
    "otel.scope.name": "test",
    "otel.status_code": "ERROR",
    error: "Division by zero",
  });
  assertEquals(server?.annotations.map(({ value }) => value), [
    "root_event",
    '{"exception":{"exception.type":"RangeError"}}',
  ]);
  assertEquals(internal?.kind, undefined);
  assertEquals(internal?.parentId, server?.id);
});

Deno.test("zipkinSpans() gives a span without duration one microsecond, as Zipkin wants", () => {
  const spans = [{ startTimeUnixNano: "1000", endTimeUnixNano: "1500" }];
  const [span] = zipkinSpans({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  assertEquals([span?.timestamp, span?.duration], [1, 1]);
});

Deno.test("the Zipkin API passes times on as nanoseconds, and refuses what is no number", async () => {
  const queries: TraceQuery[] = [];
  const api = createZipkinApi(storeOf(recordedTrace(ID), queries));
  await api.request("/traces?endTs=2000&lookback=500&minDuration=7&limit=3");
  assertEquals(queries[0]?.startTimeMinUnixNano, "1500000000");
  assertEquals(queries[0]?.startTimeMaxUnixNano, "2000000000");
  assertEquals(queries[0]?.minDurationNanos, 7000);
  const refused = await api.request("/traces?limit=many");
  assertEquals(refused.status, 400);
  assertMatch(await refused.text(), /^Cannot use limit "many": expected a whole number$/);
  assertEquals((await api.request("/trace/xyz")).status, 400);
});

/** What a reader asks, and what of the answers must be the same. */
const QUESTIONS: [path: string, comparable: (body: unknown) => unknown][] = [
  ["/services", (names) => (names as string[]).filter((name) => /^(shop|stock)$/.test(name))],
  ["/spans?serviceName=SHOP", (names) => (names as string[]).toSorted()],
  [`/trace/${ID}`, (spans) => comparable(spans as ZipkinSpan[])],
  ["/traces?serviceName=shop", traceIds],
  ["/traces?serviceName=stock&spanName=get%20/stock", traceIds],
  ["/traces?serviceName=stock&spanName=work", traceIds],
  ["/traces?annotationQuery=http.route%3D/Items%20and%20root_event", traceIds],
  ["/traces?annotationQuery=error", traceIds],
  ["/traces?annotationQuery=http.route%3D/other", traceIds],
  ["/traces?serviceName=shop&minDuration=90000", traceIds],
  ["/traces?serviceName=shop&minDuration=200000", traceIds],
  ["/traces?serviceName=nobody", traceIds],
];

testIf(
  needsServers("collector", "zipkin"),
  ["net", "env", "read", "run"],
  "the Zipkin API answers what a Collector and Zipkin answer of the same spans",
  async () => {
    const data = recordedTrace(ID);
    const api = createZipkinApi(storeOf(data));
    await using zipkin = await startZipkin();
    const real = `http://127.0.0.1:${zipkin.ports.query}/api/v2`;
    await using collector = await startCollector({
      config: demoFile("otel-collector-config.yaml"),
      // No Jaeger here: an address at which nobody answers, instead of a name to look up.
      env: { JAEGER_OTLP_ENDPOINT: `127.0.0.1:${freePort()}` },
      overrides: { exporters: { zipkin: { endpoint: `${real}/spans` } } },
    });
    const sent = await fetch(`http://127.0.0.1:${collector.ports.http}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(data),
    });
    assert(sent.ok, await sent.text());
    await eventually(`${real}/trace/${ID}`, (spans) => spans.length === 3);
    // Zipkin looks up names in an index of its own, which it fills after the spans.
    await eventually(`${real}/traces?serviceName=stock`, (traces) => traces.length > 0);
    for (const [path, comparable] of QUESTIONS) {
      const theirs = await (await fetch(`${real}${path}`)).json();
      const ours = await (await api.request(path)).json();
      assertEquals(comparable(ours), comparable(theirs), path);
    }
    const missing = `/trace/${"1".repeat(32)}`;
    const theirs = await fetch(`${real}${missing}`);
    await theirs.body?.cancel();
    assertEquals((await api.request(missing)).status, theirs.status);
    await collector.stop("SIGKILL");
    await zipkin.stop("SIGKILL");
  },
);

function traceIds(traces: unknown): unknown {
  return (traces as ZipkinSpan[][]).map((spans) => spans[0]?.traceId);
}

/**
 * In the order of their ids, without what a Collector writes in ways of its own: its exporter has
 * other names for scope, kind and status, and writes attributes of events its own way.
 */
function comparable(spans: ZipkinSpan[]): unknown {
  return spans.toSorted((a, b) => a.id < b.id ? -1 : 1).map(({ tags = {}, ...span }) => ({
    ...span,
    annotations: (span.annotations ?? []).map(({ timestamp, value }) => [
      timestamp,
      ["root_event", "exception"].find((name) => value.includes(name)),
    ]),
    tags: Object.entries(tags).filter(([key]) =>
      !/^(otel|span)\.|^(error|http\.status_code)$/.test(key)
    )
      .toSorted(),
    isError: "error" in tags,
  }));
}

function storeOf(data: TracesData, queries: TraceQuery[] = []) {
  const spans = (data.resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans = [] }) =>
      spans.map((span) => ({
        ...span,
        service: resource?.attributes?.[0]?.value?.stringValue ?? "",
      }))
    )
  );
  return {
    services: () => Promise.resolve([...new Set(spans.map(({ service }) => service))]),
    operations: (serviceName: string) =>
      Promise.resolve(
        spans.filter(({ service }) => service === serviceName)
          .map(({ name = "", kind = 0 }) => ({ name, kind })),
      ),
    findTraces(query: TraceQuery) {
      queries.push(query);
      const { serviceName, minDurationNanos = 0 } = query;
      const isThere = spans.some(({ service, startTimeUnixNano, endTimeUnixNano }) =>
        (serviceName ?? service) === service &&
        BigInt(endTimeUnixNano ?? 0) - BigInt(startTimeUnixNano ?? 0) >= minDurationNanos
      );
      const summary = {
        traceId: ID,
        startTimeUnixNano: "0",
        durationNanos: 0,
        spanCount: spans.length,
        errorCount: 0,
        root: { spanId: "", name: "", serviceName: "", kind: 0 },
        hasRoot: true,
        services: [],
      };
      return Promise.resolve({ traces: isThere ? [summary] : [], matched: 1, kept: 1 });
    },
    trace: (id: string) => Promise.resolve(id === ID ? partsOf(data) : undefined),
  };
}

/** A part for each resource. */
async function* partsOf({ resourceSpans = [] }: TracesData): SpanParts {
  for (const part of resourceSpans) yield new TextEncoder().encode(JSON.stringify(part));
}
