import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Admission } from "../../../lib/collector/receivers/admission.ts";
import { createHttpHandler } from "../../../lib/collector/receivers/http_handler.ts";
import { openStore } from "../../../lib/collector/store/worker/open_store.ts";
import { memoryReceiverOptions } from "../../helpers/collector_store.ts";
import { testWith } from "../../helpers/needs.ts";
import { ONE_SPAN } from "../../helpers/otlp_requests.ts";
import { wholeOf } from "../../helpers/span_parts.ts";
import { webResponse } from "../../helpers/web_response.ts";

const NEEDS = ["read"] as const;
const [RESOURCE_SPANS] = ONE_SPAN.resourceSpans;
const [SPAN] = RESOURCE_SPANS!.scopeSpans[0]!.spans;
const TRACE_ID = SPAN!.traceId;

/** A receiver in front of the real store. */
async function startReceiver() {
  const store = await openStore({ maxTraces: 100, maxBytes: 16 * 1024 * 1024 });
  const options = { ...memoryReceiverOptions(), store, admission: new Admission(store) };
  const handle = createHttpHandler(options);

  async function send(signal: string, body: object) {
    const request = new Request(`http://127.0.0.1:4318/v1/${signal}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return await webResponse(await handle(request, "127.0.0.1:1")).json();
  }

  return {
    ...options,
    sendSpans: (...spans: object[]) =>
      send("traces", { resourceSpans: [{ ...RESOURCE_SPANS, scopeSpans: [{ spans }] }] }),
    sendLogs: (...logRecords: object[]) =>
      send("logs", {
        resourceLogs: [{ resource: RESOURCE_SPANS!.resource, scopeLogs: [{ logRecords }] }],
      }),
    async storedSpans(traceId = TRACE_ID) {
      const data = await wholeOf(await store.trace(traceId));
      return (data?.resourceSpans ?? []).flatMap(({ scopeSpans = [] }) =>
        scopeSpans.flatMap(({ spans = [] }) => spans)
      );
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

testWith(
  NEEDS,
  "requirement 24: a span with an invalid ID is rejected, the rest is kept",
  async () => {
    await using test = await startReceiver();
    const { partialSuccess } = await test.sendSpans(
      { ...SPAN, traceId: "0".repeat(32) },
      { ...SPAN, traceId: "12" },
      { ...SPAN, traceId: "" },
      { ...SPAN, spanId: "0".repeat(16) },
      { ...SPAN, spanId: `${SPAN!.spanId}00` },
      SPAN!,
    );
    assertEquals(partialSuccess.rejectedSpans, "5");
    assert(partialSuccess.errorMessage.length > 20);
    assertEquals(await test.storedSpans(), [SPAN!]);
  },
);

testWith(
  NEEDS,
  "requirement 25: for a duplicate key the last value counts, with a warning",
  async () => {
    await using test = await startReceiver();
    const attributes = [
      { key: "a", value: { stringValue: "first" } },
      { key: "a", value: { stringValue: "last" } },
    ];
    const { partialSuccess } = await test.sendSpans({ ...SPAN, attributes });
    assertEquals(partialSuccess.rejectedSpans, undefined);
    assertStringIncludes(partialSuccess.errorMessage, '"a"');
    const find = (value: string) => test.store.findTraces({ attributes: { a: value }, limit: 10 });
    assertEquals((await find("last")).matched, 1);
    assertEquals((await find("first")).matched, 0);
  },
);

testWith(
  NEEDS,
  "requirement 26: flag bits without a meaning yet change nothing",
  async () => {
    await using test = await startReceiver();
    const flags = 0xffff_ff01;
    assertEquals(await test.sendSpans({ ...SPAN, flags }), {});
    const [stored] = await test.storedSpans();
    assertEquals(stored!.flags, flags);
  },
);

testWith(
  NEEDS,
  "requirement 27: a log record's time is the event time, or else the observed time",
  async () => {
    await using test = await startReceiver();
    assertEquals(
      await test.sendLogs(
        { timeUnixNano: "5", observedTimeUnixNano: "9", body: { stringValue: "happened" } },
        { observedTimeUnixNano: "7", eventName: "user.login" },
      ),
      {},
    );
    const { logs } = await test.store.findLogs({ limit: 10 });
    assertEquals(
      logs.toReversed().map(({ timeUnixNano, eventName }) => [timeUnixNano, eventName]),
      [["5", ""], ["7", "user.login"]],
    );
  },
);

testWith(NEEDS, "requirement 29: a span that is resent counts once", async () => {
  await using test = await startReceiver();
  for (let i = 0; i < 3; i++) assertEquals(await test.sendSpans(SPAN!), {});
  assertEquals((await test.storedSpans()).length, 1);
  assertEquals((await test.store.traceSummary(TRACE_ID))!.spanCount, 1);
  const { signals } = await test.store.stats();
  assertEquals([signals.traces.kept, signals.traces.duplicated], [1, 2]);
  assertEquals(test.records.map(({ duplicated }) => duplicated), [0, 1, 1]);
});

testWith(
  NEEDS,
  "requirement 30: spans can arrive child first, end before they start, or be missing",
  async () => {
    await using test = await startReceiver();
    const child = { ...SPAN, spanId: "1111111111111111", parentSpanId: "2222222222222222" };
    const parent = { ...SPAN, spanId: "2222222222222222", parentSpanId: SPAN!.spanId };
    const backwards = {
      ...child,
      spanId: "3333333333333333",
      startTimeUnixNano: SPAN!.endTimeUnixNano,
      endTimeUnixNano: SPAN!.startTimeUnixNano,
    };
    assertEquals(await test.sendSpans(child), {});
    assertEquals((await test.store.traceSummary(TRACE_ID))!.hasRoot, false);
    assertEquals(await test.sendSpans(backwards), {});
    assertEquals(await test.sendSpans(SPAN!, parent), {});
    const summary = (await test.store.traceSummary(TRACE_ID))!;
    assertEquals([summary.hasRoot, summary.root.spanId, summary.spanCount], [
      true,
      SPAN!.spanId,
      4,
    ]);
    assert(summary.durationNanos >= 0);
    assertEquals((await test.storedSpans()).length, 4);
  },
);
