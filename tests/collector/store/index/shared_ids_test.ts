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
