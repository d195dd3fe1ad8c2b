// cspell:ignore spanname
import { assert, assertEquals, assertMatch } from "@std/assert";
import { encodeMessage } from "../../../lib/otlp/encode.ts";
import type { KeyValue, Span } from "../../../lib/otlp/json.ts";
import { createZipkinApi } from "../../../lib/collector/zipkin/api.ts";
import { type ZipkinSpan, zipkinSpans } from "../../../lib/collector/zipkin/spans.ts";
import { EngineStore } from "../../helpers/engine_store.ts";
import { testIf } from "../../helpers/needs.ts";
import { eventually } from "../../helpers/poll.ts";
import { freePort } from "../../helpers/ports.ts";
import { recordedCalls, recordedTrace } from "../../helpers/recorded_trace.ts";
import { demoFile, needsServers, startCollector, startZipkin } from "../../helpers/servers.ts";

const ID = "4bf92f3577b34da6a3ce929d0e0e4736";

Deno.test("zipkinSpans() leaves out times that are missing", () => {
  const spans = [
    { startTimeUnixNano: "5000" },
    { startTimeUnixNano: "5000", endTimeUnixNano: "5000" },
    { endTimeUnixNano: "5000" },
    { startTimeUnixNano: "5000", events: [{ name: "e" }, { name: "f", timeUnixNano: "6000" }] },
    { events: [{ name: "e" }, { name: "f", timeUnixNano: "6000" }] },
  ];
  const found = zipkinSpans({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  assertEquals(found.map(({ timestamp }) => timestamp), [5, 5, undefined, 5, undefined]);
  assertEquals(found.map(({ duration }) => duration), [undefined, 1, ...Array(3).fill(undefined)]);
  // Zipkin and its clients reject annotations without a time.
  const second = { timestamp: 6, value: "f" };
  assertEquals(found[3]?.annotations, [{ timestamp: 5, value: "e" }, second]);
  assertEquals(found[4]?.annotations, [second]);
});

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

Deno.test("zipkinSpans() gives a span without duration one microsecond, as Zipkin requires", () => {
  const spans = [{ startTimeUnixNano: "1000", endTimeUnixNano: "1500" }];
  const [span] = zipkinSpans({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  assertEquals([span?.timestamp, span?.duration], [1, 1]);
});

const CONVERSIONS: [what: string, span: Span, expected: Partial<ZipkinSpan>][] = [
  ["status OK", { status: { code: 1 } }, { tags: { "otel.status_code": "OK" } }],
  ["an error without message", { status: { code: 2 } }, {
    tags: { "otel.status_code": "ERROR", error: "true" },
  }],
  ["an attribute error=false", { attributes: [flag("error", false)] }, { tags: {} }],
  ["an attribute error=true", { attributes: [flag("error", true)] }, { tags: { error: "true" } }],
  ["dropped items", { droppedAttributesCount: 1, droppedEventsCount: 2, droppedLinksCount: 3 }, {
    tags: {
      "otel.dropped_attributes_count": "1",
      "otel.dropped_events_count": "2",
      "otel.dropped_links_count": "3",
    },
  }],
  ["the name of what is called", {
    kind: 3,
    attributes: [text("server.address", "db.local"), text("peer.service", "DB")],
  }, {
    remoteEndpoint: { serviceName: "db" },
    tags: { "server.address": "db.local", "peer.service": "DB" },
  }],
  ["the address of what is called", {
    kind: 4,
    attributes: [
      text("network.peer.address", "10.0.0.7"),
      { key: "network.peer.port", value: { intValue: "5432" } },
    ],
  }, {
    remoteEndpoint: { ipv4: "10.0.0.7", port: 5432 },
    tags: { "network.peer.address": "10.0.0.7", "network.peer.port": "5432" },
  }],
  ["no remote side of a server", { kind: 2, attributes: [text("peer.service", "DB")] }, {
    tags: { "peer.service": "DB" },
  }],
];
for (
  const [address, expected] of Object.entries({
    "::1": { ipv6: "::1" },
    "999.1.1.1": { serviceName: "999.1.1.1" },
    "fe80::1%eth0": { serviceName: "fe80::1%eth0" },
    "unix:/Run/db": { serviceName: "unix:/run/db" },
  })
) {
  const attributes = [text("network.peer.address", address)];
  CONVERSIONS.push([`the address ${address}`, { kind: 3, attributes }, {
    remoteEndpoint: expected,
    tags: { "network.peer.address": address },
  }]);
}
for (const [what, span, expected] of CONVERSIONS) {
  Deno.test(`zipkinSpans() writes ${what}`, () => {
    const [found] = zipkinSpans({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    const { tags, remoteEndpoint } = found!;
    assertEquals({ tags, ...remoteEndpoint && { remoteEndpoint } }, expected);
  });
}

Deno.test("zipkinSpans() writes the scope's version, and no endpoint for an unnamed service", () => {
  const scope = { name: "lib", version: "1.1" };
  const [span] = zipkinSpans({ resourceSpans: [{ scopeSpans: [{ scope, spans: [{}] }] }] });
  assertEquals(span?.tags, { "otel.scope.name": "lib", "otel.scope.version": "1.1" });
  assertEquals(span?.localEndpoint, undefined);
});

Deno.test("the Zipkin API searches the last day by default, with times in nanoseconds", async () => {
  const store = new EngineStore();
  const api = createZipkinApi(store);
  await read(api, "/traces?endTs=2000&lookback=500&minDuration=7&limit=3");
  const [query] = store.queries as { [name: string]: unknown }[];
  assertEquals(query?.startTimeMinUnixNano, "1500000000");
  assertEquals(query?.startTimeMaxUnixNano, "2000000000");
  assertEquals(query?.minDurationNanos, 6000);
  await store.add("traces", encodeMessage("TracesData", recordedTrace(ID)));
  const ended = Date.now() + 1;
  assertEquals(traceIds(await read(api, `/traces?endTs=${ended}`)), [ID]);
  assertEquals(traceIds(await read(api, `/traces?endTs=${ended + 86_400_000}`)), []);
});

const REFUSED: [path: string, message: RegExp][] = [
  ["/traces?limit=many", /^Cannot use limit "many": expected a whole number$/],
  ["/traces?foo=bar", /^Cannot use parameter "foo": expected serviceName, spanName, /],
  ["/traces?serviceName=shop&spans=x", /"spans"/],
  ["/traces?maxDuration=5", /minDuration/],
  ["/traces?minDuration=6&maxDuration=5", /minDuration/],
  [`/traces?annotationQuery=${"x".repeat(1001)}`, /1000 characters/],
  ["/trace/xyz", /^Cannot read trace "xyz"/],
  [`/trace/${ID}?raw=1`, /"raw": expected no parameters/],
  ["/traceMany", /traceIds is missing/],
  ["/traceMany?traceIds=", /traceIds is missing/],
  ["/traceMany?traceIds=1,01", /occurs twice/],
  ["/traceMany?traceIds=1,,2", /Cannot read trace ""/],
  ["/spans", /serviceName is missing/],
  ["/spans?serviceName=shop&kind=client", /"kind"/],
  ["/services?serviceName=shop", /"serviceName"/],
  ["/remoteServices", /serviceName is missing/],
  ["/dependencies", /endTs is missing/],
  ["/dependencies?endTs=soon", /endTs "soon"/],
  ["/dependencies?endTs=1&service=x", /"service"/],
  ["/autocompleteKeys?key=x", /"key"/],
  ["/autocompleteValues", /key is missing/],
];
for (const [path, message] of REFUSED) {
  Deno.test(`the Zipkin API refuses ${path.slice(0, 60)}`, async () => {
    const response = await createZipkinApi(new EngineStore()).request(path);
    assertEquals(response.status, 400);
    assertMatch(await response.text(), message);
  });
}

Deno.test("the Zipkin API suggests the tags of the latest spans", async () => {
  const store = new EngineStore();
  await store.add("traces", encodeMessage("TracesData", recordedTrace(ID)));
  const api = createZipkinApi(store);
  const keys = await read(api, "/autocompleteKeys") as string[];
  assert(keys.includes("http.route") && keys.includes("service.version"), keys.join());
  assertEquals(await read(api, "/autocompleteValues?key=http.route"), ["/Items"]);
  assertEquals(await read(api, "/autocompleteValues?key=nothing"), []);
});

Deno.test("the Zipkin API searches all traces, however many the store selects", async () => {
  const store = new EngineStore();
  const [{ scopeSpans: [{ spans: [first] = [] } = {}] = [] } = {}] = recordedTrace(ID)
    .resourceSpans ?? [];
  const spans = Array.from({ length: 1_200 }, (_, index): Span => ({
    ...first,
    traceId: (index + 1).toString(16).padStart(32, "0"),
    attributes: [text("number", String(index))],
  })).slice(-999);
  const tagged = { ...first, traceId: ID, attributes: [text("number", "first")] };
  for (const list of [[tagged], spans]) {
    await store.add(
      "traces",
      encodeMessage("TracesData", { resourceSpans: [{ scopeSpans: [{ spans: list }] }] }),
    );
  }
  const api = createZipkinApi(store);
  assertEquals(traceIds(await read(api, "/traces?annotationQuery=number%3Dfirst")), [ID]);
});

Deno.test("the Zipkin API finds the latest traces first, in whatever order they arrived", async () => {
  const store = new EngineStore();
  const start = Date.now() - 60_000;
  const ids = ["b", "c", "a"].map((id) => id.padStart(32, "0"));
  for (const [index, millis] of [2000, 3000, 1000].entries()) {
    const startTimeUnixNano = String(BigInt(start + millis) * 1_000_000n);
    const span = { traceId: ids[index]!, spanId: "1".padStart(16, "0"), startTimeUnixNano };
    await store.add(
      "traces",
      encodeMessage("TracesData", { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    );
  }
  const api = createZipkinApi(store);
  assertEquals(traceIds(await read(api, "/traces?limit=2")), [ids[1], ids[0]]);
});

Deno.test("the Zipkin API searches by a trace's start, which is its root's", async () => {
  const store = new EngineStore();
  const start = Date.now() - 60_000;
  const spans = [["1", "", 0], ["2", "1", -5000]] as const;
  const list = spans.map(([id, parent, millis]): Span => ({
    traceId: ID,
    spanId: id.padStart(16, "0"),
    ...parent && { parentSpanId: parent.padStart(16, "0") },
    startTimeUnixNano: String(BigInt(start + millis) * 1_000_000n),
  }));
  await store.add(
    "traces",
    encodeMessage("TracesData", { resourceSpans: [{ scopeSpans: [{ spans: list }] }] }),
  );
  const api = createZipkinApi(store);
  assertEquals(traceIds(await read(api, `/traces?endTs=${start}&lookback=1`)), [ID]);
  assertEquals(traceIds(await read(api, `/traces?endTs=${start - 4000}&lookback=9000`)), []);
});

/** Searches for tags and annotations of the recorded trace, and whether they find it. */
const ANNOTATION_QUERIES: [query: string, isFound: boolean][] = [
  ["http.route", true],
  ["http.route=", true],
  [" http.route = /Items ", true],
  ["root_event=", true],
  ["root_event=x", false],
  ["http.route=/other and http.route=/Items", true],
  ["http.route=/Items and http.route=/other", false],
  ["http.route=/other and http.route", false],
  ["http.route  and  root_event and service.version=1.2", true],
  ["http.route AND root_event", false],
  [" ", false],
  ["", true],
];
for (const [query, isFound] of ANNOTATION_QUERIES) {
  Deno.test(`the Zipkin API ${isFound ? "finds" : "doesn't find"} "${query}"`, async () => {
    const store = new EngineStore();
    await store.add("traces", encodeMessage("TracesData", recordedTrace(ID)));
    const found = await read(createZipkinApi(store), searchPath(query));
    assertEquals(traceIds(found), isFound ? [ID] : []);
  });
}

/** A reader's queries, and the part of each answer that must be the same. */
const QUESTIONS: (readonly [path: string, comparable: (body: unknown) => unknown])[] = [
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
  ["/traces?serviceName=stock&spanName=all", traceIds],
  ...ANNOTATION_QUERIES.map(([query]) => [searchPath(query), traceIds] as const),
  // As in Zipkin, different spans of the service can meet the conditions.
  ["/traces?serviceName=shop&spanName=work&minDuration=90000", traceIds],
  ["/traces?serviceName=stock&annotationQuery=root_event", traceIds],
  ["/traces?remoteServiceName=database", traceIds],
  ["/traces?serviceName=shop&remoteServiceName=database&spanName=get%20/items", traceIds],
  ["/traces?serviceName=stock&remoteServiceName=database", traceIds],
  ["/traces?remoteServiceName=nobody", traceIds],
  [`/traceMany?traceIds=${ID},1`, traceIds],
  ["/remoteServices?serviceName=shop", (names) => names],
  ["/remoteServices?serviceName=STOCK", (names) => names],
  ["/remoteServices?serviceName=nobody", (names) => names],
  [`/dependencies?endTs=${Date.now() + 60_000}`, links],
  [`/dependencies?endTs=${Date.now() - 3_600_000}&lookback=1000`, links],
];

/** Queries that Zipkin also refuses. */
const REFUSED_BY_BOTH = [
  "/traces?maxDuration=5",
  "/traces?minDuration=6&maxDuration=5",
  "/traces?limit=many",
  "/traces?limit=0",
  "/traces?limit=-1",
  "/traces?endTs=0",
  "/traces?lookback=0",
  "/traces?minDuration=0",
  "/traceMany?traceIds=1,01",
  "/spans",
  "/remoteServices",
  "/dependencies",
  "/autocompleteValues",
];

testIf(
  needsServers("collector", "zipkin"),
  ["net", "env", "read", "run"],
  "the Zipkin API answers what a Collector and Zipkin answer of the same spans",
  async () => {
    const data = recordedCalls(ID);
    const store = new EngineStore();
    await store.add("traces", encodeMessage("TracesData", data));
    const api = createZipkinApi(store);
    await using zipkin = await startZipkin();
    const real = `http://127.0.0.1:${zipkin.ports.query}/api/v2`;
    await using collector = await startCollector({
      config: demoFile("otel-collector-config.yaml"),
      // Jaeger isn't running here: a closed port avoids a DNS lookup.
      env: { JAEGER_OTLP_ENDPOINT: `127.0.0.1:${freePort()}` },
      overrides: { exporters: { zipkin: { endpoint: `${real}/spans` } } },
    });
    const sent = await fetch(`http://127.0.0.1:${collector.ports.http}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(data),
    });
    assert(sent.ok, await sent.text());
    await eventually(`${real}/trace/${ID}`, (spans) => spans.length === 6);
    // Zipkin looks up names in a separate index, which it updates after the spans.
    await eventually(`${real}/traces?serviceName=stock`, (traces) => traces.length > 0);
    for (const [path, comparable] of QUESTIONS) {
      const theirs = await (await fetch(`${real}${path}`)).json();
      const ours = await (await api.request(path)).json();
      assertEquals(comparable(ours), comparable(theirs), path);
    }
    for (const path of REFUSED_BY_BOTH) {
      const theirs = await fetch(`${real}${path}`);
      await theirs.body?.cancel();
      assertEquals((await api.request(path)).status, theirs.status, path);
    }
    const missing = `/trace/${"1".repeat(32)}`;
    const theirs = await fetch(`${real}${missing}`);
    await theirs.body?.cancel();
    assertEquals((await api.request(missing)).status, theirs.status);
    await collector.stop("SIGKILL");
    await zipkin.stop("SIGKILL");
  },
);

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}

function flag(key: string, boolValue: boolean): KeyValue {
  return { key, value: { boolValue } };
}

async function read(api: ReturnType<typeof createZipkinApi>, path: string): Promise<unknown> {
  const response = await api.request(path);
  assertEquals(response.status, 200, path);
  return await response.json();
}

function searchPath(annotationQuery: string): string {
  return `/traces?${new URLSearchParams({ annotationQuery })}`;
}

function links(links: unknown): unknown {
  return (links as { child: string }[]).toSorted((a, b) => a.child < b.child ? -1 : 1);
}

function traceIds(traces: unknown): unknown {
  return (traces as ZipkinSpan[][]).map((spans) => spans[0]?.traceId);
}

/**
 * Sorted by ID, without the parts that the Collector writes differently: its exporter has other names for
 * scope, kind, and status, has its own format for event attributes, and drops `peer.service`.
 */
function comparable(spans: ZipkinSpan[]): unknown {
  return spans.toSorted((a, b) => a.id < b.id ? -1 : 1).map(({ tags = {}, ...span }) => ({
    ...span,
    annotations: (span.annotations ?? []).map(({ timestamp, value }) => [
      timestamp,
      ["root_event", "exception"].find((name) => value.includes(name)),
    ]),
    tags: Object.entries(tags).filter(([key]) =>
      !/^(otel|span)\.|^(error|http\.status_code|peer\.service)$/.test(key)
    )
      .toSorted(),
    isError: "error" in tags,
  }));
}
