import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { createHttpHandler } from "../../../lib/collector/receivers/http_handler.ts";
import type { ReceiverOptions } from "../../../lib/collector/receivers/receiver_options.ts";
import { createHttpReceiver } from "../../../lib/collector/receivers/http_receiver.ts";
import { SIGNALS } from "../../../lib/otlp/signal.ts";
import { memoryReceiverOptions, takeAllRoom } from "../../helpers/collector_store.ts";
import { testWith } from "../../helpers/needs.ts";
import { webResponse } from "../../helpers/web_response.ts";
import { messageArbitrary, ONE_SPAN, protobufOf } from "../../helpers/otlp_requests.ts";
import { PUBLISHED_OTLP } from "../../helpers/published_otlp.ts";

const PEER = "127.0.0.1:50000";
const PROTOBUF = "application/x-protobuf";
const JSON_TYPE = "application/json";
const BODIES = {
  [PROTOBUF]: protobufOf("TracesData", ONE_SPAN),
  [JSON_TYPE]: JSON.stringify(ONE_SPAN),
};

interface Sent {
  path?: string;
  method?: string;
  type?: string;
  body?: BodyInit;
  headers?: Record<string, string>;
}

/** A receiver without a port. */
function createTestReceiver(overrides: Partial<ReceiverOptions> = {}) {
  const options = memoryReceiverOptions();
  const handle = createHttpHandler({ ...options, ...overrides });

  async function send(
    { path = "/v1/traces", method = "POST", type = JSON_TYPE, body, headers = {} }: Sent,
  ): Promise<Response> {
    const init = {
      method,
      headers: { ...type && { "content-type": type }, ...headers },
      ...body !== undefined && { body },
    };
    return webResponse(await handle(new Request(`http://127.0.0.1:4318${path}`, init), PEER));
  }

  /** Sends a JSON span like `ONE_SPAN` except for these fields, and returns the stored span. */
  async function sendSpan(fields: object) {
    const request = structuredClone(ONE_SPAN);
    Object.assign(request.resourceSpans[0]!.scopeSpans[0]!.spans[0]!, fields);
    const response = await send({ body: JSON.stringify(request) });
    const stored = options.store.traces.at(-1)?.resourceSpans?.[0]?.scopeSpans?.[0]?.spans?.[0];
    return { answer: await response.json(), stored };
  }

  return { ...options, send, sendSpan };
}

/** The message of an error, decoded by an independent reader. */
async function statusOf(response: Response) {
  if (response.headers.get("content-type") === JSON_TYPE) return await response.json();
  const type = PUBLISHED_OTLP.lookupType("RpcStatus");
  return type.toObject(type.decode(new Uint8Array(await response.arrayBuffer())));
}

Deno.test("requirement 1: each signal has its path, and profiles are rejected as unsupported", async () => {
  const { send, store } = createTestReceiver();
  for (const signal of SIGNALS) {
    assertEquals((await send({ path: `/v1/${signal}`, body: "{}" })).status, 200);
  }
  assertEquals(store.requests.map(({ signal }) => signal), [...SIGNALS]);
  const paths = ["//v1/traces", "/v1/traces/", "///v1//traces//"];
  for (const path of paths) assertEquals((await send({ path, body: "{}" })).status, 200, path);
  for (const path of ["/v1", "/v1/traces/v1", "/v2/traces", "/v1/trace", "/V1/traces"]) {
    assertEquals((await send({ path, body: "{}" })).status, 404, path);
  }
  const profiles = await send({ path: "/v1development/profiles", body: "{}" });
  assertEquals(profiles.status, 404);
  assertStringIncludes((await statusOf(profiles)).message.toLowerCase(), "profiles");
});

Deno.test("requirement 2: the content type selects the encoding, whatever its parameters", async () => {
  const { send, store } = createTestReceiver();
  for (const type of [JSON_TYPE, "application/json; charset=utf-8", "Application/JSON"]) {
    assertEquals((await send({ type, body: BODIES[JSON_TYPE] })).status, 200);
  }
  assertEquals((await send({ type: PROTOBUF, body: BODIES[PROTOBUF] })).status, 200);
  for (const request of store.traces) assertEquals<unknown>(request, ONE_SPAN);
});

