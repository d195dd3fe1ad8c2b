import { assert, assertEquals } from "@std/assert";
import { ERROR_CODE } from "../../lib/http2/errors.ts";
import { FRAME_TYPE } from "../../lib/http2/frames.ts";
import type { Http2Connection, Http2Stream } from "../helpers/http2/connection.ts";
import { readExactly, readFrame } from "../helpers/http2/read_frame.ts";
import { type Http2Server, startHttp2Server } from "../helpers/http2/server.ts";
import { testWith } from "../helpers/needs.ts";
import { failureOf, grpcTarget, sendUntilAccepted, withTransport } from "../helpers/targets.ts";

const HEAD = { ":status": "200", "content-type": "application/grpc" };
const OK = { "grpc-status": "0" };
const BODY = new Uint8Array(200_000).fill(7);
const PREFIX_BYTES = 5;
const LARGE = new Uint8Array(8_000_000);
const LAST_STREAM = 2 ** 31 - 1;

/** A message of gRPC, whole. */
function framed(message: readonly number[]): Uint8Array {
  return Uint8Array.of(0, 0, 0, 0, message.length, ...message);
}

/** The numbers that were accepted. */
const arrived = new Set<number>();

async function accept(stream: Http2Stream): Promise<void> {
  const [byte] = (await stream.body()).subarray(PREFIX_BYTES);
  if (byte !== undefined) arrived.add(byte);
  await stream.sendHeaders(HEAD);
  await stream.sendData(framed([]));
  await stream.sendHeaders(OK, { isEnd: true });
}

/** Takes whatever comes, until the connection ends. */
async function acceptAll(connection: Http2Connection): Promise<void> {
  for (let stream; (stream = await connection.accept());) accept(stream);
}

/** A server that answers each call in the same way. */
function startServer(answer: (stream: Http2Stream) => Promise<void>): Http2Server {
  return startHttp2Server({
    async serve(connection) {
      for (let stream; (stream = await connection.accept());) {
        await stream.body();
        await answer(stream);
      }
    },
  });
}

async function answerOf(server: Http2Server): Promise<Uint8Array> {
  return await withTransport(grpcTarget(server.url), (transport) => transport.send(BODY, 10_000));
}

async function errorOf(server: Http2Server) {
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
    await using server = startServer((stream) => (calls.push(stream.headers!), accept(stream)));
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

testWith(["net"], "gRPC: a whole message is success, however it comes", async () => {
  const answer = framed([1, 2, 3]);
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
      assertEquals([...await answerOf(server)], [1, 2, 3]);
    }
  }
});

testWith(["net"], "gRPC: a compressed message, and OK without any, are success too", async () => {
  await using compressed = startServer(async (stream) => {
    await stream.sendHeaders(HEAD);
    await stream.sendData(Uint8Array.of(1, 0, 0, 0, 1, 9));
    await stream.sendHeaders(OK, { isEnd: true });
  });
  assertEquals((await answerOf(compressed)).length, 0);
  await using empty = startServer((stream) =>
    stream.sendHeaders({ ...HEAD, ...OK }, { isEnd: true })
  );
  assertEquals((await answerOf(empty)).length, 0);
});

