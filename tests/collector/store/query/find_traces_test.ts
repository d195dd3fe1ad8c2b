import { assertEquals, assertRejects } from "@std/assert";
import type { TraceQuery } from "../../../../lib/collector/model.ts";
import { traceExpression } from "../../../../lib/query/match.ts";
import { parseQuery } from "../../../../lib/query/parse.ts";
import type { TracesData } from "../../../../lib/otlp/json.ts";
import { openStore } from "../../../../lib/collector/store/worker/open_store.ts";
import { MalformedError } from "../../../../lib/otlp/malformed_error.ts";
import type { StoreChanges } from "../../../../lib/collector/store/store.ts";
import { testWith } from "../../../helpers/needs.ts";
import { within } from "../../../helpers/patience.ts";
import { encodeSpans, resourceOf, span, tracesRequest } from "../requests.ts";
import { wholeOf } from "../../../helpers/span_parts.ts";

const LIMITS = { maxTraces: 1000, maxBytes: 2 ** 26 };
const MS = 1_000_000n;
const START = 1_700_000_000_000_000_000n;

/** Text, number, boolean, list: all are compared as text. */
const attributes = [
  { key: "http.route", value: { stringValue: "/Items/:id" } },
  { key: "http.response.status_code", value: { intValue: "404" } },
  { key: "cached", value: { boolValue: true } },
  { key: "tags", value: { arrayValue: { values: [{ stringValue: "a" }, { intValue: "1" }] } } },
];
const error = { code: 2, message: "Kein Gerät" };
const events = [{
  name: "exception",
  attributes: [{ key: "exception.type", value: { stringValue: "TypeError" } }],
}];

async function openFilled() {
  const store = await openStore(LIMITS);
  const end = String(START + 50n * MS);
  await store.add(
    "traces",
    tracesRequest([span("1", "1", { name: "GET /items/:id", attributes, endTimeUnixNano: end })]),
  );
  await store.add(
    "traces",
    tracesRequest(
      [span("2", "1", { status: error, startTimeUnixNano: String(START + MS) })],
      "bank",
    ),
  );
  await store.add("traces", tracesRequest([span("3", "1", { events })], "bank"));
  return store;
}

function asked(query: string): Pick<TraceQuery, "expression"> {
  return { expression: traceExpression(parseQuery(query)!) };
}

