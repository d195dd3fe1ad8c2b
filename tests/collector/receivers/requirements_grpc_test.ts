import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ListenError } from "../../../lib/collector/listen_error.ts";
import { createGrpcReceiver } from "../../../lib/collector/receivers/grpc_receiver.ts";
import type { ReceiverOptions } from "../../../lib/collector/receivers/receiver_options.ts";
import { createHttpReceiver } from "../../../lib/collector/receivers/http_receiver.ts";
import { createGrpcTransport } from "../../../lib/telemetry/otlp/grpc_transport.ts";
import { TransportError } from "../../../lib/telemetry/otlp/transport.ts";
import { createGuard } from "../../../lib/collector/guard.ts";
import { memoryReceiverOptions, takeAllRoom } from "../../helpers/collector_store.ts";
import { grpcCall as call, openGrpcCall } from "../../helpers/http2/grpc_call.ts";
import { testWith } from "../../helpers/needs.ts";
import { ONE_SPAN, protobufOf } from "../../helpers/otlp_requests.ts";
import { within } from "../../helpers/patience.ts";
import { grpcTarget } from "../../helpers/targets.ts";
import { PUBLISHED_OTLP } from "../../helpers/published_otlp.ts";

const TRACES = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const LOGS = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
const METRICS = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
const BODY = protobufOf("TracesData", ONE_SPAN);

async function startReceiver(overrides: Partial<ReceiverOptions> = {}) {
  const options = memoryReceiverOptions();
  const receiver = await createGrpcReceiver({ ...options, ...overrides });
  return { ...options, receiver, [Symbol.asyncDispose]: () => receiver.shutdown() };
}

function frame(message: Uint8Array, compressed = 0): Uint8Array {
  const bytes = new Uint8Array(5 + message.length);
  bytes[0] = compressed;
  new DataView(bytes.buffer).setUint32(1, message.length);
  bytes.set(message, 5);
  return bytes;
}

testWith(
  ["net"],
  "requirement 32: gRPC accepts all three signals, plain and compressed",
  async () => {
    await using test = await startReceiver();
    for (const path of [TRACES, METRICS, LOGS]) {
      const plain = await call(test.receiver, path, frame(new Uint8Array()));
      assertEquals([plain.httpStatus, plain.status, plain.body.length], [200, 0, 5]);
    }
    assertEquals(test.store.requests.map(({ signal }) => signal), ["traces", "metrics", "logs"]);
    const compressions = { gzip: gzipSync, deflate: deflateSync, zstd: zstdCompressSync };
    for (const [compression, compress] of Object.entries(compressions)) {
      const compressed = frame(compress(BODY), 1);
      const headers = { "grpc-encoding": compression };
      const answer = await call(test.receiver, TRACES, compressed, headers);
      assertEquals(answer.status, 0);
      assertEquals<unknown>(test.store.traces.at(-1), ONE_SPAN);
      const record = test.records.at(-1)!;
      assertEquals(record.protocol, "grpc");
      assertEquals(record.compression, compression);
      assertEquals(record.bodyBytes, BODY.length);
      assertEquals(record.serviceNames, ["shop"]);
    }
  },
);

testWith(["net"], "requirement 32: gRPC's partial success follows the same rules", async () => {
  await using test = await startReceiver();
  test.store.answer = { rejected: 2, message: "bad ids" };
  const { status, body } = await call(test.receiver, TRACES, frame(BODY));
  assertEquals(status, 0);
  const type = PUBLISHED_OTLP.lookupType("ExportTraceServiceResponse");
  assertEquals(type.toObject(type.decode(body.subarray(5)), { longs: Number }), {
    partialSuccess: { rejectedSpans: 2, errorMessage: "bad ids" },
  });
});

testWith(
  ["net"],
  "requirement 32: malformed data is INVALID_ARGUMENT, with its position",
  async () => {
    await using test = await startReceiver();
    for (
      const bytes of [frame(BODY.subarray(0, -1)), frame(BODY).subarray(0, -1), new Uint8Array(3)]
    ) {
      const { status, message, details } = await call(test.receiver, TRACES, bytes);
      assertEquals(status, 3);
      assertStringIncludes(message, "at byte");
      const type = PUBLISHED_OTLP.lookupType("RpcStatus");
      const decoded = type.toObject(type.decode(details));
      assertEquals(decoded.code, 3);
      assertEquals(decoded.details[0].typeUrl, "type.googleapis.com/google.rpc.BadRequest");
    }
    assertEquals(test.records.map(({ status }) => status), [3, 3, 3]);
  },
);

