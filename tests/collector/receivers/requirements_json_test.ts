import { assertEquals, assertStringIncludes } from "@std/assert";
import { ONE_SPAN } from "../../helpers/otlp_requests.ts";
import { createTestReceiver } from "../../helpers/test_receiver.ts";

Deno.test("requirement 18: IDs in JSON are hex in any letter case, and not base64", async () => {
  const { sendSpan } = createTestReceiver();
  const ids = {
    traceId: "5B8EFFF798038103D269B633813FC60C",
    spanId: "EEE19b7ec3c1b174",
    parentSpanId: "00f067aa0ba902B7",
    links: [{ traceId: "5B8EFFF798038103D269B633813FC60C", spanId: "EEE19B7EC3C1B174" }],
  };
  const { stored } = await sendSpan(ids);
  assertEquals(stored?.traceId, ids.traceId.toLowerCase());
  assertEquals(stored?.spanId, ids.spanId.toLowerCase());
  assertEquals(stored?.parentSpanId, ids.parentSpanId.toLowerCase());
  assertEquals(stored?.links, [{
    traceId: ids.traceId.toLowerCase(),
    spanId: "eee19b7ec3c1b174",
  }]);
  const { answer } = await sendSpan({ traceId: "W47/95gDgQPSabYzgT/GDA==" });
  assertEquals(answer.partialSuccess.rejectedSpans, "1");
  assertStringIncludes(answer.partialSuccess.errorMessage, "hexadecimal");
});

Deno.test("requirement 19: enums in JSON are integers; a name costs the record, not the request", async () => {
  const { send, store } = createTestReceiver();
  const [resourceSpans] = ONE_SPAN.resourceSpans;
  const [span] = resourceSpans!.scopeSpans[0]!.spans;
  const spans = [span, { ...span, status: { code: "STATUS_CODE_ERROR" } }, span];
  const traces = await send({
    body: JSON.stringify({ resourceSpans: [{ ...resourceSpans, scopeSpans: [{ spans }] }] }),
  });
  assertEquals((await traces.json()).partialSuccess.rejectedSpans, "1");
  assertEquals(store.traces[0]!.resourceSpans![0]!.scopeSpans![0]!.spans!.length, 2);

  const logRecords = [{ severityNumber: "SEVERITY_NUMBER_INFO" }, { severityNumber: 9 }];
  const logs = await send({
    path: "/v1/logs",
    body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }),
  });
  assertEquals((await logs.json()).partialSuccess.rejectedLogRecords, "1");

  const sum = (aggregationTemporality: unknown) => ({
    name: "a",
    sum: { aggregationTemporality, dataPoints: [{ asInt: "1" }, { asInt: 2 }] },
  });
  const metrics = await send({
    path: "/v1/metrics",
    body: JSON.stringify({
      resourceMetrics: [{
        scopeMetrics: [{ metrics: [sum("AGGREGATION_TEMPORALITY_DELTA"), sum(2)] }],
      }],
    }),
  });
  assertEquals((await metrics.json()).partialSuccess.rejectedDataPoints, "2");
  assertEquals(store.metrics[0]!.resourceMetrics![0]!.scopeMetrics![0]!.metrics!.length, 1);
});

Deno.test("requirement 20: unknown names in JSON are ignored, including snake_case", async () => {
  const { sendSpan } = createTestReceiver();
  const unknown = { dropped_attributes_count: 7, unheardOf: { deep: [1, { x: null }] } };
  const { answer, stored } = await sendSpan(unknown);
  // Ignored, but not in silence.
  const errorMessage =
    "resourceSpans[0].scopeSpans[0].spans[0].dropped_attributes_count is not a " +
    'key of OTLP\'s JSON: write "droppedAttributesCount"';
  assertEquals(answer, { partialSuccess: { errorMessage } });
  assertEquals((await sendSpan({ unheardOf: 1 })).answer, {});
  assertEquals<unknown>(stored, ONE_SPAN.resourceSpans[0]!.scopeSpans[0]!.spans[0]);
});

Deno.test("requirement 21: 64-bit integers can be strings or numbers, and lose no digit", async () => {
  const { send, store } = createTestReceiver();
  const exact = "1544712660300000001";
  for (const written of [exact, `"${exact}"`]) {
    const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano": ${written}, ` +
      `"attributes":[{"key":"n","value":{"intValue":-9223372036854775807}}]}]}]}]}`;
    assertEquals((await send({ body })).status, 200);
  }
  for (const { resourceSpans } of store.traces) {
    const [span] = resourceSpans![0]!.scopeSpans![0]!.spans!;
    assertEquals(span!.startTimeUnixNano, exact);
    assertEquals(span!.attributes![0]!.value, { intValue: "-9223372036854775807" });
  }
});

Deno.test("requirement 22: bytes are base64, NaN and Infinity are strings, defaults may be missing", async () => {
  const { sendSpan, send } = createTestReceiver();
  const values = [
    { bytesValue: "aGVsbG8+/w==" },
    { doubleValue: "NaN" },
    { doubleValue: "Infinity" },
    { doubleValue: "-Infinity" },
    { doubleValue: 0.5 },
  ];
  const attributes = values.map((value, i) => ({ key: `k${i}`, value }));
  const { stored } = await sendSpan({ attributes });
  assertEquals(stored?.attributes, attributes);
  const urlSafe = await sendSpan({
    attributes: [{ key: "b", value: { bytesValue: "aGVsbG8-_w" } }],
  });
  assertEquals(urlSafe.stored?.attributes?.[0]?.value, { bytesValue: "aGVsbG8+/w==" });
  const sparse = { resourceSpans: [{ scopeSpans: [{ spans: [{}] }, {}] }, {}] };
  assertEquals((await send({ body: JSON.stringify(sparse) })).status, 200);
});

Deno.test("requirement 28: a value without a member is the empty value, and not an error", async () => {
  const { sendSpan } = createTestReceiver();
  const { answer, stored } = await sendSpan({
    attributes: [{ key: "empty", value: {} }, { key: "none" }],
  });
  assertEquals(answer, {});
  assertEquals(stored?.attributes, [{ key: "empty", value: {} }, { key: "none" }]);
});
