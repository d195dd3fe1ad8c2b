import { assert, assertEquals } from "@std/assert";
import { layOutMap } from "../../../lib/page/views/services/map_layout.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeRequest } from "../../helpers/otlp_proto.ts";
import { startQueryCollector } from "../../helpers/query_collector.ts";

/** Names that every JavaScript object inherits. */
const NAMES = ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"];

const value = (stringValue: string) => ({ stringValue });
const id = (bytes: number, first: number) => new Uint8Array(bytes).fill(first);

/** A chain of calls through services with these names, whose attributes have these names. */
function requestOfTraces() {
  return encodeRequest("traces", {
    resourceSpans: NAMES.map((name, i) => ({
      resource: { attributes: [{ key: "service.name", value: value(name) }] },
      scopeSpans: [{
        scope: { name },
        spans: [{
          traceId: id(16, 7),
          spanId: id(8, i + 1),
          ...i > 0 && { parentSpanId: id(8, i) },
          name,
          kind: 2,
          startTimeUnixNano: `${Date.now()}000000`,
          endTimeUnixNano: `${Date.now() + 1}000000`,
          attributes: NAMES.map((key) => ({ key, value: value(name) })),
        }],
      }],
    })),
  });
}

function requestOfMetrics() {
  return encodeRequest("metrics", {
    resourceMetrics: NAMES.map((name) => ({
      resource: { attributes: [{ key: "service.name", value: value(name) }] },
      scopeMetrics: [{
        metrics: [{
          name,
          gauge: {
            dataPoints: [{
              asDouble: 1,
              timeUnixNano: `${Date.now()}000000`,
              attributes: [{ key: name, value: value(name) }],
            }],
          },
        }],
      }],
    })),
  });
}

testWith(
  ["net", "env", "read"],
  "names of object members are treated like any others",
  async () => {
    await using collector = await startQueryCollector();
    for (const [signal, body] of [["traces", requestOfTraces()], ["metrics", requestOfMetrics()]]) {
      const response = await fetch(`${collector.otlpUrl}/v1/${signal}`, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf" },
        body: body!,
      });
      assertEquals(response.status, 200, await response.text());
    }
    const ask = async (path: string) => {
      const response = await fetch(`${collector.url}${path}`);
      const text = await response.text();
      assertEquals(response.status, 200, `${path}: ${text}`);
      return JSON.parse(text);
    };
    const sorted = [...NAMES].sort();

    assertEquals((await ask("/api/v3/services")).services.sort(), sorted);
    const traceId = "07".repeat(16);
    for (const name of NAMES) {
      const service = `service=${name}`;
      assertEquals((await ask(`/api/kit/traces?${service}`)).matched, 1, name);
      assertEquals((await ask(`/api/kit/traces?attribute=${name}=${name}`)).matched, 1, name);
      assertEquals((await ask(`/api/kit/traces?attribute=${name}=none`)).matched, 0, name);
      assertEquals((await ask(`/api/kit/metrics/${name}`)).series[0].serviceName, name);
      const { data } = await ask(`/api/v1/query?query={${name}="${name}"}`);
      assertEquals(data.result.length, 1, name);
      const tagged = await ask(`/api/v2/traces?annotationQuery=${name}=${name}`);
      assertEquals(tagged.length, 1, name);
      assertEquals((await ask(`/api/v2/spans?serviceName=${name}`)).length, 1, name);
    }
    const { data: { resourceSpans } } = await ask(`/api/kit/traces/${traceId}`);
    assertEquals(resourceSpans.length, NAMES.length);
    const [[first]] = await ask("/api/v2/traces");
    assertEquals(Object.keys(first.tags).filter((key) => NAMES.includes(key)).sort(), sorted);
    const { services, edges } = await ask("/api/kit/services");
    assertEquals(services.map(({ name }: { name: string }) => name).sort(), sorted);
    assertEquals(edges.length, NAMES.length - 1);
  },
);

Deno.test("layOutMap() lays out services with any names", () => {
  const calls = { callCount: 1, errorCount: 0 };
  const edges = NAMES.slice(1).map((child, i) => ({ parent: NAMES[i]!, child, ...calls }));
  const options = { isNarrow: false, roomPixels: 800, measure: () => 50 };
  const names = [...NAMES, "isPrototypeOf"];
  const map = layOutMap(names, edges, options);
  assertEquals(map.nodes.map(({ name }) => name), names);
  assertEquals(map.edges.length, edges.length);
  assert(map.nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));
});
