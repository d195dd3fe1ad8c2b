import { assert, assertEquals } from "@std/assert";
import type { PartialSuccess } from "../../lib/otlp/export_response.ts";
import { ERROR_CODE } from "../../lib/http2/errors.ts";
import type { Http2Stream } from "../helpers/http2/connection.ts";
import { acceptCall, acceptCalls, framed, HEAD, OK } from "../helpers/http2/grpc_answer.ts";
import { readExactly } from "../helpers/http2/read_frame.ts";
import { type HttpServer, startHttp2Server } from "../helpers/http2/server.ts";
import { testWith } from "../helpers/needs.ts";
import { within } from "../helpers/patience.ts";
import { failureOf, grpcTarget, withTransport } from "../helpers/targets.ts";

const BODY = new Uint8Array(200_000).fill(7);
const FULL_SUCCESS = { rejected: 0, message: "" };
const THREE_REJECTED = [10, 2, 8, 3];

/** A server that answers each call in the same way. */
function startServer(answer: (stream: Http2Stream) => Promise<unknown>): HttpServer {
  return startHttp2Server({
    async serve(connection) {
      for (let stream; (stream = await connection.accept());) {
        await stream.body();
        await answer(stream);
      }
    },
  });
}

async function answerOf(server: HttpServer): Promise<PartialSuccess> {
  return await withTransport(grpcTarget(server.url), (transport) => transport.send(BODY, 10_000));
}

async function errorOf(server: HttpServer) {
  return await withTransport(
    grpcTarget(server.url),
    (transport) => failureOf(transport.send(BODY, 10_000)),
  );
}

testWith(
  ["net"],
  "gRPC: the headers of a call are gRPC's, and given ones replace ours",
  async () => {
    const calls: Record<string, string>[] = [];
    await using server = startServer((stream) => (calls.push(stream.headers!), acceptCall(stream)));
    const headers = {
      "User-Agent": "mine",
      "Content-Type": "text/plain",
      TE: "x",
      "X-Token": "a, b",
    };
    for (const more of [{}, { headers, compression: "gzip" as const }]) {
      await withTransport(grpcTarget(server.url, more), async (transport) => {
        await transport.send(BODY, 1234.5);
        await transport.send(BODY, Infinity);
      });
    }
    const [plain, endless, given] = calls;
    const fixed = { "content-type": "application/grpc", te: "trailers" };
    for (const call of calls) assertEquals({ ...call, ...fixed }, call);
    assertEquals(plain![":method"], "POST");
    assertEquals(plain![":authority"], new URL(server.url).host);
    assertEquals(plain![":path"], "/opentelemetry.proto.collector.trace.v1.TraceService/Export");
    assertEquals([plain!["grpc-timeout"], endless!["grpc-timeout"]], ["1235m", undefined]);
    assert(plain!["user-agent"]!.startsWith("otel-kit/"));
    assertEquals([plain!["grpc-encoding"], given!["grpc-encoding"]], [undefined, "gzip"]);
    assertEquals([given!["user-agent"], given!["x-token"]], ["mine", "a, b"]);
  },
);

testWith(["net"], "gRPC: a whole message is success, however it arrives", async () => {
  const answer = framed(THREE_REJECTED);
  for (
    const send of [
      (stream: Http2Stream) => stream.sendData(answer),
      async (stream: Http2Stream) => {
        for (const byte of answer) await stream.sendData(Uint8Array.of(byte));
      },
    ]
  ) {
    for (
      const end of [
        (stream: Http2Stream) => stream.sendHeaders(OK, { isEnd: true }),
        (stream: Http2Stream) => stream.sendData(new Uint8Array(), { isEnd: true }),
        (stream: Http2Stream) => stream.reset(ERROR_CODE.INTERNAL_ERROR),
      ]
    ) {
      await using server = startServer(async (stream) => {
        await stream.sendHeaders(HEAD);
        await send(stream);
        await end(stream);
      });
      assertEquals(await answerOf(server), { rejected: 3, message: "" });
    }
  }
});

testWith(
  ["net"],
  "gRPC: a compressed message, and OK without a message, are also success",
  async () => {
    await using compressed = startServer(async (stream) => {
      await stream.sendHeaders(HEAD);
      await stream.sendData(Uint8Array.of(1, 0, 0, 0, 1, 9));
      await stream.sendHeaders(OK, { isEnd: true });
    });
    assertEquals(await answerOf(compressed), FULL_SUCCESS);
    await using empty = startServer((stream) =>
      stream.sendHeaders({ ...HEAD, ...OK }, { isEnd: true })
    );
    assertEquals(await answerOf(empty), FULL_SUCCESS);
  },
);

