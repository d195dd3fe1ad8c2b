import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { TraceQuery } from "../../../../lib/collector/model.ts";
import {
  readTraceOrder,
  TRACE_SORT_KEYS,
  traceOrderText,
} from "../../../../lib/query/trace_order.ts";
import { traceExpression } from "../../../../lib/query/match.ts";
import { parseQuery } from "../../../../lib/query/parse.ts";
import type { Store } from "../../../../lib/collector/store/store.ts";
import { openStore } from "../../../../lib/collector/store/worker/open_store.ts";
import { testWith } from "../../../helpers/needs.ts";
import { span, tracesRequest } from "../requests.ts";

const LIMITS = { maxTraces: 1000, maxBytes: 2 ** 26 };
const START = 1_700_000_000_000_000_000n;

/** Arrival: 1, 2, 3. Start: 3, 1, 2. */
async function openFilled(): Promise<Store> {
  const store = await openStore(LIMITS);
  const error = { code: 2 };
  await store.add(
    "traces",
    tracesRequest([
      // The child arrives before its root.
      { ...at("1", "2", 30, 2), parentSpanId: "1".padStart(16, "0"), name: "z", status: error },
      at("1", "1", 20, 50, "GET /b"),
    ]),
  );
  await store.add(
    "traces",
    tracesRequest([{ ...at("2", "1", 40, 100, "GET /a"), status: error }], "bank"),
  );
  await store.add("traces", tracesRequest([at("3", "1", 10, 1, "get /C")], "cart"));
  return store;
}

function at(traceId: string, spanId: string, startMillis: number, millis: number, name = "GET /") {
  return span(traceId, spanId, {
    name,
    startTimeUnixNano: nanosAt(startMillis),
    endTimeUnixNano: nanosAt(startMillis + millis),
  });
}

function nanosAt(millis: number): string {
  return String(START + BigInt(millis) * 1_000_000n);
}

async function numbers(store: Store, query: Partial<TraceQuery>): Promise<string> {
  const { traces } = await store.findTraces({ limit: 10, ...query });
  return traces.map(({ traceId }) => traceId.at(-1)).join(" ");
}

const ORDERS = {
  "start": "3 1 2",
  "-start": "2 1 3",
  "-duration": "2 1 3",
  "duration": "3 1 2",
  "name": "2 1 3",
  "service": "2 3 1",
  // Equal ones: the last received first.
  "-errors": "2 1 3",
  "-spans": "1 3 2",
};

testWith(["read"], "findTraces() sorts whole traces by each key", async () => {
  await using store = await openFilled();
  for (const [text, expected] of Object.entries(ORDERS)) {
    assertEquals(await numbers(store, { order: readTraceOrder(text)! }), expected, text);
  }
});

testWith(
  ["read"],
  "findTraces() narrows the list by the start of the whole trace, and by ids",
  async () => {
    await using store = await openFilled();
    const range = (from: number, to: number) => ({
      traceStartMinUnixNano: nanosAt(from),
      traceStartMaxUnixNano: nanosAt(to),
    });
    assertEquals(await numbers(store, range(10, 20)), "3 1");
    // A span of the first trace starts at 30, but the trace doesn't.
    assertEquals(await numbers(store, range(21, 39)), "");
    const traceIds = ["1", "3", "9"].map((id) => id.padStart(32, "0"));
    assertEquals(await numbers(store, { traceIds }), "1 3");
    assertEquals((await store.findTraces({ traceIds, limit: 1 })).matched, 2);
  },
);

testWith(["read"], "a query knows the duration of the whole trace", async () => {
  await using store = await openFilled();
  const found = (query: string) =>
    numbers(store, { expression: traceExpression(parseQuery(query)!) });
  // Its child begins after the root and ends before it.
  assertEquals(await found("trace.duration>=50ms trace.duration<=50ms"), "1");
  assertEquals(await found("trace.duration<50ms"), "3");
  assertEquals(await found("name:z trace.duration>2ms duration<=2ms"), "1");
});

testWith(["read"], "a sorted list in pages is the whole list", async () => {
  const sketch = fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.boolean()), { maxLength: 12 });
  const orders = fc.constantFrom(...TRACE_SORT_KEYS);
  await fc.assert(
    fc.asyncProperty(sketch, orders, fc.boolean(), async (sketches, by, isDescending) => {
      await using store = await openStore(LIMITS);
      const spans = sketches.map(([start, millis, isError], index) => ({
        ...at(String(index + 1), "1", start, millis, `GET /${millis}`),
        ...isError && { status: { code: 2 } },
      }));
      if (spans.length > 0) await store.add("traces", tracesRequest(spans));
      const order = { by, isDescending };
      const whole = (await store.findTraces({ order, limit: 100 })).traces;
      assertEquals(whole.length, spans.length);
      const paged = [];
      let page;
      do {
        const before = paged.at(-1)?.traceId;
        page = await store.findTraces({ order, limit: 5, ...before !== undefined && { before } });
        paged.push(...page.traces);
      } while (page.traces.length > 0);
      assertEquals(paged, whole);
    }),
    { numRuns: 15 },
  );
});

Deno.test("readTraceOrder() reads what traceOrderText() writes, and nothing else", () => {
  for (const by of TRACE_SORT_KEYS) {
    for (const isDescending of [true, false]) {
      assertEquals(readTraceOrder(traceOrderText({ by, isDescending })), { by, isDescending });
    }
  }
  for (const text of ["", "-", "size", "--name"]) assertEquals(readTraceOrder(text), undefined);
});
