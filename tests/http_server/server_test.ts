import type { ConnectionCounts } from "../../lib/http_server/connection_counts.ts";
import { assertEquals } from "@std/assert";
import { ERROR_CODE } from "../../lib/http2/errors.ts";
import { type Frame, FRAME_TYPE } from "../../lib/http2/frames.ts";
import { type Http2ServerOptions, serveHttp2 } from "../../lib/http_server/server.ts";
import { startFakeServer } from "../helpers/fake_server.ts";
import type { FakeSocket } from "../helpers/fake_socket.ts";
import {
  AnswerReader,
  codeOf,
  concat,
  data,
  headers,
  ping,
  readFrames,
  START,
} from "../helpers/http2_frames.ts";
import { echo } from "../helpers/http2_peer.ts";
import { testWith } from "../helpers/needs.ts";
import { NETWORK_FAILURES, OTHER_FAILURES } from "../helpers/network_errors.ts";

function start(options: Partial<Http2ServerOptions> = {}) {
  return startFakeServer(options);
}

const NO_COUNTS: ConnectionCounts = {
  accepted: 0,
  notAccepted: 0,
  lost: 0,
  evicted: 0,
  timedOut: 0,
  refused: 0,
  pauses: 0,
};

/** Sends a request over the socket, and resolves with the answer. */
async function ask(socket: FakeSocket, streamId = 1): Promise<string> {
  socket.send(
    concat([...streamId === 1 ? [START] : [], headers(streamId), data(streamId, "hi", true)]),
  );
  const answer = () => {
    const reader = new AnswerReader();
    reader.read(readFrames(socket.bytes));
    return reader.answers.get(streamId);
  };
  await socket.until(() => socket.isClosed || answer()?.isEnded === true);
  return answer()?.body ?? "";
}

for (const operation of ["read", "write", "closeWrite"] as const) {
  Deno.test(`an error in ${operation} ends only its own connection`, async () => {
    for (const error of NETWORK_FAILURES) {
      await using test = start();
      const [broken, whole] = [test.listener.connect(), test.listener.connect()];
      assertEquals(await ask(broken), "hi");
      broken.fail(operation, error);
      // Makes the server write, then closes the connection.
      broken.send(concat([ping(), data(0, "")]));
      await broken.until(({ isClosed }) => isClosed);
      assertEquals(await ask(whole), "hi");
      whole.send(null);
      await whole.until(({ isClosed }) => isClosed);
      await test.server.shutdown();
      assertEquals([test.server.counts.accepted, test.faults], [2, []]);
      // DATA on stream 0 is an error by the client, which also ends the connection.
      const { lost, refused } = test.server.counts;
      assertEquals({ lost, refused }, {
        lost: Number(operation === "read"),
        refused: Number(operation !== "read"),
      });
    }
  });
}

Deno.test("an error outside the network is reported, and ends only its own connection", async () => {
  for (const error of OTHER_FAILURES) {
    await using test = start();
    const [broken, whole] = [test.listener.connect(), test.listener.connect()];
    broken.fail("read", error);
    await broken.until(({ isClosed }) => isClosed);
    assertEquals(await ask(whole), "hi");
    assertEquals([test.faults, test.server.counts.lost], [[error], 0]);
  }
});

Deno.test("an error of accept ends nothing", async () => {
  for (const error of NETWORK_FAILURES) {
    if (error instanceof Deno.errors.BadResource) continue;
    await using test = start();
    test.listener.fail(error);
    assertEquals(await ask(test.listener.connect()), "hi");
    const { pauses: _, ...counts } = test.server.counts;
    assertEquals({ ...counts, pauses: 0 }, { ...NO_COUNTS, accepted: 1, notAccepted: 1 });
  }
});

