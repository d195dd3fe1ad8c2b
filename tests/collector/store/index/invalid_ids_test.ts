import { assertEquals, assertStringIncludes } from "@std/assert";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { protobufToJson } from "../../../../lib/otlp/decode.ts";
import { encodeMessage } from "../../../../lib/otlp/encode.ts";
import { REQUEST_MESSAGES } from "../../../../lib/otlp/messages.ts";
import type { Signal } from "../../../../lib/otlp/signal.ts";
import { testIf } from "../../../helpers/needs.ts";
import { withOtelcol } from "../../../helpers/otelcol.ts";
import { needsServers } from "../../../helpers/servers.ts";
import { logsRequest, span, tracesRequest } from "../requests.ts";

const LIMITS = { maxTraces: 1000, maxBytes: 2 ** 24 };
const TRACE_ID = "5b8efff798038103d269b633813fc60c";
const SPAN_ID = "eee19b7ec3c1b174";

const IDS: { traceId: string; spanId: string; fault?: string }[] = [
  { traceId: TRACE_ID, spanId: SPAN_ID },
  { traceId: "00".repeat(16), spanId: "00".repeat(8) },
  { traceId: "", spanId: "" },
  { traceId: "ab", spanId: SPAN_ID, fault: "trace_id must be empty or 16 bytes" },
  { traceId: `${TRACE_ID}00`, spanId: SPAN_ID, fault: "trace_id must be empty or 16 bytes" },
  { traceId: TRACE_ID, spanId: "abcd", fault: "span_id must be empty or 8 bytes" },
];
const WRONG = IDS.filter(({ fault }) => fault);

/** A record or span for each of the IDs. */
const REQUESTS = {
  logs: () => logsRequest(IDS.map(({ fault: _, ...ids }) => ids)),
  traces: () =>
    tracesRequest(
      IDS.map(({ fault: _, ...link }, i) =>
        span(TRACE_ID, `a${i}`.padStart(16, "0"), { links: [link] })
      ),
    ),
  metrics: () => exemplarsRequest("gauge"),
} satisfies Partial<Record<Signal, () => Uint8Array<ArrayBuffer>>>;

/** A data point with an exemplar for each of the ids, at times 1 to 6. */
function exemplarsRequest(kind: "gauge" | "sum" | "histogram" | "exponentialHistogram") {
  const dataPoints = IDS.map(({ fault: _, ...ids }, i) => ({
    timeUnixNano: String(i + 1),
    exemplars: [{ asDouble: 1, ...ids }],
    // Long enough for a length of two bytes.
    attributes: [{ key: "padding", value: { stringValue: "x".repeat(200) } }],
  }));
  const metric = { name: "m", [kind]: { dataPoints } };
  return encodeMessage("MetricsData", {
    resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }],
  });
}

/** All ids of an export, in order. */
function idsOf(json: string): string[] {
  return [...json.matchAll(/"(?:links":\[\{|traceId":")[^}]*/g)].map(([text]) => text);
}

for (const signal of ["logs", "traces"] as const) {
  Deno.test(`${signal} with invalid ids are rejected one by one, and neither exported nor forwarded`, async () => {
    for (const { fault, ...ids } of WRONG) {
      const store = new StoreEngine(LIMITS);
      const bytes = signal === "logs"
        ? logsRequest([ids])
        : tracesRequest([span(TRACE_ID, SPAN_ID, { links: [ids] })]);
      const [outcome] = await store.add([{ signal, bytes }]);
      const { result } = outcome as Extract<typeof outcome, { result: unknown }>;
      assertEquals([result.accepted, result.rejected], [0, 1]);
      assertStringIncludes(result.message!, fault!);
      assertEquals((await store.exportFrom(signal, undefined)).lines.length, 0);
    }
    const store = new StoreEngine(LIMITS);
    const [outcome] = await store.add([{ signal, bytes: REQUESTS[signal](), returnsKept: true }]);
    const { result } = outcome as Extract<typeof outcome, { result: unknown }>;
    assertEquals([result.accepted, result.rejected], [3, 3]);
    const forwarded = JSON.stringify(protobufToJson(REQUEST_MESSAGES[signal], result.kept!));
    const { lines } = await store.exportFrom(signal, undefined);
    for (const json of [forwarded, new TextDecoder().decode(lines)]) {
      for (const { traceId, spanId } of WRONG) {
        const isTraceWrong = traceId !== TRACE_ID;
        const wrong = isTraceWrong ? `"traceId":"${traceId}"` : `"spanId":"${spanId}"`;
        assertEquals(json.includes(wrong), false, json);
      }
      assertEquals(idsOf(json).length > 0, true);
    }
    const { logs } = await store.findLogs({ limit: 10 });
    if (signal === "logs") assertEquals(logs.map(({ spanId }) => spanId), ["", "", SPAN_ID]);
  });
}

Deno.test("data points whose exemplars have invalid ids are rejected one by one", async () => {
  for (const kind of ["gauge", "sum", "histogram", "exponentialHistogram"] as const) {
    const store = new StoreEngine(LIMITS);
    const bytes = exemplarsRequest(kind);
    const [outcome] = await store.add([{ signal: "metrics", bytes, returnsKept: true }]);
    const { result } = outcome as Extract<typeof outcome, { result: unknown }>;
    assertEquals([result.accepted, result.rejected, result.duplicated], [3, 3, 0]);
    assertStringIncludes(result.message!, "3 data points rejected: exemplar: trace_id must be");
    const { lines } = await store.exportFrom("metrics", undefined);
    const forwarded = JSON.stringify(protobufToJson("MetricsData", result.kept!));
    for (const json of [forwarded, new TextDecoder().decode(lines)]) {
      const ids = [...json.matchAll(/"timeUnixNano":"(\d)"/g)].map(([, time]) => time);
      assertEquals(ids, ["1", "2", "3"], json);
    }
    assertEquals((await store.metric("m"))?.series[0]?.points.length, 3);
  }
});

testIf(
  needsServers("collector"),
  ["net", "env", "read", "write", "run", "sys"],
  "the real Collector can read an export of received data",
  async () => {
    const store = new StoreEngine(LIMITS);
    await withOtelcol(async (otelcol) => {
      await otelcol.start();
      for (const signal of ["logs", "traces", "metrics"] as const) {
        await store.add([{ signal, bytes: REQUESTS[signal]() }]);
        const { lines } = await store.exportFrom(signal, undefined);
        const response = await fetch(`${otelcol.endpoints.http}/v1/${signal}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: lines,
        });
        assertEquals(await response.json(), { partialSuccess: {} });
        assertEquals(response.status, 200);
      }
    });
  },
);