testWith(["net"], "requirement 32: overload is UNAVAILABLE with RetryInfo", async () => {
  await using test = await startReceiver();
  using _room = takeAllRoom(test);
  const { status, details } = await call(test.receiver, TRACES, frame(BODY));
  assertEquals(status, 14);
  const type = PUBLISHED_OTLP.lookupType("RpcStatus");
  const [retryInfo] = type.toObject(type.decode(details)).details;
  assertEquals(retryInfo.typeUrl, "type.googleapis.com/google.rpc.RetryInfo");
  const info = PUBLISHED_OTLP.lookupType("RetryInfo");
  assertEquals(info.toObject(info.decode(retryInfo.value), { longs: Number }), {
    retryDelay: { seconds: 1 },
  });
});

testWith(
  ["net"],
  "createGrpcReceiver() answers UNIMPLEMENTED to unknown calls",
  async () => {
    await using test = await startReceiver();
    for (const path of ["/a/b", "/", `${TRACES}2`, "/toString/Export"]) {
      const { status, message } = await call(test.receiver, path, frame(BODY));
      assertEquals(status, 12);
      assertStringIncludes(message, "TraceService");
    }
    const { status } = await call(test.receiver, TRACES, frame(BODY, 1), { "grpc-encoding": "br" });
    assertEquals(status, 12);
  },
);

testWith(["net"], "createGrpcReceiver() rejects a message over the limit", async () => {
  await using test = await startReceiver({ maxBodyBytes: 1000 });
  assertEquals((await call(test.receiver, TRACES, frame(new Uint8Array(1_000_000)))).status, 8);
  const bomb = frame(gzipSync(new Uint8Array(100_000).fill(10)), 1);
  assertEquals((await call(test.receiver, TRACES, bomb, { "grpc-encoding": "gzip" })).status, 8);
  assertEquals((await call(test.receiver, TRACES, frame(BODY))).status, 0);
});

testWith(["net"], "createGrpcReceiver() checks token, host, and origin", async () => {
  const guard = createGuard({ hostname: "127.0.0.1", token: "secret" });
  await using test = await startReceiver({ guard });
  assertEquals((await call(test.receiver, TRACES, frame(BODY))).status, 16);
  const authorization = "Bearer secret";
  assertEquals((await call(test.receiver, TRACES, frame(BODY), { authorization })).status, 0);
  for (const headers of [{ ":authority": "rebound.example" }, { origin: "http://evil.example" }]) {
    const answer = await call(test.receiver, TRACES, frame(BODY), { authorization, ...headers });
    assertEquals(answer.status, 7);
  }
});

testWith(["net"], "grpc.health.v1 answers Check for each service", async () => {
  await using test = await startReceiver();
  const check = "/grpc.health.v1.Health/Check";
  for (const service of ["", "opentelemetry.proto.collector.logs.v1.LogsService"]) {
    const request = protobufOf("HealthCheckRequest", { service });
    const { status, body } = await call(test.receiver, check, frame(request));
    assertEquals(status, 0);
    assertEquals([...body.subarray(5)], [8, 1]);
  }
  const unknown = protobufOf("HealthCheckRequest", { service: "nobody" });
  assertEquals((await call(test.receiver, check, frame(unknown))).status, 5);
  assertEquals(test.records, []);
});

testWith(["net"], "grpc.health.v1 answers Watch until the end", async () => {
  const test = await startReceiver();
  const path = "/grpc.health.v1.Health/Watch";
  const { connection, stream } = await openGrpcCall(test.receiver, path);
  await stream.sendData(frame(new Uint8Array()), { isEnd: true });
  const statuses = () => {
    const bytes = stream.chunks.flatMap((chunk) => [...chunk]);
    return bytes.filter((_, i) => i % 7 === 6);
  };
  await within(connection.waitUntil(() => statuses().length > 0), "the first status");
  assertEquals(statuses(), [1]);
  await within(Promise.all([test.receiver.shutdown(), stream.body()]), "the end of the stream");
  assertEquals(statuses(), [1, 2]);
  connection.close();
});

