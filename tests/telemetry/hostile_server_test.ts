import { metrics, trace } from "@opentelemetry/api";
import { logs } from "@opentelemetry/api-logs";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { encodeMessage } from "../../lib/otlp/encode.ts";
import { SIGNALS } from "../../lib/otlp/signal.ts";
import { planFromSettings } from "../../lib/telemetry/plan.ts";
import { readSettings } from "../../lib/telemetry/read_settings.ts";
import { startTelemetry } from "../../lib/telemetry/sdk.ts";
import { testWith } from "../helpers/needs.ts";
import { type Answer, startGrpcReceiver, startHttpReceiver } from "../helpers/receiver.ts";

const NEEDS = ["env", "sys", "read", "net"] as const;

/** An answer, and how many of the sent items it says were accepted. */
interface Reply extends Answer {
  took: (count: number) => number;
}

const ALL = (count: number) => count;
const NONE = () => 0;
const PAGE = "<!doctype html><title>Welcome</title>";
const LONG = 2n ** 63n;

const HTML = { "content-type": "text/html" };
const PROTOBUF = { "content-type": "application/x-protobuf" };
const JSON_TYPE = { "content-type": "application/json" };

/** Answers that any HTTP server could give. */
const OF_ANYBODY: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({
    status: fc.constantFrom(200, 201, 203, 299),
    headers: fc.constant(HTML),
    body: fc.constantFrom(PAGE, "", "{}"),
    took: fc.constant(NONE),
  }),
  fc.record({
    status: fc.constantFrom(301, 302, 303, 304, 307, 308, 400, 401, 404, 413, 500, 501, 505),
    headers: fc.constantFrom(HTML, { location: "/elsewhere" }, JSON_TYPE),
    body: fc.constant(null),
    took: fc.constant(NONE),
  }),
  fc.record({
    status: fc.constantFrom(429, 502, 503, 504),
    headers: fc.constantFrom("0", "-1", "0.5", "9999999999", "Thu, 01 Jan 1970 00:00:00 GMT")
      .map((value) => ({ "retry-after": value })),
    body: fc.constant(null),
    took: fc.constant(NONE),
  }),
);

const NUMBERS = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 1000n, -1n, -1000n, LONG - 1n, -LONG),
  fc.bigInt({ min: -LONG, max: LONG - 1n }),
);

function partly(rejected: bigint): Pick<Reply, "took"> {
  const least = (a: bigint, b: bigint) => a < b ? a : b;
  return {
    took: (count) => rejected <= 0n ? count : count - Number(least(rejected, BigInt(count))),
  };
}

/** A response for any signal: the field numbers are the same for all three. */
function protobufOf(rejected: bigint): Uint8Array<ArrayBuffer> {
  return encodeMessage("TracesResponse", { partialSuccess: { rejectedSpans: String(rejected) } });
}

function jsonOf(rejected: bigint): string {
  const number = String(rejected);
  return JSON.stringify({
    partialSuccess: {
      rejectedSpans: number,
      rejectedDataPoints: number,
      rejectedLogRecords: number,
    },
  });
}

/** Answers, valid or not, that an OTLP/HTTP server could give. */
const OF_OTLP: fc.Arbitrary<Reply> = fc.oneof(
  NUMBERS.map((n) => ({ headers: PROTOBUF, body: protobufOf(n), ...partly(n) })),
  NUMBERS.map((n) => ({ headers: JSON_TYPE, body: jsonOf(n), ...partly(n) })),
  NUMBERS.map((n) => ({ headers: PROTOBUF, body: protobufOf(n).slice(0, -1), took: NONE }))
    // Without its last byte, a response with 0 rejected items would be empty.
    .filter(({ body }) => body.length > 1),
  NUMBERS.map((n) => ({ headers: JSON_TYPE, body: jsonOf(n).slice(0, -1), took: NONE })),
  fc.constantFrom<Reply>(
    { headers: PROTOBUF, body: PAGE, took: NONE },
    { headers: JSON_TYPE, body: "[]", took: NONE },
    { headers: PROTOBUF, body: null, took: ALL },
    { status: 204, body: null, took: ALL },
  ),
);

const OF_GRPC: fc.Arbitrary<Reply> = fc.oneof(
  NUMBERS.map((n) => ({ body: protobufOf(n), ...partly(n) })),
  NUMBERS.map((n) => ({ body: protobufOf(n).slice(0, -1), took: NONE }))
    .filter(({ body }) => body.length > 1),
  fc.integer({ min: 1, max: 20 }).map((grpcStatus) => ({ grpcStatus, took: NONE })),
  fc.constantFrom(200, 204, 302, 404, 503).map((status) => ({ status, took: NONE })),
);

/** Creates this many items of each signal; each metric of this type has one data point. */
function record(count: number): void {
  for (let i = 0; i < count; i++) {
    trace.getTracer("test").startSpan("span").end();
    logs.getLogger("test").emit({ body: "line" });
    metrics.getMeter("test").createCounter("sold").add(1, { i });
  }
}

/** Sends this many items of each signal to the endpoint. The counts must match what the server accepted. */
async function assertBooks(
  env: Record<string, string>,
  { count, took }: { count: number; took: Reply["took"] },
): Promise<void> {
  const { configuration } = planFromSettings(readSettings(env));
  const reports: string[] = [];
  const report = (message: string) => reports.push(message);
  const telemetry = await startTelemetry(configuration, { report });
  record(count);
  await telemetry.shutdown();
  assertEquals(
    telemetry.deliveries.map(({ created, sent, lost, dropped }) => [created, sent, lost, dropped]),
    telemetry.deliveries.map(() => [count, took(count), count - took(count), 0]),
    reports.join("\n"),
  );
  const said = telemetry.deliveries.map((delivery) => delivery.close() ?? "");
  assertEquals(said.filter((line) => / -|NaN|Infinity/.test(line)), []);
}

for (
  const [protocol, start, replies] of [
    ["http/protobuf", startHttpReceiver, fc.oneof(OF_ANYBODY, OF_OTLP)],
    ["http/json", startHttpReceiver, fc.oneof(OF_ANYBODY, OF_OTLP)],
    ["grpc", startGrpcReceiver, OF_GRPC],
  ] as const
) {
  testWith(NEEDS, `the counts add up whatever a server over ${protocol} answers`, async () => {
    let reply: Reply = { took: ALL };
    await using server = start({ answer: () => reply });
    const count = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(replies, count, async (next, count) => {
        reply = next;
        const env = {
          OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        };
        await assertBooks(env, { count, took: next.took });
      }),
      { numRuns: 60 },
    );
    assertEquals(new Set(server.requests.map(({ signal }) => signal)), new Set(SIGNALS));
  });
}

testWith(NEEDS, "the counts add up whatever a Zipkin server answers", async () => {
  let reply: Reply = { took: ALL };
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      await request.arrayBuffer();
      const { status = 200, headers = {}, body = null } = reply;
      return new Response(body, { status, headers });
    },
  );
  const accepted = fc.constantFrom<Reply>({ status: 202, took: ALL }, { status: 200, took: ALL });
  await fc.assert(
    fc.asyncProperty(fc.oneof(OF_ANYBODY, accepted), async (next) => {
      reply = next;
      await assertBooks({
        OTEL_TRACES_EXPORTER: "zipkin",
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
        OTEL_EXPORTER_ZIPKIN_ENDPOINT: `http://127.0.0.1:${server.addr.port}/api/v2/spans`,
      }, { count: 3, took: next.took });
    }),
    { numRuns: 40 },
  );
});
