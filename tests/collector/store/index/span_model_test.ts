import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { StoreStats } from "../../../../lib/collector/model.ts";
import type { Span } from "../../../../lib/otlp/json.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { span, tracesRequest } from "../requests.ts";
import { traceOf } from "../../../helpers/span_parts.ts";

const MAX_TRACES = 6;
/** Beyond what the tables of an empty store keep when they have grown. */
const MAX_BYTES = 64 * 1024;

/** Few distinct IDs, so that spans arrive twice, late, and in any order. */
const spanArbitrary = fc.record({
  trace: fc.integer({ min: 1, max: 12 }),
  id: fc.integer({ min: 0, max: 8 }),
  parent: fc.integer({ min: 0, max: 8 }),
  start: fc.integer({ min: 0, max: 1000 }),
  duration: fc.integer({ min: -10, max: 1000 }),
  isError: fc.boolean(),
  name: fc.constantFrom("GET /", "GET /users/:id", "ä"),
});
const requestArbitrary = fc.record({
  service: fc.constantFrom("", "shop", "bank"),
  spans: fc.array(spanArbitrary, { maxLength: 12 }),
  padding: fc.constantFrom(0, 0, 300),
});
type GeneratedRequest = typeof requestArbitrary extends fc.Arbitrary<infer T> ? T : never;

Deno.test("a store with a trace limit contains the same as a naive model", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(requestArbitrary, { maxLength: 20 }), async (requests) => {
      const store = new StoreEngine({ maxTraces: MAX_TRACES, maxBytes: 2 ** 24 });
      const model = new Model();
      for (const request of requests) {
        const [outcome] = await store.add([{ signal: "traces", bytes: encode(request) }]);
        const expected = model.add(request);
        assert("result" in outcome!);
        const { accepted, rejected, duplicated } = outcome.result;
        assertEquals({ accepted, rejected, duplicated }, expected);
        model.evictTo(MAX_TRACES);
        await assertHolds(store, model);
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("a store with a byte limit evicts the oldest traces, always whole", async () => {
  let evictions = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(requestArbitrary, { minLength: 30, maxLength: 120 }),
      async (requests) => {
        const store = new StoreEngine({ maxTraces: 1000, maxBytes: MAX_BYTES });
        let model = new Model();
        for (const request of requests) {
          await store.add([{ signal: "traces", bytes: encode(request) }]);
          const stats = await store.stats();
          assert(stats.bytes <= MAX_BYTES, `${stats.bytes} bytes are held`);
          model = model.afterAdding(request, stats, await traceIds(store));
        }
        await assertHolds(store, model);
        evictions += model.evicted;
      },
    ),
    { numRuns: 60 },
  );
  assert(evictions > 100, "the test never reached the limit");
});

Deno.test("deleting traces leaves the others complete", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(requestArbitrary, fc.integer({ min: 1, max: 12 })), { maxLength: 25 }),
      async (steps) => {
        const store = new StoreEngine({ maxTraces: MAX_TRACES, maxBytes: 2 ** 24 });
        const model = new Model();
        for (const step of steps) {
          if (typeof step === "number") {
            await store.clear(traceId(step));
            model.forget(step);
          } else {
            await store.add([{ signal: "traces", bytes: encode(step) }]);
            model.add(step);
            model.evictTo(MAX_TRACES);
          }
          await assertHolds(store, model);
        }
      },
    ),
    { numRuns: 150 },
  );
});

async function assertHolds(store: StoreEngine, model: Model): Promise<void> {
  const { signals, traces } = await store.stats();
  const { received, rejected, duplicated, evicted } = model;
  const kept = model.spanCount;
  assertEquals(signals.traces, { kept, received, rejected, duplicated, evicted });
  assertEquals(received, kept + evicted);
  assertEquals(traces.kept, model.traces.size);
  const list = await store.findTraces({ limit: 1000 });
  const expected = [...model.traces].reverse();
  assertEquals(list.traces.map((trace) => trace.traceId), expected.map(([id]) => traceId(id)));
  for (const [i, [id, spans]] of expected.entries()) {
    const summary = list.traces[i]!;
    const all = spans.map(toSpan);
    assertEquals(summary.spanCount, all.length);
    assertEquals(summary.errorCount, all.filter((span) => span.status?.code === 2).length);
    assertEquals(summary.hasRoot, all.some((span) => !span.parentSpanId));
    assertEquals(await spansOf(store, id), all.map((span) => span.spanId).sort());
    const starts = all.map((span) => BigInt(span.startTimeUnixNano!));
    const ends = all.map((span) => BigInt(span.endTimeUnixNano!));
    const min = starts.reduce((a, b) => a < b ? a : b);
    const max = [...starts, ...ends].reduce((a, b) => a > b ? a : b);
    assertEquals(summary.startTimeUnixNano, String(min));
    assertEquals(summary.durationNanos, Number(max - min));
  }
}

