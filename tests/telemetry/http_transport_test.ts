import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { OtlpTarget } from "../../lib/telemetry/otlp/target.ts";
import { testWith } from "../helpers/needs.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";
import { failureOf, grpcTarget, withTransport } from "../helpers/targets.ts";

const BODY = new Uint8Array();
const EMPTY_JSON = new TextEncoder().encode("{}");
const STATUS_TEXT = { 200: "OK", 400: "Bad Request", 503: "Service Unavailable" };

function httpTarget(port: number, more: Partial<OtlpTarget> = {}): OtlpTarget {
  const url = `http://127.0.0.1:${port}/v1/traces`;
  return grpcTarget(url, { protocol: "http/protobuf", ...more });
}

testWith(
  ["net"],
  "OTLP/HTTP: given headers replace ours, except those that describe the body",
  async () => {
    await using receiver = startHttpReceiver();
    const headers = { "User-Agent": "mine", "Content-Type": "text/plain", "X-Token": "a, b" };
    const target = httpTarget(receiver.port, { headers });
    await withTransport(target, (transport) => transport.send(BODY, 10_000));
    const [request] = receiver.requests;
    assertEquals(request?.headers["user-agent"], "mine");
    assertEquals(request?.headers["content-type"], "application/x-protobuf");
    assertEquals(request?.headers["x-token"], "a, b");
  },
);

for (
  const [status, message, retryable] of [
    [400, "the server answered 400 Bad Request: cut", false],
    [503, "the server answered 503 Service Unavailable: cut", true],
    [200, "connection closed", true],
  ] as const
) {
  testWith(["net"], `OTLP/HTTP: ${status} is not success if the body is truncated`, async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const answering = (async () => {
      using connection = await listener.accept();
      await connection.read(new Uint8Array(1000));
      const head = `HTTP/1.1 ${status} ${STATUS_TEXT[status]}\r\ncontent-length: 100\r\n\r\n`;
      await connection.write(new TextEncoder().encode(`${head}cut`));
    })();
    await withTransport(httpTarget(listener.addr.port), async (transport) => {
      const error = await failureOf(transport.send(BODY, 10_000));
      assertEquals([error.message, error.retryable], [message, retryable]);
    });
    await answering;
  });
}

const PROTOBUF = { "content-type": "application/x-protobuf" };
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const PAGE = { "content-type": "text/html; charset=utf-8" };
const PARTLY = Uint8Array.of(10, 2, 8, 3);
const PARTLY_JSON = '{"partialSuccess":{"rejectedSpans":"3"}}';

testWith(
  ["net"],
  "OTLP/HTTP: servers can send an empty answer, or use the other encoding",
  async () => {
    for (
      const [protocol, answer, rejected] of [
        ["http/protobuf", { status: 204 }, 0],
        ["http/protobuf", { status: 202, headers: { "content-type": "text/plain" } }, 0],
        ["http/protobuf", { headers: PROTOBUF }, 0],
        ["http/protobuf", { headers: PROTOBUF, body: PARTLY }, 3],
        ["http/protobuf", { headers: JSON_TYPE, body: PARTLY_JSON }, 3],
        ["http/protobuf", { headers: { "content-type": "" }, body: PARTLY }, 3],
        ["http/json", { headers: JSON_TYPE, body: PARTLY_JSON }, 3],
        ["http/json", { headers: { "content-type": "text/plain" }, body: PARTLY_JSON }, 3],
        ["http/json", { headers: PROTOBUF, body: PARTLY }, 3],
      ] as const
    ) {
      await using receiver = startHttpReceiver({ answer: () => answer });
      const said = await withTransport(
        httpTarget(receiver.port, { protocol }),
        (transport) => transport.send(protocol === "http/json" ? EMPTY_JSON : BODY, 10_000),
      );
      assertEquals(said, { rejected, message: "" }, JSON.stringify(answer));
    }
  },
);

testWith(["net"], "OTLP/HTTP: a success that is not OTLP is not success", async () => {
  const notOtlp = "the server answered 200 OK, but not in OTLP";
  const page = "the server answered 200 OK, but with a web page";
  for (
    const [protocol, answer, message] of [
      ["http/protobuf", { headers: PAGE, body: "<!doctype html>" }, page],
      ["http/json", { headers: PAGE, body: "{}" }, page],
      ["http/protobuf", { headers: PAGE, body: "" }, page],
      ["http/protobuf", { headers: PROTOBUF, body: PARTLY.subarray(0, 3) }, notOtlp],
      ["http/protobuf", { headers: PROTOBUF, body: "<!doctype html>" }, notOtlp],
      ["http/protobuf", { headers: { "content-type": "text/plain" }, body: "OK" }, notOtlp],
      ["http/protobuf", { headers: JSON_TYPE, body: "[]" }, notOtlp],
      ["http/protobuf", { headers: JSON_TYPE, body: "null" }, notOtlp],
      ["http/json", { headers: JSON_TYPE, body: PARTLY_JSON.slice(1) }, notOtlp],
      ["http/json", { headers: { "content-type": "text/plain" }, body: "OK" }, notOtlp],
    ] as const
  ) {
    await using receiver = startHttpReceiver({ answer: () => answer });
    const error = await withTransport(
      httpTarget(receiver.port, { protocol }),
      (transport) =>
        failureOf(transport.send(protocol === "http/json" ? EMPTY_JSON : BODY, 10_000)),
    );
    const { message: told, retryable, answered, httpStatus } = error;
    assertEquals([told, retryable, answered, httpStatus], [message, false, true, 200]);
  }
});

testWith(["net"], "OTLP/HTTP: a redirect is neither followed nor success", async () => {
  await using elsewhere = startHttpReceiver();
  for (const status of [301, 302, 307, 308, 304]) {
    const headers = { location: `${elsewhere.url}/v1/traces` };
    await using receiver = startHttpReceiver({ answer: () => ({ status, headers, body: null }) });
    const error = await withTransport(
      httpTarget(receiver.port),
      (transport) => failureOf(transport.send(BODY, 10_000)),
    );
    assertEquals([error.httpStatus, error.retryable], [status, false]);
  }
  assertEquals(elsewhere.requests.length, 0);
});

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
