import { assertEquals } from "@std/assert";
import { SpanMetrics } from "../../lib/lab/span_metrics.ts";
import { attributesJson } from "../../lib/otlp/any_value.ts";
import { protobufToJson } from "../../lib/otlp/decode.ts";
import { encodeMessage } from "../../lib/otlp/encode.ts";

const START = 1_700_000_000_000_000_000n;

function request(service: string, durationsMillis: number[], code: number) {
  return encodeMessage("TracesData", {
    resourceSpans: [{
      resource: { attributes: [{ key: "service.name", value: { stringValue: service } }] },
      scopeSpans: [{
        spans: durationsMillis.map((millis) => ({
          name: "GET /",
          kind: 2,
          status: { code },
          startTimeUnixNano: String(START),
          endTimeUnixNano: String(START + BigInt(millis * 1_000_000)),
          attributes: [{ key: "http.route", value: { stringValue: "/" } }],
        })),
      }],
    }],
  });
}

Deno.test("SpanMetrics counts spans and durations by service, name, kind, status, and dimension", () => {
  const metrics = new SpanMetrics({ intervalMillis: 1000, dimensions: ["http.route", "other"] });
  assertEquals(metrics.encode(), undefined);
  metrics.add(request("shop", [2, 3, 20_000], 0));
  metrics.add(request("shop", [1], 0));
  metrics.add(request("shop", [1], 2));
  metrics.add(request("stock", [1], 0));
  const { resourceMetrics = [] } = protobufToJson("MetricsData", metrics.encode()!);
  const of = resourceMetrics.map(({ resource, scopeMetrics }) => ({
    resource: attributesJson(resource!.attributes),
    metrics: scopeMetrics![0]!.metrics!,
  }));
  assertEquals(of.map(({ resource }) => resource), [
    '{"service.name":"shop"}',
    '{"service.name":"stock"}',
  ]);
  const [calls, duration] = of[0]!.metrics;
  const series = (status: string) =>
    '{"service.name":"shop","span.name":"GET /","span.kind":"SPAN_KIND_SERVER",' +
    `"status.code":"STATUS_CODE_${status}","http.route":"/"}`;
  assertEquals(
    calls!.sum!.dataPoints!.map(({ attributes, asInt }) => [attributesJson(attributes), asInt]),
    [[series("UNSET"), "4"], [series("ERROR"), "1"]],
  );
  assertEquals([calls!.name, duration!.name, duration!.unit], [
    "traces.span.metrics.calls",
    "traces.span.metrics.duration",
    "ms",
  ]);
  const [point] = duration!.histogram!.dataPoints!;
  assertEquals([point!.count, point!.sum], ["4", 20_006]);
  const { bucketCounts = [], explicitBounds = [] } = point!;
  // 1 and 2 are at most 2, 3 is at most 4, and 20 seconds are above all.
  assertEquals([...bucketCounts.slice(0, 3), bucketCounts.at(-1)], ["2", "1", "0", "1"]);
  assertEquals(bucketCounts.length, explicitBounds.length + 1);
});