Deno.test("requirement 3: the answer has the request's content type, even for errors", async () => {
  const { send } = createTestReceiver();
  for (const type of [PROTOBUF, JSON_TYPE] as const) {
    for (const body of [BODIES[type], "?"]) {
      const response = await send({ type, body });
      assertEquals(response.headers.get("content-type"), type);
      await response.body?.cancel();
    }
  }
});

Deno.test("requirement 4: full success leaves the partial success unset", async () => {
  const { send } = createTestReceiver();
  const protobuf = await send({ type: PROTOBUF, body: BODIES[PROTOBUF] });
  assertEquals((await protobuf.arrayBuffer()).byteLength, 0);
  const json = await send({ body: BODIES[JSON_TYPE] });
  assertEquals(await json.text(), "{}");
});

Deno.test("requirement 5: an empty request is a success", async () => {
  const { send } = createTestReceiver();
  for (const signal of SIGNALS) {
    const path = `/v1/${signal}`;
    assertEquals((await send({ path, type: PROTOBUF, body: new Uint8Array() })).status, 200);
    assertEquals((await send({ path, type: PROTOBUF })).status, 200);
    assertEquals((await send({ path, body: "{}" })).status, 200);
  }
});

Deno.test("requirement 6: rejected items are counted, for each signal", async () => {
  const { send, store } = createTestReceiver();
  store.answer = { rejected: 3, message: "bad ids" };
  const names = {
    traces: ["ExportTraceServiceResponse", "rejectedSpans"],
    metrics: ["ExportMetricsServiceResponse", "rejectedDataPoints"],
    logs: ["ExportLogsServiceResponse", "rejectedLogRecords"],
  } as const;
  for (const signal of SIGNALS) {
    const [message, field] = names[signal];
    const json = await send({ path: `/v1/${signal}`, body: "{}" });
    assertEquals(json.status, 200);
    assertEquals(await json.json(), { partialSuccess: { [field]: "3", errorMessage: "bad ids" } });
    const bytes = await send({ path: `/v1/${signal}`, type: PROTOBUF, body: new Uint8Array() });
    const type = PUBLISHED_OTLP.lookupType(message);
    const decoded = type.toObject(type.decode(new Uint8Array(await bytes.arrayBuffer())), {
      longs: Number,
    });
    assertEquals(decoded, { partialSuccess: { [field]: 3, errorMessage: "bad ids" } });
  }
});

Deno.test("requirement 7: the partial success explains the reason and the fix", async () => {
  const { sendSpan, records } = createTestReceiver();
  const { answer } = await sendSpan({ kind: "SPAN_KIND_SERVER" });
  const { rejectedSpans, errorMessage } = answer.partialSuccess;
  assertEquals(rejectedSpans, "1");
  assertStringIncludes(errorMessage, "spans[0].kind");
  assertStringIncludes(errorMessage, "send the number");
  assertEquals(records[0]!.reason, errorMessage);
  assertEquals(records[0]!.rejected, 1);
});

Deno.test("requirement 8: a warning comes with nothing rejected", async () => {
  const { send, store } = createTestReceiver();
  store.answer = { message: "keys came twice" };
  const response = await send({ body: BODIES[JSON_TYPE] });
  assertEquals(response.status, 200);
  assertEquals(await response.json(), { partialSuccess: { errorMessage: "keys came twice" } });
});

Deno.test("requirement 8: JSON that is not OTLP gets the name of the wrong key", async () => {
  const { send, records } = createTestReceiver();
  const { scopeSpans } = ONE_SPAN.resourceSpans[0]!;
  const cases: [string, unknown, string][] = [
    [
      "traces",
      { resource_spans: [] },
      'resource_spans is not a key of OTLP\'s JSON: write "resourceSpans"',
    ],
    ["traces", { resourceSpans: [{ scope_spans: scopeSpans }] }, "resourceSpans[0].scope_spans is"],
    [
      "traces",
      { resourceSpans: [{ instrumentationLibrarySpans: scopeSpans }] },
      'resourceSpans[0].instrumentationLibrarySpans is not a key of OTLP\'s JSON: write "scopeSpans"',
    ],
    ["logs", ONE_SPAN, "resourceSpans belongs to traces: send it to /v1/traces"],
    ["metrics", { resourceLogs: [] }, "resourceLogs belongs to logs: send it to /v1/logs"],
    ["traces", { spans: [] }, "spans is not a key of OTLP's JSON"],
    ["traces", { resourceSpans: [{ constructor: [] }] }, "resourceSpans[0].constructor is"],
    ["logs", withItems("Logs", "logRecords", { severity_text: "INFO" }), 'write "severityText"'],
    ["metrics", withItems("Metrics", "metrics", { gauge: { data_points: [] } }), '"dataPoints"'],
  ];
  for (const [signal, body, message] of cases) {
    const response = await send({ path: `/v1/${signal}`, body: JSON.stringify(body) });
    assertEquals(response.status, 200);
    const { partialSuccess: { errorMessage, ...others } } = await response.json();
    assertStringIncludes(errorMessage, message);
    assertEquals(others, {});
    assertStringIncludes(records.at(-1)!.reason!, message);
  }
});