testWith(["net"], "gRPC: a message that is not OTLP is not success", async () => {
  await using server = startServer(async (stream) => {
    await stream.sendHeaders(HEAD);
    await stream.sendData(framed([10, 2, 8]));
    await stream.sendHeaders(OK, { isEnd: true });
  });
  const error = await errorOf(server);
  assertEquals(error.message, "the server answered with a message that is not OTLP");
  assertEquals([error.retryable, error.answered], [false, true]);
});

testWith(["net"], "gRPC: a missing or truncated message is not success", async () => {
  for (
    const part of [new Uint8Array(), framed([1, 2, 3]).subarray(0, 4), framed([1]).subarray(0, 5)]
  ) {
    await using server = startServer(async (stream) => {
      await stream.sendHeaders(HEAD);
      await stream.sendData(part);
      await stream.sendHeaders({ "grpc-status": "3" }, { isEnd: true });
    });
    const error = await errorOf(server);
    assertEquals(error.message, "the server answered with an unknown gRPC status");
    assertEquals([error.retryable, error.answered, error.grpcStatus], [true, true, 2]);

    await using broken = startServer(async (stream) => {
      await stream.sendHeaders(HEAD);
      await stream.sendData(part);
      await stream.reset(ERROR_CODE.INTERNAL_ERROR);
    });
    const cut = await errorOf(broken);
    assertEquals([cut.message, cut.retryable], ["connection closed", true]);
  }
});

testWith(["net"], "gRPC: an endless answer is abandoned", async () => {
  await using server = startServer(async (stream) => {
    await stream.sendHeaders(HEAD);
    await stream.sendData(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff));
    while (!stream.isGone) await stream.sendData(new Uint8Array(16_384));
  });
  const error = await errorOf(server);
  assertEquals([error.message, error.retryable], ["the answer is too large", false]);
});

testWith(
  ["net"],
  "gRPC: a server that answers without a gRPC status is not a gRPC server",
  async () => {
    for (
      const [headers, retryable] of [
        [{ ":status": "404", "content-type": "text/html" }, false],
        [{ ":status": "200", "content-type": "text/html" }, false],
        [{ ":status": "302", location: "/" }, false],
        [{ ":status": "503", "content-type": "application/grpc" }, true],
      ] as const
    ) {
      await using server = startServer(async (stream) => {
        await stream.sendHeaders(headers);
        await stream.sendData(framed([]), { isEnd: true });
      });
      const error = await errorOf(server);
      const status = Number(headers[":status"]);
      assertEquals(error.message, `the server answered HTTP ${status} and no gRPC status`);
      assertEquals([error.retryable, error.httpStatus], [retryable, status]);
    }
  },
);

testWith(
  ["net"],
  "gRPC: if a server falls silent, the next call uses another connection",
  async () => {
    await using server = startHttp2Server({
      async serve(connection, number) {
        await acceptCall((await connection.accept())!);
        if (number === 1) await connection.waitUntil(() => false);
        else await acceptCalls(connection);
      },
    });
    await withTransport(grpcTarget(server.url), async (transport) => {
      await transport.send(BODY, 10_000);
      const error = await failureOf(transport.send(BODY, 20));
      assertEquals([error.message, error.retryable, error.answered], [
        "no answer in time",
        true,
        false,
      ]);
      await transport.send(BODY, 10_000);
    });
    assertEquals(server.connections, 2);
  },
);

testWith(
  ["net"],
  "gRPC: shutdown() ends what is in flight, and nothing is sent after it",
  async () => {
    const asked = Promise.withResolvers<void>();
    await using server = startHttp2Server({
      async serve(connection) {
        await connection.accept();
        asked.resolve();
        await connection.waitUntil(() => false);
      },
    });
    await withTransport(grpcTarget(server.url), async (transport) => {
      const sending = failureOf(transport.send(BODY, Infinity));
      await within(asked.promise, "the call at the server");
      transport.shutdown();
      for (const error of [await sending, await failureOf(transport.send(BODY, 10_000))]) {
        assertEquals([error.message, error.retryable], ["no answer in time", false]);
      }
    });
    assertEquals(server.connections, 1);
  },
);

testWith(["net"], "gRPC to a server that only speaks HTTP/1.1 reports that", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answering = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(1000));
    await connection.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n"));
    while (await readExactly(connection, 1));
  })();
  await withTransport(grpcTarget(`http://127.0.0.1:${listener.addr.port}`), async (transport) => {
    const error = await failureOf(transport.send(BODY, 10_000));
    assert(error.message.startsWith("the server does not speak HTTP/2"), error.message);
    assertEquals([error.answered, error.retryable], [true, true]);
  });
  await answering;
});
