import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { protobufToJson } from "../../../lib/otlp/decode.ts";
import { encodeMessage } from "../../../lib/otlp/encode.ts";
import { documentToProtobuf } from "../../../lib/otlp/json_request.ts";
import type { Span, TracesData } from "../../../lib/otlp/json.ts";
import { MalformedError } from "../../../lib/otlp/malformed_error.ts";
import { testIf } from "../../helpers/needs.ts";
import { eventually } from "../../helpers/poll.ts";
import { needsServers, startMemoryJaeger, startZipkin } from "../../helpers/servers.ts";

const TRACE = "5b8efff798038103d269b633813fc60c";
const ROOT = "eee19b7ec3c1b174";
const CHILD = "eee19b7ec3c1b175";
const NEEDS = ["net", "read", "write", "run", "env"] as const;

/** The input for both real servers: a failed request and the call below it. */
const REQUEST: TracesData = {
  resourceSpans: [{
    resource: { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] },
    scopeSpans: [{
      scope: { name: "http", version: "1.2" },
      spans: [
        {
          traceId: TRACE,
          spanId: ROOT,
          name: "GET /orders",
          kind: 2,
          startTimeUnixNano: "1700000000000001000",
          endTimeUnixNano: "1700000000250001000",
          attributes: [
            { key: "http.route", value: { stringValue: "/orders" } },
            { key: "http.response.status_code", value: { intValue: "500" } },
          ],
          events: [{ timeUnixNano: "1700000000100001000", name: "retry" }],
          status: { code: 2, message: "it broke" },
        },
        {
          traceId: TRACE,
          spanId: CHILD,
          parentSpanId: ROOT,
          name: "SELECT",
          kind: 3,
          startTimeUnixNano: "1700000000100000000",
          endTimeUnixNano: "1700000000200000000",
        },
      ],
    }],
  }],
};

Deno.test("traces of Jaeger's page become OTLP", () => {
  const [{ resource, scopeSpans }] = resourcesOf({
    data: [{
      traceID: TRACE.slice(1),
      spans: [{
        traceID: TRACE.slice(16),
        spanID: "1",
        operationName: "pay",
        references: [
          { refType: "CHILD_OF", traceID: TRACE.slice(16), spanID: "2" },
          { refType: "FOLLOWS_FROM", traceID: TRACE, spanID: "3" },
        ],
        startTime: 1_700_000_000_000_001,
        duration: 5,
        tags: [
          { key: "span.kind", type: "string", value: "client" },
          { key: "error", type: "bool", value: true },
          { key: "count", type: "int64", value: 3 },
          { key: "share", type: "float64", value: 0.5 },
          { key: "ok", type: "bool", value: false },
        ],
        logs: [{
          timestamp: 1_700_000_000_000_002,
          fields: [
            { key: "event", type: "string", value: "retry" },
            { key: "after", type: "string", value: "1s" },
          ],
        }],
        processID: "p1",
      }],
      processes: {
        p1: { serviceName: "shop", tags: [{ key: "host", type: "string", value: "h" }] },
      },
    }],
  });
  assertEquals(resource?.attributes, [
    { key: "service.name", value: { stringValue: "shop" } },
    { key: "host", value: { stringValue: "h" } },
  ]);
  const [span] = scopeSpans![0]!.spans!;
  assertEquals(span, {
    traceId: TRACE.slice(16).padStart(32, "0"),
    spanId: "1".padStart(16, "0"),
    parentSpanId: "2".padStart(16, "0"),
    name: "pay",
    kind: 3,
    startTimeUnixNano: "1700000000000001000",
    endTimeUnixNano: "1700000000000006000",
    attributes: [
      { key: "count", value: { intValue: "3" } },
      { key: "share", value: { doubleValue: 0.5 } },
      { key: "ok", value: { boolValue: false } },
    ],
    events: [{
      timeUnixNano: "1700000000000002000",
      name: "retry",
      attributes: [{ key: "after", value: { stringValue: "1s" } }],
    }],
    links: [{ traceId: TRACE, spanId: "3".padStart(16, "0") }],
    status: { code: 2 },
  });
});