/** A request with one item. */
function withItems(signal: string, key: string, item: unknown): unknown {
  return { [`resource${signal}`]: [{ [`scope${signal}`]: [{ [key]: [item] }] }] };
}

Deno.test("requirement 9: a body that cannot be decoded is answered 400 with the position", async () => {
  const { send, store, records } = createTestReceiver();
  for (
    const [type, body] of [
      [PROTOBUF, BODIES[PROTOBUF].slice(0, -1)],
      [JSON_TYPE, BODIES[JSON_TYPE].slice(0, -1)],
      [JSON_TYPE, '{"resourceSpans":5}'],
      [JSON_TYPE, "[]"],
      [JSON_TYPE, "null"],
      [JSON_TYPE, new Uint8Array([0x22, 0xff, 0x22])],
    ] as const
  ) {
    const response = await send({ type, body });
    assertEquals(response.status, 400);
    const status = await statusOf(response);
    assertEquals(status.code, 3);
    assertStringIncludes(status.message, "Cannot decode the request");
    const [detail] = status.details;
    assertEquals(detail["@type"] ?? detail.typeUrl, "type.googleapis.com/google.rpc.BadRequest");
    if (detail.value) {
      const badRequest = PUBLISHED_OTLP.lookupType("BadRequest");
      const { fieldViolations } = badRequest.toObject(badRequest.decode(detail.value));
      assertEquals(fieldViolations[0].field, "body");
    } else assertEquals(detail.fieldViolations[0].field, "body");
  }
  assertEquals(store.requests.length, 0);
  assertEquals(records[0]!.byteOffset! > 0, true);
  assertEquals(records.map(({ status }) => status), Array(6).fill(400));
});

Deno.test("requirement 10: every error's body is a google.rpc.Status", async () => {
  const { send } = createTestReceiver({ maxBodyBytes: 100 });
  const origin = "http://other.example";
  const wrong: [number, Sent][] = [
    [400, { body: "?" }],
    [403, { body: "{}", headers: { origin } }],
    [404, { path: "/v2/traces", body: "{}" }],
    [405, { method: "PUT", body: "{}" }],
    [413, { body: "x".repeat(101) }],
    [415, { type: "text/xml", body: "{}" }],
  ];
  for (const [status, sent] of wrong) {
    const response = await send(sent);
    assertEquals(response.status, status);
    assertEquals(response.headers.get("content-type"), JSON_TYPE);
    assert((await statusOf(response)).message.startsWith("Cannot"));
    if (sent.type) continue;
    const bytes = await send({ ...sent, type: PROTOBUF });
    assertEquals(bytes.status, status);
    assertEquals(bytes.headers.get("content-type"), PROTOBUF);
    assert((await statusOf(bytes)).message.startsWith("Cannot"));
  }
});

const COMPRESSED = { gzip: gzipSync, deflate: deflateSync, zstd: zstdCompressSync };

for (const [compression, compress] of Object.entries(COMPRESSED)) {
  Deno.test(`requirement 11: ${compression} is accepted; corrupt or truncated data is answered 400`, async () => {
    const { send, store, records } = createTestReceiver();
    const headers = { "content-encoding": compression };
    const body = new Uint8Array(compress(BODIES[PROTOBUF]));
    assertEquals((await send({ type: PROTOBUF, body, headers })).status, 200);
    assertEquals<unknown>(store.traces[0], ONE_SPAN);
    assertEquals(records[0]!.compression, compression);
    assertEquals(records[0]!.wireBytes, body.length);
    assertEquals(records[0]!.bodyBytes, BODIES[PROTOBUF].length);
    const corrupt = body.with(1, body[1]! ^ 0xff);
    for (const bad of [body.slice(0, -1), body.slice(0, 5), corrupt, BODIES[PROTOBUF]]) {
      const response = await send({ type: PROTOBUF, body: bad, headers });
      assertEquals(response.status, 400);
      assertStringIncludes((await statusOf(response)).message, compression);
    }
  });
}