async function traceIds(store: StoreEngine): Promise<string[]> {
  const { traces } = await store.findTraces({ limit: 1000 });
  return traces.map(({ traceId }) => traceId);
}

async function spansOf(store: StoreEngine, trace: number): Promise<string[]> {
  const data = await traceOf(store, traceId(trace));
  return data!.resourceSpans!.flatMap(({ scopeSpans }) =>
    scopeSpans!.flatMap(({ spans }) => spans!.map((span) => span.spanId!))
  ).sort();
}

function traceId(trace: number): string {
  return trace.toString(16).padStart(32, "0");
}

function encode({ service, spans, padding }: GeneratedRequest): Uint8Array<ArrayBuffer> {
  const attributes = [{ key: "padding", value: { stringValue: "x".repeat(padding) } }];
  return tracesRequest(spans.map((one) => ({ ...toSpan(one), attributes })), service);
}

function toSpan(
  { trace, id, parent, start, duration, isError, name }: GeneratedRequest["spans"][number],
): Span {
  const startNanos = 1_700_000_000_000_000_000n + BigInt(start);
  return span(trace.toString(16), id.toString(16), {
    name,
    parentSpanId: parent === 0 ? "" : parent.toString(16).padStart(16, "0"),
    startTimeUnixNano: String(startNanos),
    endTimeUnixNano: String(startNanos + BigInt(duration)),
    status: isError ? { code: 2 } : {},
  });
}

type KeptSpan = GeneratedRequest["spans"][number] & Omit<GeneratedRequest, "spans">;

/** For two spans with the same ID: the same service, name, and start, or the same bytes. */
function isSame(a: KeptSpan, b: KeptSpan): boolean {
  const isAlike = a.id === b.id && a.name === b.name && a.start === b.start;
  const hasSameBytes = a.parent === b.parent && a.duration === b.duration &&
    a.isError === b.isError && a.padding === b.padding;
  return isAlike && (a.service === b.service || hasSameBytes);
}

/** The simplest possible model of a store; a span ID of zero is invalid. */
class Model {
  /** In order of first arrival, as are the spans of each trace. */
  readonly traces = new Map<number, KeptSpan[]>();
  received = 0;
  rejected = 0;
  duplicated = 0;
  evicted = 0;

  get spanCount(): number {
    return [...this.traces.values()].reduce((sum, spans) => sum + spans.length, 0);
  }

  /** The newest first. */
  get traceIds(): string[] {
    return [...this.traces.keys()].reverse().map(traceId);
  }

  add({ spans, ...request }: GeneratedRequest) {
    const before = { ...this };
    for (const one of spans) {
      const known = this.traces.get(one.trace) ?? [];
      const kept = { ...one, ...request };
      if (one.id === 0) this.rejected++;
      else if (known.some((other) => isSame(kept, other))) this.duplicated++;
      else {
        this.received++;
        this.traces.set(one.trace, [...known, kept]);
      }
    }
    return {
      accepted: this.received - before.received,
      rejected: this.rejected - before.rejected,
      duplicated: this.duplicated - before.duplicated,
    };
  }

  evictTo(count: number): void {
    while (this.traces.size > count) {
      const [oldest, spans] = this.traces.entries().next().value!;
      this.evicted += spans.length;
      this.traces.delete(oldest);
    }
  }

  /** A store may evict both before and after it adds a request, to have as many traces in the end. */
  afterAdding(request: GeneratedRequest, { signals, traces }: StoreStats, ids: string[]): Model {
    for (let count = this.traces.size; count >= 0; count--) {
      const model = this.#copy();
      model.evictTo(count);
      model.add(request);
      model.evictTo(traces.kept);
      const { received, duplicated, evicted } = signals.traces;
      const isSame = received === model.received && duplicated === model.duplicated &&
        evicted === model.evicted && String(model.traceIds) === String(ids);
      if (isSame) return model;
    }
    throw new Error("The store did not evict whole traces, the oldest first");
  }

  #copy(): Model {
    const copy = new Model();
    for (const [trace, spans] of this.traces) copy.traces.set(trace, spans);
    const { received, rejected, duplicated, evicted } = this;
    return Object.assign(copy, { received, rejected, duplicated, evicted });
  }

  forget(trace: number): void {
    this.received -= this.traces.get(trace)?.length ?? 0;
    this.traces.delete(trace);
  }
}
