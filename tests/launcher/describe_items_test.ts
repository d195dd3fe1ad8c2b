import { assertEquals, assertThrows } from "@std/assert";
import { describeItems } from "../../lib/launcher/describe_items.ts";
import type { LogsData, MetricsData, TracesData } from "../../lib/otlp/json.ts";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import { protobufOf } from "../helpers/otlp_requests.ts";

const TRACE_ID = "5b8efff798038103d269b633813fc60c";
const SPAN_ID = "eee19b7ec3c1b174";
const RESOURCE = { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] };
const SCOPE = { name: "test", version: "1.0" };
const ORIGIN = { scope: SCOPE, resource: { "service.name": "shop" } };
const ATTRIBUTES = [
  { key: "answer", value: { intValue: "42" } },
  { key: "list", value: { arrayValue: { values: [{ boolValue: true }, {}] } } },
];
const PLAIN = { answer: 42, list: [true, null] };

Deno.test("describeItems() shows spans with plain attributes, ids in hex", () => {
  const spans = [{
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    name: "GET /",
    attributes: ATTRIBUTES,
    events: [{ name: "exception", attributes: ATTRIBUTES }, { name: "bare" }],
    links: [{ traceId: TRACE_ID, attributes: ATTRIBUTES }],
    status: { code: 2 },
  }, {}];
  const request: TracesData = {
    resourceSpans: [{ resource: RESOURCE, scopeSpans: [{ scope: SCOPE, spans }] }],
  };
  assertEquals(describeItems("traces", protobufOf("TracesData", request)), [
    {
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      name: "GET /",
      attributes: PLAIN,
      events: [{ name: "exception", attributes: PLAIN }, { name: "bare" }],
      links: [{ traceId: TRACE_ID, attributes: PLAIN }],
      status: { code: 2 },
      ...ORIGIN,
    },
    ORIGIN,
  ]);
});

Deno.test("describeItems() shows log records with plain bodies", () => {
  const logRecords = [
    { severityText: "INFO", body: { stringValue: "hello" }, attributes: ATTRIBUTES },
    { body: { kvlistValue: { values: ATTRIBUTES } }, spanId: SPAN_ID },
  ];
  const request: LogsData = { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
  const origin = { scope: {}, resource: {} };
  assertEquals(describeItems("logs", protobufOf("LogsData", request)), [
    { severityText: "INFO", body: "hello", attributes: PLAIN, ...origin },
    { body: PLAIN, spanId: SPAN_ID, ...origin },
  ]);
});

Deno.test("describeItems() shows metrics of all types", () => {
  const exemplar = { asInt: "7", spanId: SPAN_ID };
  const dataPoints = [{
    attributes: ATTRIBUTES,
    exemplars: [{ ...exemplar, filteredAttributes: ATTRIBUTES }, exemplar],
  }];
  const plainPoints = [{
    attributes: PLAIN,
    exemplars: [{ ...exemplar, filteredAttributes: PLAIN }, exemplar],
  }];
  const counts = { aggregationTemporality: 2, dataPoints };
  const metrics = [
    { name: "a", unit: "s", gauge: { dataPoints } },
    { name: "b", sum: { ...counts, isMonotonic: true } },
    { name: "c", histogram: counts, metadata: ATTRIBUTES },
    { name: "d", exponentialHistogram: counts },
    { name: "e", summary: { dataPoints: [{ count: "3", attributes: ATTRIBUTES }] } },
    { name: "f", gauge: {} },
  ];
  const request: MetricsData = {
    resourceMetrics: [{ resource: RESOURCE, scopeMetrics: [{ scope: SCOPE, metrics }] }],
  };
  const plainCounts = { aggregationTemporality: 2, dataPoints: plainPoints };
  assertEquals(describeItems("metrics", protobufOf("MetricsData", request)), [
    { name: "a", unit: "s", gauge: { dataPoints: plainPoints }, ...ORIGIN },
    { name: "b", sum: { ...plainCounts, isMonotonic: true }, ...ORIGIN },
    { name: "c", histogram: plainCounts, metadata: PLAIN, ...ORIGIN },
    { name: "d", exponentialHistogram: plainCounts, ...ORIGIN },
    { name: "e", summary: { dataPoints: [{ count: "3", attributes: PLAIN }] }, ...ORIGIN },
    { name: "f", gauge: { dataPoints: [] }, ...ORIGIN },
  ]);
});

Deno.test("describeItems() rejects an invalid request", () => {
  assertThrows(() => describeItems("traces", Uint8Array.of(0x0a, 5)), MalformedError);
});