Deno.test("traces of Zipkin become OTLP, as a list of spans and as a list of traces", () => {
  const span = {
    traceId: TRACE.slice(16),
    id: "1",
    name: "pay",
    kind: "PRODUCER",
    timestamp: 1_700_000_000_000_001,
    localEndpoint: { serviceName: "shop", ipv4: "10.0.0.1" },
    remoteEndpoint: { serviceName: "queue", port: 9092 },
    tags: { error: "no room", "otel.scope.name": "kafka", size: "3" },
  };
  for (const document of [[span], [[span]]]) {
    const [{ resource, scopeSpans }] = resourcesOf(document);
    assertEquals(resource?.attributes?.[0]?.value, { stringValue: "shop" });
    const [{ scope, spans }] = scopeSpans as [NonNullable<typeof scopeSpans>[number]];
    assertEquals(scope?.name, "kafka");
    assertEquals(spans![0]!.kind, 4);
    assertEquals(spans![0]!.status, { code: 2, message: "no room" });
    assertEquals(spans![0]!.attributes?.map(({ key }) => key), [
      "size",
      "peer.service",
      "network.local.address",
      "network.peer.port",
    ]);
    // The span hasn't ended.
    assertEquals(spans![0]!.endTimeUnixNano, undefined);
  }
});

Deno.test("a service without a name has no attribute for it", () => {
  const zipkin = { traceId: TRACE, id: "1", localEndpoint: { ipv4: "10.0.0.1" } };
  const jaeger = { traceID: TRACE, spanID: "1", operationName: "pay", process: {} };
  for (const document of [[zipkin], [jaeger]]) {
    assertEquals(resourcesOf(document)[0].resource?.attributes, undefined);
  }
});

Deno.test("a trace or span of Jaeger, a list of them, and a span of Zipkin are read, too", () => {
  const span = {
    traceID: TRACE,
    spanID: ROOT,
    operationName: "pay",
    startTime: 1_700_000_000_000_001,
    startTimeMillis: 1_700_000_000_000,
    duration: 5,
    process: { serviceName: "shop", tags: [] },
  };
  const { process, ...rest } = span;
  const trace = {
    traceID: TRACE,
    spans: [{ ...rest, processID: "p1" }],
    processes: { p1: process },
  };
  const zipkin = {
    traceId: TRACE,
    id: ROOT,
    name: "pay",
    timestamp: span.startTime,
    duration: 5,
    localEndpoint: { serviceName: "shop" },
  };
  for (const document of [{ data: [trace] }, trace, [trace], span, [span], zipkin, [[zipkin]]]) {
    const [{ resource, scopeSpans }] = resourcesOf(document);
    assertEquals(resource?.attributes?.[0]?.value, { stringValue: "shop" });
    const [read] = scopeSpans![0]!.spans!;
    assertEquals([read!.spanId, read!.name, read!.endTimeUnixNano], [
      ROOT,
      "pay",
      "1700000000000006000",
    ]);
  }
});

Deno.test("traces in the model of Jaeger's storage become OTLP", () => {
  const [{ resource, scopeSpans }] = resourcesOf({
    spans: [{
      traceId: Uint8Array.fromHex(TRACE).toBase64(),
      spanId: Uint8Array.fromHex(CHILD).toBase64(),
      operationName: "pay",
      references: [{
        traceId: Uint8Array.fromHex(TRACE).toBase64(),
        spanId: Uint8Array.fromHex(ROOT).toBase64(),
      }],
      startTime: "2023-11-14T23:13:20.0000015+01:00",
      duration: "0.00025s",
      tags: [
        { key: "span.kind", vStr: "server" },
        { key: "ok", vType: "BOOL" },
        { key: "port", vType: "INT64", vInt64: "443" },
        { key: "share", vType: "FLOAT64", vFloat64: 0.5 },
        { key: "raw", vType: "BINARY", vBinary: "aGk=" },
      ],
      logs: [{
        timestamp: "2023-11-14T22:13:20.00001Z",
        fields: [{ key: "event", vStr: "retry" }],
      }],
      process: { serviceName: "shop", tags: [{ key: "host", vType: "STRING", vStr: "h" }] },
    }],
  });
  assertEquals(resource?.attributes, [
    { key: "service.name", value: { stringValue: "shop" } },
    { key: "host", value: { stringValue: "h" } },
  ]);
  assertEquals(scopeSpans![0]!.spans, [{
    traceId: TRACE,
    spanId: CHILD,
    parentSpanId: ROOT,
    name: "pay",
    kind: 2,
    startTimeUnixNano: "1700000000000001000",
    endTimeUnixNano: "1700000000000251000",
    attributes: [
      { key: "ok", value: { boolValue: false } },
      { key: "port", value: { intValue: "443" } },
      { key: "share", value: { doubleValue: 0.5 } },
      { key: "raw", value: { bytesValue: "aGk=" } },
    ],
    events: [{ timeUnixNano: "1700000000000010000", name: "retry" }],
    status: {},
  }]);
});

const FRONT = { serviceName: "front", ipv4: "10.0.0.1" };
const BACK = { serviceName: "back", ipv4: "10.0.0.2", port: 80 };

