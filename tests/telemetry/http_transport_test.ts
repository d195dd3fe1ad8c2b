import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { OtlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { testWith } from "../helpers/needs.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";
import { failureOf, grpcTarget, withTransport } from "../helpers/targets.ts";

const BODY = new Uint8Array();
const STATUS_TEXT = { 200: "OK", 400: "Bad Request", 503: "Service Unavailable" };

function httpTarget(port: number, more: Partial<OtlpTarget> = {}): OtlpTarget {
  const url = `http://127.0.0.1:${port}/v1/traces`;
  return grpcTarget(url, { protocol: "http/protobuf", ...more });
}

testWith(["net"], "OTLP/HTTP: given headers replace ours, but for what the body is", async () => {
  await using receiver = startHttpReceiver();
  const headers = { "User-Agent": "mine", "Content-Type": "text/plain", "X-Token": "a, b" };
  const target = httpTarget(receiver.port, { headers });
  await withTransport(target, (transport) => transport.send(BODY, 10_000));
  const [request] = receiver.requests;
  assertEquals(request?.headers["user-agent"], "mine");
  assertEquals(request?.headers["content-type"], "application/x-protobuf");
  assertEquals(request?.headers["x-token"], "a, b");
});

for (
  const [status, message, retryable] of [
    [400, "the server answered 400 Bad Request: cut", false],
    [503, "the server answered 503 Service Unavailable: cut", true],
    [200, undefined, false],
  ] as const
) {
  testWith(["net"], `OTLP/HTTP: ${status} is the answer, even if its body is cut`, async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const answering = (async () => {
      using connection = await listener.accept();
      await connection.read(new Uint8Array(1000));
      const head = `HTTP/1.1 ${status} ${STATUS_TEXT[status]}\r\ncontent-length: 100\r\n\r\n`;
      await connection.write(new TextEncoder().encode(`${head}cut`));
    })();
    await withTransport(httpTarget(listener.addr.port), async (transport) => {
      if (message === undefined) await transport.send(BODY, 10_000);
      else {
        const error = await failureOf(transport.send(BODY, 10_000));
        assertEquals([error.message, error.retryable], [message, retryable]);
      }
    });
    await answering;
  });
}

testWith(["net"], "OTLP/HTTP: Retry-After is seconds or a date, and nothing else", async () => {
  const ask = async (retryAfter: string) => {
    await using receiver = startHttpReceiver({
      answer: () => ({ status: 503, headers: { "retry-after": retryAfter } }),
    });
    return await withTransport(
      httpTarget(receiver.port),
      async (transport) => (await failureOf(transport.send(BODY, 10_000))).retryAfterMillis,
    );
  };
  assertEquals(await ask("120"), 120_000);
  assertEquals(await ask("0"), 0);
  assertEquals(await ask("Wed, 21 Oct 2015 07:28:00 GMT"), 0);
  const inAnHour = await ask(new Date(Date.now() + 3600_000).toUTCString());
  assertAlmostEquals(inAnHour!, 3600_000, 60_000);
  for (const nothing of ["-5", "1.5", "+2999", "soon", ""]) {
    assertEquals(await ask(nothing), undefined, nothing);
  }
});

testWith(["net"], "OTLP/HTTP: shutdown() ends what is in flight", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await withTransport(httpTarget(listener.addr.port), async (transport) => {
    const sending = failureOf(transport.send(BODY, Infinity));
    using _ = await listener.accept();
    transport.shutdown();
    const error = await sending;
    assertEquals([error.message, error.retryable], ["no answer in time", false]);
  });
});

testWith(
  ["net", "read", "write"],
  "OTLP/HTTP: a certificate that is none is tried once",
  async () => {
    const certificate = Deno.makeTempFileSync();
    try {
      const none = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
      Deno.writeTextFileSync(certificate, none);
      await withTransport(httpTarget(4318, { certificate }), async (transport) => {
        const error = await failureOf(transport.send(BODY, 10_000));
        assertEquals(error.message.replace(/ \(.*/, ""), "the certificates cannot be used");
        assertEquals(error.retryable, false);
      });
    } finally {
      Deno.removeSync(certificate);
    }
  },
);
