/** gRPC to servers of other languages' libraries. */
import { assertEquals, assertMatch } from "@std/assert";
import { GRPC_LIBRARIES, type GrpcServer, startGrpcServer } from "../helpers/grpc_server.ts";
import { testIf } from "../helpers/needs.ts";
import { withOtelcol } from "../helpers/otelcol.ts";
import { encodeSpan } from "../helpers/otlp_proto.ts";
import { needsServers } from "../helpers/servers.ts";
import { failureOf, grpcTarget, sendUntilAccepted, withTransport } from "../helpers/targets.ts";
import { TLS_FILES } from "../helpers/tls_files.ts";

const NEEDS = ["net", "env", "read", "run"] as const;
const METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const BODY = new Uint8Array(100_000).fill(7);

/** A `google.rpc.Status` with a `RetryInfo` whose delay is two seconds. */
const RETRY_IN_2_S = statusWithRetryInfo();

/** Checks for each server, in this order, so that it has to start only once. */
const STEPS: readonly [string, (server: GrpcServer) => Promise<void>][] = [
  ["what is sent arrives, plain, compressed and large", async (server) => {
    for (const compression of ["none", "gzip"] as const) {
      await withTransport(grpcTarget(server.url, { compression }), async (transport) => {
        assertEquals(await transport.send(BODY, 10_000), { rejected: 0, message: "" });
        await Promise.all([1, 2, 3].map(() => transport.send(new Uint8Array(3_000_000), 10_000)));
      });
    }
    const large = Array.from({ length: 3 }, () => `${METHOD} 3000000`);
    const expected = [`${METHOD} ${BODY.length}`, ...large];
    assertEquals(server.takeCalls(), [...expected, ...expected]);
  }],

  ["a status is understood, with its text and details", async ({ url }) => {
    const refused = await answerTo(url, { "x-answer": "status 16 no token, 100 % sure" });
    assertEquals(refused.message, "the server answered gRPC status 16: no token, 100 % sure");
    assertEquals([refused.grpcStatus, refused.retryable], [16, false]);
    const busy = await answerTo(url, {
      "x-answer": "status 8 full",
      "x-details-bin": RETRY_IN_2_S,
    });
    assertEquals([busy.grpcStatus, busy.retryable, busy.retryAfterMillis], [8, true, 2000]);
    const down = await answerTo(url, { "x-answer": "status 14 not yet" });
    assertEquals([down.grpcStatus, down.retryable, down.retryAfterMillis], [14, true, undefined]);
  }],

  ["a status in the trailers is unknown, and may be sent again", async ({ url }) => {
    const error = await answerTo(url, { "x-answer": "late 3 malformed" });
    assertEquals(error.answered, true);
    // Python sends headers and trailers together if both are ready in time.
    if (error.grpcStatus === 3) return assertEquals(error.retryable, false);
    assertEquals(error.message, "the server answered with an unknown gRPC status");
    assertEquals([error.grpcStatus, error.retryable], [2, true]);
  }],

  ["what goes away and comes back gets everything once", async (server) => {
    server.takeCalls();
    const headers = { "x-answer": "restart" };
    await withTransport(grpcTarget(server.url, { headers }), async (transport) => {
      for (let i = 0; i < 5; i++) await sendUntilAccepted(transport, BODY);
    });
    assertEquals(server.takeCalls().length, 5);
  }],
];

for (const library of GRPC_LIBRARIES) {
  testIf(library.condition, NEEDS, `gRPC to the server of ${library.name}`, async (t) => {
    await using server = await startGrpcServer(library);
    for (const [name, run] of STEPS) await t.step(name, () => run(server));
  });

  testIf(library.condition, NEEDS, `gRPC to the server of ${library.name} over TLS`, async () => {
    await using server = await startGrpcServer(library, { tls: true });
    const stranger = grpcTarget(server.url, { certificate: TLS_FILES.ca });
    const known = {
      ...stranger,
      clientCertificate: TLS_FILES.clientCert,
      clientKey: TLS_FILES.clientKey,
    };
    await withTransport(known, (transport) => transport.send(BODY, 10_000));
    await withTransport(stranger, (transport) => failureOf(transport.send(BODY, 10_000)));
    assertEquals(server.takeCalls(), [`${METHOD} ${BODY.length}`]);
  });
}

testIf(
  needsServers("collector"),
  [...NEEDS, "write"],
  "gRPC to the real Collector: acceptance, rejection, and a restart",
  async () => {
    await withOtelcol(async (otelcol) => {
      await otelcol.start();
      await withTransport(grpcTarget(otelcol.endpoints.grpc), async (transport) => {
        await transport.send(encodeSpan("first"), 10_000);
        const error = await failureOf(transport.send(BODY, 10_000));
        assertMatch(error.message, /^the server answered gRPC status \d+: .*unmarshal/);
        assertEquals([error.answered, error.retryable], [true, false]);
        // Unwritten data is lost with it.
        await otelcol.waitForLines(1);
        await otelcol.kill();
        assertEquals((await failureOf(transport.send(encodeSpan("lost"), 10_000))).retryable, true);
        await otelcol.start();
        await sendUntilAccepted(transport, encodeSpan("second"));
        assertMatch(await otelcol.waitForLines(2), /first[^]*second/);
      });
    });
  },
);

function answerTo(url: string, headers: Record<string, string>) {
  const target = grpcTarget(url, { headers });
  return withTransport(target, (transport) => failureOf(transport.send(BODY, 10_000)));
}

function statusWithRetryInfo(): string {
  const type = new TextEncoder().encode("type.googleapis.com/google.rpc.RetryInfo");
  const info = [0x0a, type.length, ...type, 0x12, 4, 0x0a, 2, 0x08, 2];
  return btoa(String.fromCharCode(0x1a, info.length, ...info));
}
