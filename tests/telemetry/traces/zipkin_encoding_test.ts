import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { assertEquals } from "@std/assert";
import { ZIPKIN_ENCODING } from "../../../lib/telemetry/traces/zipkin_encoding.ts";

const SPAN: ReadableSpan = {
  name: "GET /items/:id",
  kind: SpanKind.SERVER,
  spanContext: () => ({ traceId: "a".repeat(32), spanId: "b".repeat(16), traceFlags: 1 }),
  startTime: [1_700_000_000, 123_456_789],
  endTime: [1_700_000_000, 125_456_789],
  duration: [0, 2_000_000],
  status: { code: SpanStatusCode.UNSET },
  attributes: {},
  links: [],
  events: [],
  ended: true,
  resource: resourceFromAttributes({ "service.name": "shop", "service.version": "2" }),
  instrumentationScope: { name: "" },
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
};

function encoded(...spans: Partial<ReadableSpan>[]): unknown[] {
  const encoder = ZIPKIN_ENCODING.createEncoder();
  for (const span of spans) encoder.add({ ...SPAN, ...span });
  return JSON.parse(new TextDecoder().decode(encoder.finish()));
}

Deno.test("ZIPKIN_ENCODING writes times in microseconds, and the resource as tags", () => {
  const span = {
    traceId: "a".repeat(32),
    id: "b".repeat(16),
    name: "GET /items/:id",
    kind: "SERVER",
    timestamp: 1_700_000_000_123_456,
    duration: 2000,
    localEndpoint: { serviceName: "shop" },
    tags: { "service.version": "2" },
  };
  assertEquals(encoded({}, {}), [span, span]);
});

Deno.test("ZIPKIN_ENCODING writes parent, events, status, scope, and dropped counts", () => {
  const [span] = encoded({
    kind: SpanKind.INTERNAL,
    parentSpanContext: { traceId: "a".repeat(32), spanId: "c".repeat(16), traceFlags: 1 },
    duration: [0, 10],
    attributes: { text: "a, b", list: ["a", "b"], number: 1.5, truth: false },
    events: [
      { name: "cached", time: [1_700_000_000, 124_000_000] },
      { name: "retry", time: [1_700_000_000, 124_500_000], attributes: { delay: 3 } },
    ],
    status: { code: SpanStatusCode.ERROR, message: "no such item" },
    instrumentationScope: { name: "http", version: "1.0" },
    droppedEventsCount: 4,
  });
  assertEquals(span, {
    traceId: "a".repeat(32),
    id: "b".repeat(16),
    parentId: "c".repeat(16),
    name: "GET /items/:id",
    timestamp: 1_700_000_000_123_456,
    duration: 1,
    localEndpoint: { serviceName: "shop" },
    tags: {
      "service.version": "2",
      text: "a, b",
      list: '["a","b"]',
      number: "1.5",
      truth: "false",
      "otel.scope.name": "http",
      "otel.scope.version": "1.0",
      "otel.dropped_events_count": "4",
      "otel.status_code": "ERROR",
      error: "no such item",
    },
    annotations: [
      { timestamp: 1_700_000_000_124_000, value: "cached" },
      { timestamp: 1_700_000_000_124_500, value: '{"retry":{"delay":3}}' },
    ],
  });
});

Deno.test("ZIPKIN_ENCODING says of an error without a reason that it is one, and of OK that it is", () => {
  const [error, fine] = encoded(
    { status: { code: SpanStatusCode.ERROR } },
    { status: { code: SpanStatusCode.OK } },
  ) as { tags: Record<string, string> }[];
  assertEquals([error?.tags.error, error?.tags["otel.status_code"]], ["true", "ERROR"]);
  assertEquals([fine?.tags.error, fine?.tags["otel.status_code"]], [undefined, "OK"]);
});

Deno.test("ZIPKIN_ENCODING names the callee of a span, and treats error=false as no error", () => {
  const attributes = {
    "network.peer.address": "10.0.0.7",
    "network.peer.port": 5432,
    error: false,
  };
  const spans = encoded(
    { kind: SpanKind.CLIENT, attributes: { ...attributes, "server.address": "DB.local" } },
    { kind: SpanKind.PRODUCER, attributes },
    { kind: SpanKind.SERVER, attributes },
  ) as { remoteEndpoint?: unknown; tags: Record<string, string> }[];
  assertEquals(spans.map(({ remoteEndpoint }) => remoteEndpoint), [
    { serviceName: "db.local" },
    { ipv4: "10.0.0.7", port: 5432 },
    undefined,
  ]);
  assertEquals(spans.filter(({ tags }) => "error" in tags), []);
});

Deno.test("ZIPKIN_ENCODING writes numbers that JSON lacks as text", () => {
  const attributes = { n: NaN, l: [1.5, -Infinity], one: 1 };
  const [span] = encoded({
    attributes,
    events: [{ name: "e", time: [0, 0], attributes: { n: Infinity } }],
  }) as { tags: Record<string, string>; annotations: { value: string }[] }[];
  const { n, l, one } = span!.tags;
  assertEquals([n, l, one], ["NaN", '[1.5,"-Infinity"]', "1"]);
  assertEquals(span!.annotations[0]!.value, '{"e":{"n":"Infinity"}}');
});
