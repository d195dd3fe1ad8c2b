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
  for (const document of [{ foo: 1 }, [{ foo: 1 }], [[1]], { data: 1, x: '"' }, "text", [1]]) {
    const read = () => documentToProtobuf(bytesOf(document));
    if (JSON.stringify(document).includes("data")) assertEquals(spansOf(document), []);
    else assertThrows(read, MalformedError);
  }
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