Deno.test("running out of files while accepting makes room, and the other connections continue", async () => {
  await using test = start({ limits: { connections: 40 } });
  const sockets = Array.from({ length: 32 }, () => test.listener.connect());
  await Promise.all(sockets.map((socket) => ask(socket)));
  // Connections that have been idle longest are closed first.
  test.wait(1);
  await Promise.all(sockets.slice(8).map((socket) => ask(socket, 3)));
  test.listener.fail(Object.assign(new Error("Too many open files"), { code: "EMFILE" }));
  await Promise.all(sockets.slice(0, 8).map((socket) => socket.until(({ isClosed }) => isClosed)));
  assertEquals(lastFrame(sockets[0]!).type, FRAME_TYPE.GOAWAY);
  assertEquals(sockets.map(({ isClosed }) => isClosed).lastIndexOf(true), 7);
  assertEquals(await ask(test.listener.connect()), "hi");
  assertEquals(test.server.counts.evicted, 9);
});

Deno.test("others that share the process's files can decide what makes room", async () => {
  let exhausted = 0;
  await using test = start({ onExhausted: () => void exhausted++ });
  const sockets = Array.from({ length: 40 }, () => test.listener.connect());
  await Promise.all(sockets.map((socket) => ask(socket)));
  test.listener.fail(Object.assign(new Error("Too many open files"), { code: "EMFILE" }));
  assertEquals(await ask(test.listener.connect()), "hi");
  assertEquals([exhausted, test.server.counts.pauses, test.server.counts.evicted], [1, 1, 0]);
  assertEquals(test.server.makeRoom(), 11);
});

Deno.test("many clients that connect simultaneously let others have their turn", async () => {
  await using test = start();
  for (let i = 0; i < 100; i++) test.listener.connect();
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(test.server.counts.accepted < 100, true);
  assertEquals(await ask(test.listener.connect()), "hi");
  assertEquals(test.server.counts.accepted, 101);
});

Deno.test("a connection over the limit closes a silent one, or the one that has been idle longest", async () => {
  const answer = Promise.withResolvers<{ status: number }>();
  await using test = start({ limits: { connections: 3 }, handler: () => answer.promise });
  const [working, idle, silent] = [0, 1, 2].map(() => test.listener.connect());
  working!.send(concat([START, headers(1, { isEnd: true })]));
  idle!.send(START);
  await Promise.all(
    [working!, idle!].map((socket) => socket.until(({ written }) => written.length > 0)),
  );
  const sockets = [working!, idle!, silent!];
  for (const expected of [[false, false, true], [false, true, true]]) {
    const next = test.listener.connect();
    next.send(concat([START, headers(1, { isEnd: true })]));
    await next.until(({ written }) => written.length > 0);
    await sockets[expected.indexOf(true)]!.until(({ isClosed }) => isClosed);
    assertEquals(sockets.map(({ isClosed }) => isClosed), expected);
  }
  // All connections are busy: the one that has been busy longest is closed.
  test.listener.connect();
  await working!.until(({ isClosed }) => isClosed);
  answer.resolve({ status: 200 });
});

Deno.test("a flood of connections that ask for nothing does not end one that has asked before", async () => {
  await using test = start({ limits: { connections: 3 } });
  const client = test.listener.connect();
  assertEquals(await ask(client), "hi");
  for (let i = 0; i < 5; i++) {
    const attacker = test.listener.connect();
    attacker.send(START);
    await attacker.until(({ written }) => written.length > 0);
  }
  assertEquals(client.isClosed, false);
  assertEquals(test.server.counts.evicted, 3);
});

Deno.test("a connection that sends nothing is closed, and so is one that reads nothing", async () => {
  await using test = start({ limits: { prefaceSeconds: 10, responseSeconds: 20 } });
  const [silent, deaf] = [test.listener.connect(), test.listener.connect()];
  deaf.take(false);
  deaf.send(START);
  await deaf.until(({ isWriting }) => isWriting);
  test.wait(10);
  assertEquals([silent.isClosed, deaf.isClosed], [false, false]);
  test.wait(1);
  assertEquals([silent.isClosed, deaf.isClosed], [true, false]);
  test.wait(10);
  assertEquals(deaf.isClosed, true);
});