const QUERIES: [string, Omit<TraceQuery, "limit">, string[]][] = [
  ["everything", {}, ["3", "2", "1"]],
  ["a service", { serviceName: "bank" }, ["3", "2"]],
  ["an unknown service", { serviceName: "nobody" }, []],
  ["a name", { operationName: "GET /items/:id" }, ["1"]],
  ["errors", { status: "error" }, ["2"]],
  ["no errors", { status: "ok" }, ["3", "1"]],
  ["a duration at least", { minDurationNanos: 50e6 }, ["1"]],
  ["a duration at most", { maxDurationNanos: 49e6 }, ["3", "2"]],
  ["a start from", { startTimeMinUnixNano: String(START + 1n) }, ["2"]],
  ["a start until", { startTimeMaxUnixNano: String(START + MS - 1n) }, ["3", "1"]],
  ["a text attribute", { attributes: { "http.route": "/Items/:id" } }, ["1"]],
  ["a number attribute", { attributes: { "http.response.status_code": "404" } }, ["1"]],
  ["a truth attribute", { attributes: { cached: "true" } }, ["1"]],
  ["a list attribute", { attributes: { tags: '["a",1]' } }, ["1"]],
  ["another value", { attributes: { "http.route": "/items/:id" } }, []],
  ["a resource attribute", { attributes: { "service.name": "bank" } }, ["3", "2"]],
  ["both attributes", { attributes: { cached: "true", "service.name": "shop" } }, ["1"]],
  ["one of both attributes", { attributes: { cached: "true", "service.name": "bank" } }, []],
  ["text in a name", { text: "ITEMS" }, ["1"]],
  ["text in a service", { text: "ban" }, ["3", "2"]],
  ["text in a status message", { text: "gerÄT" }, ["2"]],
  ["text in a number", { text: "40" }, ["1"]],
  ["text in a truth value", { text: "ru" }, ["1"]],
  ["text in an event", { text: "typeerr" }, ["3"]],
  ["text that is a key only", { text: "exception.type" }, []],
  ["a query for a service", asked("service:bank"), ["3", "2"]],
  ["a query for a status", asked("status:error"), ["2"]],
  ["a query for its absence", asked("not status:error"), ["3", "1"]],
  ["a query for a duration", asked("duration>=50ms"), ["1"]],
  ["a query for an attribute", asked("http.response.status_code>=400"), ["1"]],
  ["a query for an attribute of an event", asked("exception.type:Type*"), ["3"]],
  ["a query for a resource attribute", asked("resource.service.name exists cached:true"), ["1"]],
  ["a query for text in a resource", asked("BAN"), ["3", "2"]],
  ["a query for text in a number", asked("40"), ["1"]],
  ["a query with or", asked("cached:true or event.name:exception"), ["3", "1"]],
  ["a query besides a filter", { ...asked("not cached exists"), serviceName: "bank" }, ["3", "2"]],
  ["a query for nothing", asked("cached:true status:error"), []],
  ["before a trace", { before: "3".padStart(32, "0") }, ["2", "1"]],
];
for (const [what, query, expected] of QUERIES) {
  testWith(["read"], `findTraces() finds ${what}`, async () => {
    await using store = await openFilled();
    const { traces, matched, kept } = await store.findTraces({ ...query, limit: 10 });
    assertEquals(traces.map(({ traceId }) => traceId.at(-1)), expected);
    assertEquals(kept, 3);
    assertEquals(matched, expected.length);
    const spans = await wholeOf(await store.findSpans({ ...query, limit: 10 }));
    const ids = spans && traceIdsOf(spans);
    assertEquals(ids, expected.length > 0 ? [...expected].sort() : undefined);
  });
}

testWith(
  ["read"],
  "a trace's spans are grouped by resource and scope, whichever requests they came in",
  async () => {
    await using store = await openStore(LIMITS);
    const resource = resourceOf("shop");
    const scope = { name: "http", version: "1" };
    const add = (spanId: string) =>
      store.add(
        "traces",
        encodeSpans([{ resource, scopeSpans: [{ scope, spans: [span("1", spanId)] }] }]),
      );
    await add("1");
    await add("2");
    await store.add("traces", tracesRequest([span("1", "3")], "bank"));
    const data = await wholeOf(await store.trace("1".padStart(32, "0")));
    assertEquals(data, {
      resourceSpans: [
        { resource, scopeSpans: [{ scope, spans: [span("1", "1"), span("1", "2")] }] },
        { resource: resourceOf("bank"), scopeSpans: [{ spans: [span("1", "3")] }] },
      ],
    });
    assertEquals(await store.trace("2".padStart(32, "0")), undefined);
    assertEquals(await store.trace("nonsense"), undefined);
  },
);

testWith(
  ["read"],
  "services, operations, rates, and calls are computed from spans, without duplicates",
  async () => {
    await using store = await openStore(LIMITS);
    const now = BigInt(Date.now()) * MS;
    const times = (millis: number) => ({
      startTimeUnixNano: String(now),
      endTimeUnixNano: String(now + BigInt(millis) * MS),
    });
    const client = span("1", "2", {
      parentSpanId: "1".padStart(16, "0"),
      kind: 3,
      name: "GET",
      ...times(1),
    });
    const servers = Array.from(
      { length: 100 },
      (_, i) => span("2", (i + 1).toString(16), times(i + 1)),
    );
    await store.add("traces", tracesRequest([span("1", "1", times(5)), client, ...servers]));
    await store.add("traces", tracesRequest(servers));
    const called = span("1", "3", {
      parentSpanId: "2".padStart(16, "0"),
      status: { code: 2 },
      ...times(1),
    });
    await store.add("traces", tracesRequest([called], "bank"));
    await store.add("traces", tracesRequest([span("3", "1")], "old"));
    assertEquals(await store.services(), ["bank", "old", "shop"]);
    assertEquals(await store.operations("shop"), [{ name: "GET", kind: 3 }, {
      name: "GET /",
      kind: 2,
    }]);
    const { services, edges } = await store.serviceStats(60);
    assertEquals(edges, [{ parent: "shop", child: "bank", callCount: 1, errorCount: 1 }]);
    assertEquals(services.map(({ name, spanCount, errorCount }) => [name, spanCount, errorCount]), [
      ["bank", 1, 1],
      ["shop", 102, 0],
    ]);
    const [route] = services[1]!.routes;
    assertEquals([route!.name, route!.count, route!.errorCount], ["GET /", 101, 0]);
    // Divided by the whole time range, even if all of them came within a second.
    assertEquals(route!.rate, 101 / 60);
    assertEquals([route!.p50Nanos, route!.p95Nanos, route!.p99Nanos], [50e6, 95e6, 99e6]);
  },
);