/** Version 1 of Zipkin's JSON: a shared call, a call of a database, and a local span. */
const V1_SPANS = [
  {
    traceId: TRACE,
    id: ROOT,
    name: "get",
    timestamp: 1_700_000_000_000_000,
    duration: 100_000,
    annotations: [
      { timestamp: 1_700_000_000_000_000, value: "cs", endpoint: FRONT },
      { timestamp: 1_700_000_000_020_000, value: "sr", endpoint: BACK },
      { timestamp: 1_700_000_000_030_000, value: "cache.miss", endpoint: BACK },
      { timestamp: 1_700_000_000_080_000, value: "ss", endpoint: BACK },
      { timestamp: 1_700_000_000_100_000, value: "cr", endpoint: FRONT },
    ],
    binaryAnnotations: [
      { key: "sa", value: true, endpoint: BACK },
      { key: "http.path", value: "/orders", endpoint: BACK },
      { key: "retries", value: "1", endpoint: FRONT },
    ],
  },
  {
    traceId: TRACE,
    id: CHILD,
    parentId: ROOT,
    name: "select",
    annotations: [
      { timestamp: 1_700_000_000_040_000, value: "cs", endpoint: BACK },
      { timestamp: 1_700_000_000_050_000, value: "cr", endpoint: BACK },
    ],
    binaryAnnotations: [
      { key: "sa", value: true, endpoint: { serviceName: "db", ipv4: "10.0.0.3" } },
      { key: "error", value: "no table", endpoint: BACK },
    ],
  },
  {
    traceId: TRACE,
    id: "1".padStart(16, "0"),
    parentId: ROOT,
    name: "work",
    timestamp: 1_700_000_000_060_000,
    duration: 5,
    binaryAnnotations: [{ key: "lc", value: "", endpoint: BACK }],
  },
];

Deno.test("version 1 of Zipkin's JSON becomes OTLP, with a span for each side of a call", () => {
  const [client, server, select, work] = resourcesOf(V1_SPANS).map((part) => ({
    service: part.resource?.attributes?.[0]?.value?.stringValue,
    ...part.scopeSpans![0]!.spans![0]!,
  }));
  const texts = (span: Span | undefined) =>
    (span?.attributes ?? []).map(({ key, value }) => `${key}=${value?.stringValue}`);
  assertEquals([client?.service, client?.kind, server?.service, server?.kind], [
    "front",
    3,
    "back",
    2,
  ]);
  assertEquals(
    [client, server, select, work].map((span) => [span?.startTimeUnixNano, span?.endTimeUnixNano]),
    [
      ["1700000000000000000", "1700000000100000000"],
      ["1700000000020000000", "1700000000080000000"],
      ["1700000000040000000", "1700000000050000000"],
      ["1700000000060000000", "1700000000060005000"],
    ],
  );
  assertEquals(texts(client).slice(0, 2), ["retries=1", "peer.service=back"]);
  assertEquals(texts(server)[0], "http.path=/orders");
  assertEquals([client?.events?.length, server?.events?.[0]?.name], [undefined, "cache.miss"]);
  assertEquals(select?.status, { code: 2, message: "no table" });
  assertEquals(texts(select)[0], "peer.service=db");
  assertEquals([work?.kind, work?.service, work?.parentSpanId], [1, "back", ROOT]);
});

Deno.test("traces of Tempo become OTLP: ids in base64, names of enums, older names", () => {
  const spans = [{
    traceId: Uint8Array.fromHex(TRACE).toBase64(),
    spanId: Uint8Array.fromHex(ROOT).toBase64(),
    name: "pay",
    kind: "SPAN_KIND_SERVER",
    startTimeUnixNano: "1700000000000000000",
    status: { code: "STATUS_CODE_ERROR" },
    links: [{ traceId: Uint8Array.fromHex(TRACE).toBase64() }],
  }];
  const documents = [
    { batches: [{ scopeSpans: [{ spans }] }] },
    { batches: [{ instrumentationLibrarySpans: [{ instrumentationLibrary: {}, spans }] }] },
    { trace: { resourceSpans: [{ scopeSpans: [{ spans }] }] }, metrics: {} },
    { resourceSpans: [{ scopeSpans: [{ spans }] }] },
  ];
  for (const document of documents) {
    const [span] = spansOf(document);
    assertEquals([span!.traceId, span!.spanId], [TRACE, ROOT]);
    assertEquals([span!.kind, span!.status?.code], [2, 2]);
    assertEquals(span!.links?.[0]?.traceId, TRACE);
  }
});

