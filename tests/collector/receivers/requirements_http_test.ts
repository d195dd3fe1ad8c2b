import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { createHttpReceiver } from "../../../lib/collector/receivers/http_receiver.ts";
import { SIGNALS } from "../../../lib/otlp/signal.ts";
import { memoryReceiverOptions, takeAllRoom } from "../../helpers/collector_store.ts";
import { testWith } from "../../helpers/needs.ts";
import { messageArbitrary, ONE_SPAN, protobufOf } from "../../helpers/otlp_requests.ts";
import { PUBLISHED_OTLP } from "../../helpers/published_otlp.ts";
import {
  BODIES,
  createTestReceiver,
  JSON_TYPE,
  PROTOBUF,
  type Sent,
  statusOf,
} from "../../helpers/test_receiver.ts";

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