testWith(["net"], "gRPC: a message that stays away or is cut is no success", async () => {
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

testWith(["net"], "gRPC: an answer without end is given up", async () => {
  await using server = startServer(async (stream) => {
    await stream.sendHeaders(HEAD);
    await stream.sendData(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff));
    while (!stream.isGone) await stream.sendData(new Uint8Array(16_384));
  });
  const error = await errorOf(server);
  assertEquals([error.message, error.retryable], ["the answer is too large", false]);
});

testWith(["net"], "gRPC: what answers without a gRPC status is no gRPC server", async () => {
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
});

/**
 * Ways to go away. What serves a connection does it on the first, third, … of them, and serves the
 * others as it should.
 */
const WAYS_TO_GO: Record<string, (connection: Http2Connection) => Promise<unknown>> = {
  "closes each new connection": () => Promise.resolve(),
  "sends GOAWAY before the first call": (connection) => connection.goAway(0),
  "announces GOAWAY before the first call": async (connection) => {
    await connection.goAway(LAST_STREAM);
    await connection.goAway(0);
  },
  "sends GOAWAY while a call is in flight, and answers it": async (connection) => {
    const stream = (await connection.accept())!;
    await connection.goAway(stream.id);
    await accept(stream);
  },
  "sends GOAWAY below the call in flight": async (connection) => {
    await connection.accept();
    await connection.goAway(0);
  },
  "sends GOAWAY with an error": async (connection) => {
    await connection.accept();
    await connection.goAway(LAST_STREAM, ERROR_CODE.ENHANCE_YOUR_CALM);
  },
  "sends GOAWAY when it is idle": async (connection) => {
    const stream = (await connection.accept())!;
    await accept(stream);
    await connection.goAway(stream.id);
  },
  "sends GOAWAY after 225 calls": async (connection) => {
    let stream: Http2Stream | undefined;
    for (let calls = 0; calls < 225; calls++) {
      stream = await connection.accept();
      if (!stream) return;
      await accept(stream);
    }
    await connection.goAway(stream!.id);
  },
  "refuses a call": async (connection) => {
    await (await connection.accept())!.reset(ERROR_CODE.REFUSED_STREAM);
  },
  "breaks a call off": async (connection) => {
    await (await connection.accept())!.reset(ERROR_CODE.INTERNAL_ERROR);
  },
  "closes before it answers": (connection) => connection.accept(),
  "closes in the middle of an answer": async (connection) => {
    const stream = (await connection.accept())!;
    await stream.sendHeaders(HEAD);
    await stream.sendData(framed([]).subarray(0, 3));
  },
};

for (const [way, goAway] of Object.entries(WAYS_TO_GO)) {
  testWith(["net"], `gRPC: a server that ${way} gets everything in the end`, async () => {
    await using server = startHttp2Server({
      serve: (connection, number) =>
        number % 2 ? discard(goAway(connection)) : acceptAll(connection),
    });
    arrived.clear();
    await withTransport(grpcTarget(server.url), async (transport) => {
      for (let i = 0; i < 230; i++) await sendUntilAccepted(transport, Uint8Array.of(i));
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => sendUntilAccepted(transport, Uint8Array.of(230 + i))),
      );
    });
    assertEquals(arrived.size, 250);
    assert(server.connections >= 2);
  });
}

testWith(["net"], "gRPC: a connection that is reset is opened again", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const resetting = (async () => {
    const connection = await listener.accept();
    listener.close();
    await readExactly(connection, 24);
    for (let frame; (frame = await readFrame(connection)) && frame.type !== FRAME_TYPE.HEADERS;);
    // Closing with something unread is a reset.
    await readExactly(connection, 1);
    connection.close();
  })();
  await withTransport(grpcTarget(`http://127.0.0.1:${port}`), async (transport) => {
    const error = await failureOf(transport.send(LARGE, 10_000));
    assertEquals([error.message, error.retryable], ["connection closed", true]);
    await resetting;
    assertEquals((await failureOf(transport.send(BODY, 10_000))).message, "connection refused");
    await using _ = startHttp2Server({ port, serve: acceptAll });
    await transport.send(BODY, 10_000);
  });
});

testWith(
  ["net"],
  "gRPC: where a server falls silent, the next call takes another connection",
  async () => {
    await using server = startHttp2Server({
      async serve(connection, number) {
        await accept((await connection.accept())!);
        if (number === 1) await connection.waitUntil(() => false);
        else await acceptAll(connection);
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
      await asked.promise;
      transport.shutdown();
      for (const error of [await sending, await failureOf(transport.send(BODY, 10_000))]) {
        assertEquals([error.message, error.retryable], ["no answer in time", false]);
      }
    });
    assertEquals(server.connections, 1);
  },
);

testWith(["net"], "gRPC to what speaks HTTP/1.1 only says so", async () => {
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

async function discard(work: Promise<unknown>): Promise<void> {
  await work;
}