testWith(
  ["net"],
  "OTLP/HTTP on the gRPC port gets an explanation in its own encoding",
  async () => {
    await using test = await startReceiver({ otherPort: () => 4999 });
    const send = (type: string, body: BodyInit) =>
      fetch(`${test.receiver.url}/v1/traces`, {
        method: "POST",
        headers: { "content-type": type, "user-agent": "an exporter" },
        body,
      });
    const json = await send("application/json", "{}");
    assertEquals(json.status, 400);
    assertStringIncludes((await json.json()).message, "send to port 4999");
    // More than the flow-control window holds: the answer must get through nevertheless.
    const bytes = await send("application/x-protobuf", new Uint8Array(500_000));
    const type = PUBLISHED_OTLP.lookupType("RpcStatus");
    const { message } = type.toObject(type.decode(new Uint8Array(await bytes.arrayBuffer())));
    assertStringIncludes(message, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc");
    const [first] = test.records;
    assertEquals(first!.protocol, "http/json");
    assertEquals(first!.userAgent, "an exporter");
    assertEquals(first!.hints.map(({ id }) => id), ["wrong-port"]);
    assertEquals(first!.hints[0]!.evidence.detail, "POST /v1/traces HTTP/1.1");
  },
);

testWith(["net"], "OTLP/gRPC on the HTTP port gets an explanation as a gRPC status", async () => {
  const options = memoryReceiverOptions();
  await using receiver = createHttpReceiver({ ...options, otherPort: () => 4998 });
  const { status, message } = await call(receiver, TRACES, frame(BODY));
  assertEquals(status, 12);
  assertStringIncludes(message, "send to port 4998");
  assertEquals(options.records[0]!.hints.map(({ id }) => id), ["wrong-port"]);
  const transport = createGrpcTransport(grpcTarget(receiver.url));
  const error = await assertRejects(() => transport.send(BODY, 5000), TransportError);
  transport.shutdown();
  assertStringIncludes(error.message, "4998");
});

testWith(["net"], "a client that speaks neither HTTP/2 nor HTTP/1.1 is disconnected", async () => {
  await using test = await startReceiver();
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: test.receiver.port });
  await connection.write(Uint8Array.of(0x16, 0x03, 0x01, 0x00));
  assertEquals(await connection.read(new Uint8Array(10)), null);
  assertEquals(test.records.length, 1);
});

testWith(["net"], "receivers name the address and the flag when the port is in use", async () => {
  const options = memoryReceiverOptions();
  await using http = createHttpReceiver(options);
  const taken = { ...options, port: http.port };
  const error = await assertRejects(async () => await createGrpcReceiver(taken), ListenError);
  assertStringIncludes(error.message, `127.0.0.1:${http.port}`);
  assertStringIncludes(error.message, "--grpc-port");
  const again = await assertRejects(async () => await createHttpReceiver(taken), ListenError);
  assertStringIncludes(again.message, "--http-port");
});

testWith(["net"], "receivers finish in-flight requests before they end", async () => {
  const options = memoryReceiverOptions();
  for (const start of [createHttpReceiver, createGrpcReceiver]) {
    const stored = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const store = {
      async add(...args: Parameters<typeof options.store.add>) {
        asked.resolve();
        await stored.promise;
        return await options.store.add(...args);
      },
    };
    const receiver = await start({ ...options, store });
    const answered = start === createGrpcReceiver
      ? call(receiver, TRACES, frame(BODY)).then(({ status }) => status)
      : fetch(`${receiver.url}/v1/traces`, {
        method: "POST",
        headers: { "content-type": "application/x-protobuf" },
        body: BODY,
      }).then(async (response) => (await response.arrayBuffer(), response.status - 200));
    await within(asked.promise, "the request at the store");
    const ended = receiver.shutdown();
    stored.resolve();
    assertEquals(await answered, 0);
    await ended;
  }
  assertEquals(options.store.requests.length, 2);
});

testWith(["net"], "gRPC accepts many simultaneous calls on one connection", async () => {
  await using test = await startReceiver();
  const transport = createGrpcTransport(grpcTarget(test.receiver.url));
  await transport.send(BODY, 5000);
  await Promise.all(Array.from({ length: 100 }, () => transport.send(BODY, 10_000)));
  const large = protobufOf("TracesData", {
    resourceSpans: [{ schemaUrl: "x".repeat(8_000_000) }],
  });
  await Promise.all(Array.from({ length: 4 }, () => transport.send(large, 20_000)));
  transport.shutdown();
  assertEquals(test.store.requests.length, 105);
  assert(new Set(test.records.map(({ peer }) => peer)).size === 1);
  assert(test.records.every(({ peer }) => /^127\.0\.0\.1:\d+$/.test(peer)));
});
