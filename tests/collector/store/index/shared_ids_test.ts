import { assertEquals } from "@std/assert";
import type { Span } from "../../../../lib/otlp/json.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { traceOf } from "../../../helpers/span_parts.ts";
import { span, tracesRequest } from "../requests.ts";

const CLIENT = 3;
const SERVER = 2;

/** Two spans with the same ID, the second one's service, and whether they are different spans. */
const PAIRS: [string, Span, Span, string, boolean][] = [
  ["a client and a server", { kind: CLIENT }, { kind: SERVER }, "bank", true],
  ["two kinds of a service", { kind: CLIENT }, { kind: SERVER }, "shop", true],
  ["two names", { name: "a" }, { name: "b" }, "shop", true],
  ["two starts", { startTimeUnixNano: "1" }, { startTimeUnixNano: "2" }, "shop", true],
  ["two services with different ends", {}, { endTimeUnixNano: "2" }, "bank", true],
  ["the same bytes of two services", {}, {}, "bank", false],
  ["the same span, ended later", {}, { endTimeUnixNano: "2" }, "shop", false],
  ["the same span sent again", {}, {}, "shop", false],
];
for (const [what, first, second, service, isDifferent] of PAIRS) {
  Deno.test(`of spans with one id, ${what} are ${isDifferent ? "both kept" : "one span"}`, async () => {
    const store = new StoreEngine({ maxTraces: 10, maxBytes: 2 ** 24 });
    const batches = [
      tracesRequest([span("1", "a", first)]),
      tracesRequest([span("1", "a", second)], service),
      tracesRequest([span("1", "a", second)], service),
    ];
    for (const bytes of batches) await store.add([{ signal: "traces", bytes }]);
    const { kept, duplicated } = (await store.stats()).signals.traces;
    assertEquals([kept, duplicated], isDifferent ? [2, 1] : [1, 2]);
    const { resourceSpans = [] } = (await traceOf(store, "1".padStart(32, "0")))!;
    const spans = resourceSpans.flatMap(({ scopeSpans = [] }) =>
      scopeSpans.flatMap(({ spans = [] }) => spans)
    );
    assertEquals(spans.length, kept);
    await store.clear();
    await store.add([{
      signal: "traces",
      bytes: tracesRequest([span("1", "a", second)], service),
    }]);
    assertEquals((await store.stats()).signals.traces.kept, 1);
  });
}

Deno.test("calls between services follow spans that share an id, in any order", async () => {
  const client = tracesRequest([span("1", "a", { kind: CLIENT })], "shop");
  const server = tracesRequest([span("1", "a", { kind: SERVER })], "bank");
  const parentSpanId = "a".padStart(16, "0");
  const child = tracesRequest([span("1", "b", { kind: SERVER, parentSpanId })], "vault");
  for (const order of [[client, server, child], [child, server, client], [server, client, child]]) {
    const store = new StoreEngine({ maxTraces: 10, maxBytes: 2 ** 24 });
    for (const bytes of order) await store.add([{ signal: "traces", bytes: bytes.slice() }]);
    const { edges } = await store.serviceStats(1e9);
    const calls = edges.map(({ parent, child, callCount }) => [parent, child, callCount]).sort();
    assertEquals(calls, [["bank", "vault", 1], ["shop", "bank", 1]]);
  }
});