testWith(
  ["read"],
  "subscribers are notified of changed traces, logs, and metrics, and nothing else",
  async () => {
    await using store = await openStore(LIMITS);
    const heard: PromiseWithResolvers<StoreChanges>[] = [
      Promise.withResolvers(),
      Promise.withResolvers(),
    ];
    let count = 0;
    const subscription = store.subscribe((changes) => heard[count++]!.resolve(changes));
    await store.add("traces", tracesRequest([span("1", "1"), span("2", "1")]));
    const first = await within(heard[0]!.promise, "the first changes");
    assertEquals(first.traces.map(({ traceId }) => traceId.at(-1)), ["2", "1"]);
    assertEquals(first.stats.signals.traces.kept, 2);
    await store.add("traces", tracesRequest([span("1", "2")]));
    const second = await within(heard[1]!.promise, "the second changes");
    assertEquals(second.traces.map(({ traceId, spanCount }) => [traceId.at(-1), spanCount]), [[
      "1",
      2,
    ]]);
    subscription[Symbol.dispose]();
    await store.add("traces", tracesRequest([span("3", "1")]));
    assertEquals(count, 2);
  },
);

testWith(["read"], "a malformed request leaves nothing behind", async () => {
  await using store = await openStore(LIMITS);
  const whole = tracesRequest([span("1", "1"), span("2", "1")]);
  const cut = whole.slice(0, -3);
  const failure = await assertRejects(() => store.add("traces", cut), MalformedError);
  assertEquals(typeof failure.byteOffset, "number");
  assertEquals((await store.findTraces({ limit: 10 })).kept, 0);
  assertEquals((await store.add("traces", new Uint8Array())).accepted, 0);
  assertEquals((await store.add("traces", whole)).accepted, 2);
  assertEquals(store.pendingBytes, 0);
});

testWith(["read"], "add() does not transfer the rest of a buffer", async () => {
  await using store = await openStore(LIMITS);
  const request = tracesRequest([span("1", "1")]);
  const buffer = new Uint8Array(request.length + 20).fill(7);
  buffer.set(request, 10);
  await store.add("traces", buffer.subarray(10, 10 + request.length));
  assertEquals(buffer.at(-1), 7);
});

testWith(["read"], "a closed store reports that it is closed", async () => {
  const store = await openStore(LIMITS);
  await store[Symbol.asyncDispose]();
  await assertRejects(() => store.stats(), Error, "the store is closed");
  await assertRejects(() => store.add("traces", new Uint8Array(1)), Error, "the store is closed");
  assertEquals(store.pendingBytes, 0);
});

function traceIdsOf({ resourceSpans }: TracesData): string[] {
  const spans = resourceSpans!.flatMap(({ scopeSpans }) =>
    scopeSpans!.flatMap(({ spans }) => spans!)
  );
  return spans.map((span) => span.traceId!.at(-1)!).sort();
}

testWith(["read"], "spanFields() has the attributes of spans and resources", async () => {
  await using store = await openFilled();
  assertEquals(await store.spanFields(), [
    { name: "cached", values: ["true"] },
    { name: "http.response.status_code", values: ["404"] },
    { name: "http.route", values: ["/Items/:id"] },
    { name: "service.name", values: ["bank", "shop"] },
    { name: "tags", values: ['["a",1]'] },
  ]);
});