Deno.test("connections that the server ends are counted by reason", async () => {
  await using test = start({ limits: { prefaceSeconds: 10, firstRequestSeconds: 30 } });
  const [silent, idle, flooding, leaving] = [0, 1, 2, 3].map(() => test.listener.connect());
  idle!.send(START);
  flooding!.send(concat([START, ...Array.from({ length: 1001 }, () => ping())]));
  assertEquals(await ask(leaving!), "hi");
  leaving!.send(null);
  await Promise.all(
    [flooding!, leaving!].map((socket) => socket.until(({ isClosed }) => isClosed)),
  );
  assertEquals(test.server.openCount, 2);
  await idle!.until(({ hasUnread }) => !hasUnread);
  test.wait(31);
  await Promise.all([silent!, idle!].map((socket) => socket.until(({ isClosed }) => isClosed)));
  await test.server.shutdown();
  assertEquals(test.server.counts, { ...NO_COUNTS, accepted: 4, timedOut: 2, refused: 1 });
  assertEquals(test.server.openCount, 0);
});

Deno.test("nothing is read from a client that reads nothing", async () => {
  await using test = start({ limits: { controlFramesAtOnce: 1e6 } });
  const socket = test.listener.connect();
  assertEquals(await ask(socket), "hi");
  socket.take(false);
  const pings = concat(Array.from({ length: 1000 }, () => ping()));
  for (let i = 0; i < 20; i++) socket.send(pings);
  await socket.until(({ isWriting }) => isWriting);
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(socket.hasUnread, true);
  socket.take(true);
  await socket.until(({ hasUnread }) => !hasUnread);
  const answered = () =>
    readFrames(socket.bytes).filter(({ type }) => type === FRAME_TYPE.PING).length;
  await socket.until(() => answered() === 20_000);
});

Deno.test("data that does not begin with HTTP/2 is passed on, and its failure is reported", async () => {
  const starts: string[] = [];
  await using test = start({
    createOther: () => ({
      isIdle: true,
      hasAsked: false,
      quietSeconds: 0,
      ending: undefined,
      run(start) {
        starts.push(new TextDecoder().decode(start));
        return Promise.reject(new RangeError("a fault"));
      },
      tick() {},
      close() {},
      evict() {},
    }),
  });
  const socket = test.listener.connect();
  for (const part of ["P", "R", "I *", " GET"]) {
    socket.send(new TextEncoder().encode(part));
    await socket.until(({ hasUnread }) => !hasUnread);
  }
  await socket.until(({ isClosed }) => isClosed);
  assertEquals(starts, ["PRI * GET"]);
  assertEquals(test.faults.map((fault) => (fault as Error).message), ["a fault"]);
  assertEquals(await ask(test.listener.connect()), "hi");
});

Deno.test("shutdown() answers what is in progress, and ends every connection", async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const test = start({
    handler: async (request) => {
      asked.resolve();
      await answer.promise;
      return await echo(request);
    },
  });
  const [silent, idle, working] = [0, 1, 2].map(() => test.listener.connect());
  idle!.send(START);
  await idle!.until(({ written }) => written.length > 0);
  const answered = ask(working!);
  await asked.promise;
  const ended = test.server.shutdown();
  await silent!.until(({ isClosed }) => isClosed);
  await idle!.until(({ hasEnd }) => hasEnd);
  assertEquals(codeOf(lastFrame(idle!)), ERROR_CODE.NO_ERROR);
  assertEquals(working!.hasEnd, false);
  answer.resolve();
  assertEquals(await answered, "hi");
  await ended;
  assertEquals(working!.hasEnd, true);
});

testWith(["net"], "a connection costs one socket, and closes it", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const server = serveHttp2(listener, { handler: echo });
  for (let i = 0; i < 3; i++) {
    using connection = await Deno.connect({ port: listener.addr.port });
    await connection.write(concat([START, headers(1), data(1, "hi", true)]));
    const reader = new AnswerReader();
    const buffer = new Uint8Array(1000);
    let length = 0;
    while (!reader.answers.get(1)?.isEnded) {
      length += (await connection.read(buffer.subarray(length)))!;
      reader.answers.clear();
      reader.read(readFrames(buffer.subarray(0, length)));
    }
    assertEquals(reader.answers.get(1)!.body, "hi");
  }
  await server.shutdown();
  assertEquals(server.counts, { ...NO_COUNTS, accepted: 3 });
});

function lastFrame(socket: FakeSocket): Frame {
  return readFrames(socket.bytes).at(-1)!;
}