Deno.test("requirement 11: older names of compressions are accepted, others answered 415", async () => {
  const { send, records } = createTestReceiver();
  const names = { "x-gzip": "gzip", " GZIP ": "gzip", zlib: "deflate", identity: "none" } as const;
  const compress = { none: (body: Uint8Array) => body, ...COMPRESSED };
  for (const [name, compression] of Object.entries(names)) {
    const body = new Uint8Array(compress[compression](BODIES[PROTOBUF]));
    const headers = { "content-encoding": name };
    assertEquals((await send({ type: PROTOBUF, body, headers })).status, 200, name);
  }
  assertEquals(records.map(({ compression }) => compression), Object.values(names));
  for (const name of ["br", "constructor", "gzip, gzip"]) {
    const refused = await send({ body: "{}", headers: { "content-encoding": name } });
    assertEquals(refused.status, 415);
    assertEquals(refused.headers.get("accept-encoding"), "gzip, deflate, zstd");
  }
});

Deno.test("requirement 11: zstd in several frames, including skippable and empty ones, is complete", async () => {
  const { send, store } = createTestReceiver();
  const [first, second] = [BODIES[PROTOBUF].slice(0, 20), BODIES[PROTOBUF].slice(20)];
  const skipped = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2);
  const body = new Uint8Array(
    await new Blob([
      new Uint8Array(zstdCompressSync(first)),
      skipped,
      new Uint8Array(zstdCompressSync(new Uint8Array())),
      new Uint8Array(zstdCompressSync(second)),
    ]).arrayBuffer(),
  );
  const headers = { "content-encoding": "zstd" };
  assertEquals((await send({ type: PROTOBUF, body, headers })).status, 200);
  assertEquals<unknown>(store.traces[0], ONE_SPAN);
  assertEquals((await send({ type: PROTOBUF, body: body.slice(0, -1), headers })).status, 400);
});

Deno.test("requirement 12: the limit applies to received bytes, announced or not, and to inflated bytes", async () => {
  const { send, store } = createTestReceiver({ maxBodyBytes: 1000 });
  const fitting = JSON.stringify({ pad: "x".repeat(990) });
  assertEquals(fitting.length, 1000);
  const tooLong = `${fitting} `;
  const streamOf = (text: string) => new Blob([text]).stream();
  for (const wrap of [String, streamOf]) {
    assertEquals((await send({ body: wrap(fitting) })).status, 200);
    assertEquals((await send({ body: wrap(tooLong) })).status, 413);
  }
  const announced = await send({ body: tooLong, headers: { "content-length": "1001" } });
  assertEquals(announced.status, 413);
  for (const [compression, compress] of Object.entries(COMPRESSED)) {
    const headers = { "content-encoding": compression };
    const compressed = (text: string) => new Uint8Array(compress(text));
    assertEquals((await send({ body: compressed(fitting), headers })).status, 200);
    const inflated = await send({ body: compressed(tooLong), headers });
    assertEquals(inflated.status, 413);
    assertStringIncludes((await statusOf(inflated)).message, "1000 bytes");
  }
  assertEquals(store.requests.length, 5);
});

testWith(
  ["read", "run"],
  "requirement 12: 64 KiB that inflate beyond 64 MiB cost no 64 MiB",
  async () => {
    const body = new Uint8Array(gzipSync(new Uint8Array(65 * 1024 * 1024).fill(10)));
    assert(body.length < 70_000);
    // The same, but with trailers that declare a smaller size.
    const short = new Uint8Array([...body.subarray(0, -4), 255, 0, 0, 0]);
    const fitting = new Uint8Array([...body.subarray(0, -4), 255, 255, 255, 0]);
    const program = new URL("../../testdata/programs/compression_bombs.ts", import.meta.url);
    const content = new Uint8Array(65 * 1024 * 1024).fill(10);
    const others = [deflateSync(content), zstdCompressSync(content)];
    const bombs = [
      ...[body, short, fitting].map((bomb) => ["gzip", bomb.toBase64()]),
      ...others.map((bomb, i) => [["deflate", "zstd"][i], new Uint8Array(bomb).toBase64()]),
    ].map((bomb) => bomb.join(":"));
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-env", fileURLToPath(program), ...bombs],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const { statuses, growths } = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(statuses, [413, 400, 400, 413, 413]);
    assert(Math.max(...growths) < 64 * 1024 * 1024, `${growths} bytes`);
  },
);

