/** gRPC to servers that disconnect, in every state of a connection. */
import { assert, assertEquals } from "@std/assert";
import { ERROR_CODE } from "../../lib/http2/errors.ts";
import { FRAME_TYPE } from "../../lib/http2/frames.ts";
import type { Http2Connection, Http2Stream } from "../helpers/http2/connection.ts";
import { acceptCall, acceptCalls, framed, HEAD } from "../helpers/http2/grpc_answer.ts";
import { readExactly, readFrame } from "../helpers/http2/read_frame.ts";
import { startHttp2Server } from "../helpers/http2/server.ts";
import { testWith } from "../helpers/needs.ts";
import { failureOf, grpcTarget, sendUntilAccepted, withTransport } from "../helpers/targets.ts";

const BODY = new Uint8Array(200_000).fill(7);
const LARGE = new Uint8Array(8_000_000);
const LAST_STREAM = 2 ** 31 - 1;

/** The numbers that were accepted. */
const arrived = new Set<number>();

async function accept(stream: Http2Stream): Promise<void> {
  const [number] = await acceptCall(stream);
  if (number !== undefined) arrived.add(number);
}

async function acceptAll(connection: Http2Connection): Promise<void> {
  for (let stream; (stream = await connection.accept());) accept(stream);
}

/** Ways to disconnect. Each applies to the first, third, … connection; the others are served normally. */
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

testWith(["net"], "gRPC: a reset connection is reopened", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const resetting = (async () => {
    const connection = await listener.accept();
    listener.close();
    await readExactly(connection, 24);
    for (let frame; (frame = await readFrame(connection)) && frame.type !== FRAME_TYPE.HEADERS;);
    // Closing with unread data resets the connection.
    await readExactly(connection, 1);
    connection.close();
  })();
  await withTransport(grpcTarget(`http://127.0.0.1:${port}`), async (transport) => {
    const error = await failureOf(transport.send(LARGE, 10_000));
    assertEquals([error.message, error.retryable], ["connection closed", true]);
    await resetting;
    assertEquals((await failureOf(transport.send(BODY, 10_000))).message, "connection refused");
    await using _ = startHttp2Server({ port, serve: acceptCalls });
    await transport.send(BODY, 10_000);
  });
});

async function discard(work: Promise<unknown>): Promise<void> {
  await work;
}