Deno.test("a document of unknown format gets a message about what is missing", () => {
  const unknown = [{ foo: 1 }, [{ foo: 1 }], [[1]], { data: 1, x: '"' }, "text", [1]];
  // Other answers of Jaeger, and a table of Grafana.
  const tables = [{ data: ["shop"] }, { data: null }, {
    data: [{ fields: [{ name: "traceID" }] }],
  }];
  for (const document of [...unknown, ...tables, { spans: [{ name: "pay" }] }]) {
    const json = JSON.stringify(document);
    assertThrows(() => documentToProtobuf(bytesOf(document)), MalformedError, undefined, json);
  }
  assertEquals(spansOf({ data: [] }), []);
  const long = bytesOf({ data: ["x".repeat(17 * 2 ** 20)] });
  const { message } = assertThrows(() => documentToProtobuf(long), MalformedError);
  assertStringIncludes(message, "a document in Jaeger's format can have at most");
});

testIf(needsServers("jaeger"), NEEDS, "files from the real Jaeger can be read", async () => {
  await using jaeger = await startMemoryJaeger();
  await post(
    `http://127.0.0.1:${jaeger.ports.http}/v1/traces`,
    "application/x-protobuf",
    protobuf(),
  );
  const url = `http://127.0.0.1:${jaeger.ports.query}/api/traces/${TRACE}`;
  const answer = await eventually(url, ({ data }) => data[0].spans.length === 2);
  assertEquals(simple(spansOf(answer)), simple(REQUEST.resourceSpans![0]!.scopeSpans![0]!.spans!));
});

testIf(needsServers("zipkin"), NEEDS, "answers of the real Zipkin can be read", async () => {
  await using zipkin = await startZipkin();
  const own = `http://127.0.0.1:${zipkin.ports.query}/api/v2`;
  const shop = { serviceName: "shop" };
  const common = { traceId: TRACE, localEndpoint: shop };
  await post(
    `${own}/spans`,
    "application/json",
    JSON.stringify([
      {
        ...common,
        id: ROOT,
        name: "get /orders",
        kind: "SERVER",
        timestamp: 1_700_000_000_000_001,
        duration: 250_000,
        annotations: [{ timestamp: 1_700_000_000_100_001, value: "retry" }],
        tags: { error: "it broke" },
      },
      {
        ...common,
        id: CHILD,
        parentId: ROOT,
        name: "select",
        kind: "CLIENT",
        timestamp: 1_700_000_000_100_000,
        duration: 100_000,
      },
    ]),
  );
  const answer = await eventually(`${own}/trace/${TRACE}`, ({ length }) => length === 2);
  // Zipkin stores names in lowercase.
  const sent = REQUEST.resourceSpans![0]!.scopeSpans![0]!.spans!;
  const lower = sent.map((span) => ({ ...span, name: span.name!.toLowerCase() }));
  assertEquals(simple(spansOf(answer)), simple(lower));
});

testIf(needsServers("zipkin"), NEEDS, "Zipkin converts version 1 of its JSON alike", async () => {
  await using zipkin = await startZipkin();
  const own = `http://127.0.0.1:${zipkin.ports.query}/api`;
  await post(`${own}/v1/spans`, "application/json", JSON.stringify(V1_SPANS));
  const answer = await eventually(`${own}/v2/trace/${TRACE}`, ({ length }) => length === 4);
  assertEquals(complete(V1_SPANS), complete(answer));
});

/** Resources and spans in any order, with their attributes. */
function complete(document: unknown): unknown {
  return resourcesOf(document).map(({ resource, scopeSpans }) => {
    const [{ attributes = [], ...span } = {}] = scopeSpans![0]!.spans!;
    const byKey = attributes.map((attribute) => JSON.stringify(attribute)).sort();
    return JSON.stringify([resource, span, byKey]);
  }).sort();
}

/** The data that all formats can represent, by span ID. */
function simple(spans: readonly Span[]): unknown {
  return spans.map((span) => [
    span.spanId,
    span.traceId,
    span.parentSpanId ?? "",
    span.name,
    span.kind,
    span.startTimeUnixNano,
    span.endTimeUnixNano,
    span.status?.code ?? 0,
    span.status?.message ?? "",
    (span.events ?? []).map(({ name, timeUnixNano }) => [name, timeUnixNano]),
  ]).sort();
}

function resourcesOf(document: unknown) {
  const [part] = documentToProtobuf(bytesOf(document));
  assertEquals(part?.signal, "traces");
  const { resourceSpans = [] } = protobufToJson("TracesData", part!.body);
  return resourceSpans as [typeof resourceSpans[number], ...typeof resourceSpans];
}

function spansOf(document: unknown): Span[] {
  return resourcesOf(document).flatMap(({ scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans = [] }) => spans)
  );
}

function bytesOf(document: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}

function protobuf(): Uint8Array<ArrayBuffer> {
  return encodeMessage("TracesData", REQUEST);
}

async function post(url: string, type: string, body: BodyInit): Promise<void> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": type }, body });
  assertEquals(response.ok, true, await response.text());
}