Deno.test("requirement 12: a body of 20 MiB is accepted, plain and compressed", async () => {
  const { send, store } = createTestReceiver();
  const value = { stringValue: "0123456789abcdef".repeat(20 * 1024 * 64) };
  const body = protobufOf("TracesData", {
    resourceSpans: [{ resource: { attributes: [{ key: "long", value }] } }],
  });
  assertEquals((await send({ type: PROTOBUF, body })).status, 200);
  for (const [compression, compress] of Object.entries(COMPRESSED)) {
    const headers = { "content-encoding": compression };
    const compressed = new Uint8Array(compress(body));
    assertEquals((await send({ type: PROTOBUF, body: compressed, headers })).status, 200);
    const stream = new Blob([compressed]).stream();
    assertEquals((await send({ type: PROTOBUF, body: stream, headers })).status, 200);
  }
  for (const { body: stored } of store.requests) assertEquals(stored.length, body.length);
});

Deno.test("requirement 13: however long the reason, the answer stays short", async () => {
  const { send, store } = createTestReceiver();
  store.answer = { rejected: 1, message: "x".repeat(10_000_000) };
  const response = await send({ body: BODIES[JSON_TYPE] });
  assertEquals(response.status, 200);
  assert((await response.arrayBuffer()).byteLength < 4 * 1024 * 1024);
});

Deno.test("requirement 14: retryable statuses are for overload only", async () => {
  const { send } = createTestReceiver();
  const retryable = [429, 502, 503, 504];
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(PROTOBUF, JSON_TYPE, "text/plain"),
      fc.constantFrom("/v1/traces", "/v1/logs", "/x"),
      async (body, type, path) => {
        assert(
          !retryable.includes((await send({ body: new Uint8Array(body), type, path })).status),
        );
      },
    ),
  );
});

Deno.test("requirement 15: overload answers 503 with Retry-After", async () => {
  const receiver = createTestReceiver();
  const { send, records } = receiver;
  const room = takeAllRoom(receiver);
  const response = await send({ body: BODIES[JSON_TYPE] });
  assertEquals(response.status, 503);
  assertEquals(response.headers.get("retry-after"), "1");
  const { details, message } = await statusOf(response);
  assertEquals(details, [{
    "@type": "type.googleapis.com/google.rpc.RetryInfo",
    retryDelay: "1s",
  }]);
  assertStringIncludes(message, "again later");
  assertEquals(records[0]!.status, 503);
  room[Symbol.dispose]();
  assertEquals((await send({ body: BODIES[JSON_TYPE] })).status, 200);
});

testWith(
  ["net"],
  "requirement 16: the answer is compressed only if the sender accepts that",
  async () => {
    await using receiver = createHttpReceiver(memoryReceiverOptions());
    const response = await fetch(`${receiver.url}/v1/traces`, {
      method: "POST",
      headers: { "content-type": JSON_TYPE, "accept-encoding": "identity" },
      body: BODIES[JSON_TYPE],
    });
    assertEquals(response.headers.get("content-encoding"), null);
    assertEquals(await response.text(), "{}");
  },
);

Deno.test("requirement 17: wrong methods, paths, and types get 405 with Allow, 404, and 415", async () => {
  const { send } = createTestReceiver();
  for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
    const response = await send({ method });
    assertEquals(response.status, 405);
    assertEquals(response.headers.get("allow"), "POST");
  }
  for (const path of ["/", "/v1/trace", "/v1/traces/v1/traces"]) {
    assertEquals((await send({ path, body: "{}" })).status, 404);
  }
  for (const type of ["", "text/plain", "application/protobuf", "application/jsonp"]) {
    assertEquals((await send({ type, body: new Uint8Array(1) })).status, 415);
  }
});

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

