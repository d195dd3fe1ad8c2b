import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { allocateBytes } from "../../../../lib/large_bytes.ts";
import { protobufToJson } from "../../../../lib/otlp/decode.ts";
import type { ResourceSpans } from "../../../../lib/otlp/json.ts";
import { cutRequest } from "../../../../lib/collector/store/scan/cut_request.ts";
import { encodeSpans, metricsRequest, resourceOf, span } from "../requests.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const noPause = () => Promise.resolve();

/** The number of spans in each scope of each resource. */
const counts = fc.array(fc.array(fc.nat(6), { maxLength: 4 }), { maxLength: 4 });

/** Spans are numbered in order. Their resource and scope come both before and after them in the bytes. */
function makeSpans(counts: number[][]): ResourceSpans[] {
  let number = 0;
  return counts.map((scopes, i) => ({
    resource: resourceOf(`service ${i}`),
    scopeSpans: scopes.map((count, j) => ({
      scope: { name: `scope ${i}.${j}` },
      spans: Array.from({ length: count }, () => span("1", (++number).toString(16))),
      schemaUrl: `scopes:${j}`,
    })),
    schemaUrl: `resources:${i}`,
  }));
}

/** Spans with their resources and scopes, and groups without any spans. */
function contentsOf(requests: ResourceSpans[][]): string[] {
  const contents = requests.flat().flatMap(({ scopeSpans = [], ...resource }) =>
    scopeSpans.length === 0
      ? [JSON.stringify(resource)]
      : scopeSpans.flatMap(({ spans = [], ...scope }) =>
        [...spans, ...spans.length === 0 ? [{}] : []].map((span) =>
          JSON.stringify({ resource, scope, span })
        )
      )
  );
  return contents;
}

const spansOf = (bytes: Bytes) => protobufToJson("TracesData", bytes).resourceSpans ?? [];

Deno.test("parts contain everything from a request, in order, each with its resource and scope", async () => {
  await fc.assert(
    fc.asyncProperty(counts, fc.nat(2000), async (counts, bytes) => {
      const request = encodeSpans(makeSpans(counts));
      const whole = contentsOf([spansOf(request)]);
      const parts = await cutRequest("traces", request, noPause, { bytes, items: 9 });
      assertEquals(contentsOf(parts.map(spansOf)), whole);
    }),
  );
});

Deno.test("a part ends after a fixed number of items if it repeats little", async () => {
  const request = encodeSpans(makeSpans([[200]]));
  const parts = await cutRequest("traces", request, noPause, { bytes: 2 ** 20, items: 50 });
  assertEquals(
    parts.map((part) => spansOf(part)[0]?.scopeSpans?.[0]?.spans?.length),
    [50, 50, 50, 50],
  );
});

Deno.test("a long resource is repeated only if its items are worth it", async () => {
  const text = { key: "text", value: { stringValue: "x".repeat(100_000) } };
  const spans = Array.from({ length: 5000 }, (_, i) => span("1", (i + 1).toString(16)));
  const request = encodeSpans([{ resource: { attributes: [text] }, scopeSpans: [{ spans }] }]);
  const { length } = request;
  const parts = await cutRequest("traces", request, noPause, { bytes: 1000, items: 1 });
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  assert(total < 2 * length, `${total} bytes of ${length}`);
});

Deno.test("data points of one metric are split, and each part has all the metric's fields", async () => {
  const dataPoints = Array.from({ length: 90 }, (_, i) => ({ asInt: `${i}` }));
  const sum = { dataPoints, aggregationTemporality: 2, isMonotonic: true };
  const request = metricsRequest([{ name: "requests", unit: "{request}", sum }]);
  const parts = await cutRequest("metrics", request, noPause, { bytes: 2 ** 20, items: 45 });
  const metrics = parts.map((part) =>
    protobufToJson("MetricsData", part).resourceMetrics?.[0]?.scopeMetrics?.[0]?.metrics?.[0]
  );
  assert(metrics.length > 1);
  assertEquals(metrics.flatMap((metric) => metric?.sum?.dataPoints), dataPoints);
  for (const metric of metrics) {
    const { dataPoints: _, ...rest } = metric!.sum!;
    assertEquals({ ...metric, sum: rest }, {
      name: "requests",
      unit: "{request}",
      sum: { aggregationTemporality: 2, isMonotonic: true },
    });
  }
});

Deno.test("a request that is split frees its memory", async () => {
  const bytes = encodeSpans(makeSpans([[30_000]]));
  const request = allocateBytes(bytes.length);
  request.set(bytes);
  const left: number[] = [];
  await cutRequest("traces", request, () => {
    left.push(request.buffer.byteLength);
    return Promise.resolve();
  });
  assertEquals(left.length, 3);
  assert(left[0]! < bytes.length * 0.7, `${left} of ${bytes.length}`);
  assertEquals(left.at(-1), 0);
});

Deno.test("a short request stays unchanged", async () => {
  const request = encodeSpans(makeSpans([[3]]));
  const [part, ...others] = await cutRequest("traces", request, noPause);
  assertEquals([part === request, others], [true, []]);
});