Deno.test("requirement 23: unknown protobuf fields are skipped; truncated or too deep is answered 400", async () => {
  const { send } = createTestReceiver();
  // Field 1000, a varint; field 99, bytes.
  const unknown = Uint8Array.of(0xc0, 0x3e, 0x01, 0x9a, 0x06, 0x02, 0x01, 0x02);
  const known = new Uint8Array([...unknown, ...BODIES[PROTOBUF]]);
  assertEquals((await send({ type: PROTOBUF, body: known })).status, 200);
  for (const bytes of [[0x0a], [0x0a, 0x05, 0x01], [0x80], Array(11).fill(0xff)]) {
    assertEquals((await send({ type: PROTOBUF, body: Uint8Array.from(bytes) })).status, 400);
  }
  let value: object = { stringValue: "x" };
  for (let i = 0; i < 60; i++) value = { kvlistValue: { values: [{ key: "k", value }] } };
  const attributes = [{ key: "deep", value }];
  const deep = JSON.stringify({ resourceSpans: [{ resource: { attributes } }] });
  assertEquals((await send({ body: deep })).status, 400);
  assertEquals((await send({ body: "[".repeat(1_000_000) })).status, 400);
  assertEquals(
    (await send({ body: '{"a":'.repeat(100_000) + "12345678901234567890" })).status,
    400,
  );
  assertEquals((await send({ type: PROTOBUF, body: nested(200) })).status, 400);
  assertEquals((await send({ type: PROTOBUF, body: nested(100_000) })).status, 400);
});

/** A resource attribute with lists in lists. */
function nested(depth: number): Uint8Array<ArrayBuffer> {
  const lengths: number[] = [];
  for (let i = 0, length = 0; i < depth * 2; i++) {
    lengths.push(length);
    length += 1 + varint(length).length;
  }
  const tags = [0x2a, 0x0a]; // AnyValue.array_value, ArrayValue.values
  const inner = lengths.reverse().flatMap((length, i) => [tags[i % 2]!, ...varint(length)]);
  return [0x12, 0x0a, 0x0a, 0x0a].reduce(
    (bytes, tag) => [tag, ...varint(bytes.length), ...bytes],
    inner,
  ).reduce((array, byte, i) => (array[i] = byte, array), new Uint8Array(inner.length + 24));
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...varint(value >>> 7)];
}

Deno.test("requirement 28: a value without a member is the empty value, and not an error", async () => {
  const { sendSpan } = createTestReceiver();
  const { answer, stored } = await sendSpan({
    attributes: [{ key: "empty", value: {} }, { key: "none" }],
  });
  assertEquals(answer, {});
  assertEquals(stored?.attributes, [{ key: "empty", value: {} }, { key: "none" }]);
});

testWith(["net"], "requirement 31: connections are kept alive, and many can be open", async () => {
  const options = memoryReceiverOptions();
  await using receiver = createHttpReceiver(options);
  const { hostname, port } = new URL(receiver.url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const request = `POST /v1/traces HTTP/1.1\r\nhost: ${hostname}:${port}\r\n` +
    `content-type: ${JSON_TYPE}\r\ncontent-length: 2\r\n\r\n{}`;
  const buffer = new Uint8Array(4096);
  for (let i = 0; i < 3; i++) {
    await connection.write(new TextEncoder().encode(request));
    const count = await connection.read(buffer);
    assertStringIncludes(new TextDecoder().decode(buffer.subarray(0, count!)), "HTTP/1.1 200");
  }
  const [peer, ...others] = options.records.map(({ peer }) => peer);
  assertEquals(others, [peer, peer]);
  const send = () =>
    fetch(`${receiver.url}/v1/traces`, {
      method: "POST",
      headers: { "content-type": PROTOBUF },
      body: BODIES[PROTOBUF],
    }).then((response) => response.arrayBuffer());
  await Promise.all(Array.from({ length: 50 }, send));
  assertEquals(options.store.traces.length, 53);
});

Deno.test("requirement 33: any bytes are answered 200 or 4xx", async () => {
  const { send } = createTestReceiver();
  const sent = fc.record({
    path: fc.constantFrom("/v1/traces", "/v1/metrics", "/v1/logs", "/v1/x"),
    type: fc.constantFrom(PROTOBUF, JSON_TYPE, "text/plain", ""),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => new TextEncoder().encode(text)),
      messageArbitrary("LogsData").map((json) => new TextEncoder().encode(JSON.stringify(json))),
      messageArbitrary("MetricsData").map((json) => protobufOf("MetricsData", json)),
    ).map((bytes) => new Uint8Array(bytes)),
    headers: fc.constantFrom<Record<string, string>>({}, { "content-encoding": "gzip" }),
  });
  await fc.assert(
    fc.asyncProperty(sent, async (request) => {
      const { status } = await send(request);
      assert(status === 200 || (status >= 400 && status < 500), `${status}`);
    }),
    { numRuns: 1000 },
  );
});
