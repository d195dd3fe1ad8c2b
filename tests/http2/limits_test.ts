import { assert, assertEquals } from "@std/assert";
import { ERROR_CODE } from "../../lib/http2/errors.ts";
import { FRAME_TYPE } from "../../lib/http2/frames.ts";
import type { HttpLimits } from "../../lib/http/limits.ts";
import { BodyError } from "../../lib/http/request_body.ts";
import {
  block,
  codeOf,
  concat,
  data,
  frame,
  headers,
  ping,
  REQUEST,
  reset,
  settings,
  SETTINGS_ACK,
  START,
  windowUpdate,
} from "../helpers/http2_frames.ts";
import { echo, Peer } from "../helpers/http2_peer.ts";

const UNENDING = () => new Promise<never>(() => {});

/** The error code with which the connection was closed; undefined if it wasn't. */
function goAwayCode(peer: Peer): number | undefined {
  const last = peer.frames.findLast(({ type }) => type === FRAME_TYPE.GOAWAY);
  return last && codeOf(last);
}

Deno.test("only requests over the concurrency limit are refused", async () => {
  const answer = Promise.withResolvers<{ status: number }>();
  const peer = await Peer.open({
    handler: () => answer.promise,
    limits: { concurrentStreams: 2 },
  });
  await peer.send(...[1, 3, 5].map((id) => headers(id, { isEnd: true })));
  assertEquals(peer.answers.get(5)!.reset, ERROR_CODE.REFUSED_STREAM);
  answer.resolve({ status: 200 });
  await peer.settle();
  await peer.send(headers(7, { isEnd: true }));
  assertEquals([3, 7].map((id) => peer.answers.get(id)!.isEnded), [true, true]);
});

Deno.test("a client that cancels requests faster than handlers stop is slowed down, not refused", async () => {
  const answer = Promise.withResolvers<{ status: number }>();
  const peer = await Peer.open({
    handler: () => answer.promise,
    limits: { concurrentStreams: 2 },
  });
  await peer.send(
    ...[1, 3, 5, 7, 9].flatMap((id) => [headers(id, { isEnd: true }), reset(id)]),
    ping(),
  );
  assertEquals([peer.connection.held.handlers, peer.connection.held.streams], [2, 0]);
  assertEquals(peer.frames.filter(({ type }) => type === FRAME_TYPE.PING), []);
  answer.resolve({ status: 200 });
  for (let i = 0; i < 3; i++) await peer.settle();
  await peer.send(headers(11, { isEnd: true }));
  assertEquals(peer.frames.filter(({ type }) => type === FRAME_TYPE.PING).length, 1);
  assertEquals([...peer.answers.keys()], [11]);
  assertEquals(peer.connection.held.handlers, 0);
});

Deno.test("many simultaneous requests are started in turns", () => {
  const peer = new Peer({ handler: UNENDING });
  const ids = Array.from({ length: 200 }, (_, i) => 2 * i + 1);
  const bytes = concat([START, ...ids.map((id) => headers(id, { isEnd: true }))]);
  const turns: number[] = [];
  for (let used = 0; used < bytes.length;) {
    used += peer.connection.receive(bytes.subarray(used));
    turns.push(peer.connection.held.streams);
    assertEquals(peer.connection.isInterrupted, turns.length < 4);
  }
  assertEquals(turns, [64, 128, 192, 200]);
});

Deno.test("the header fields of all requests together are limited", async () => {
  const answer = Promise.withResolvers<{ status: number }>();
  const peer = await Peer.open({
    handler: () => answer.promise,
    limits: { heldHeaderBytes: 20_000 },
  });
  const fields = [...REQUEST, ["a", "x".repeat(8000)]] as const;
  await peer.send(...[1, 3, 5].map((id) => headers(id, { fields, isEnd: true })));
  assertEquals(peer.answers.get(5)!.reset, ERROR_CODE.REFUSED_STREAM);
  assert(peer.headerBudget.heldBytes <= 20_000);
  answer.resolve({ status: 200 });
  await peer.settle();
  assertEquals(peer.headerBudget.heldBytes, 0);
});

const floods: Record<
  string,
  { limits?: Partial<HttpLimits>; frames: (i: number) => Uint8Array[] }
> = {
  "requests that are reset": { frames: (i) => [headers(2 * i + 1), reset(2 * i + 1)] },
  "requests that make the server reset them": {
    frames: (i) => [headers(2 * i + 1), windowUpdate(2 * i + 1, 0)],
  },
  "malformed requests": { frames: (i) => [headers(2 * i + 1, { fields: [], isEnd: true })] },
  "refused requests": {
    limits: { concurrentStreams: 1 },
    frames: (i) => [headers(2 * i + 1)],
  },
  "pings": { frames: () => [ping()] },
  "settings": { frames: () => [settings()] },
  "acknowledgements of settings": { frames: () => [SETTINGS_ACK] },
  "priorities": { frames: () => [frame(FRAME_TYPE.PRIORITY, 0, 1, [0, 0, 0, 3, 0])] },
  "window updates": { frames: () => [windowUpdate(0, 1)] },
  "unknown frames": { frames: () => [frame(0xfa, 0, 0)] },
  "empty DATA": { frames: (i) => [...i === 0 ? [headers(1)] : [], data(1, "")] },
  "DATA of one byte": { frames: (i) => [...i === 0 ? [headers(1)] : [], data(1, "a")] },
  "resets of a stream that is closed": {
    frames: (i) => [...i === 0 ? [headers(1)] : [], reset(1)],
  },
};
for (const [what, { limits = {}, frames }] of Object.entries(floods)) {
  Deno.test(`a flood of ${what} ends the connection, and a few each second do not`, async () => {
    const strict = {
      controlFramesAtOnce: 20,
      controlFramesPerSecond: 10,
      resetsAtOnce: 20,
      resetsPerSecond: 10,
      ...limits,
    };
    const slow = await Peer.open({ handler: UNENDING, limits: strict });
    const fast = await Peer.open({ handler: UNENDING, limits: strict });
    for (let i = 0; i < 60; i++) {
      await slow.send(...frames(i));
      if (i % 5 === 0) await slow.wait(1);
    }
    assertEquals(goAwayCode(slow), undefined);
    await fast.send(...Array.from({ length: 200 }, (_, i) => frames(i)).flat());
    assertEquals(goAwayCode(fast), ERROR_CODE.ENHANCE_YOUR_CALM);
    assertEquals(fast.connection.held.streams, 0);
  });
}

Deno.test("each request can come with a few control frames", async () => {
  const limits = { controlFramesAtOnce: 10, controlFramesPerSecond: 0 };
  const peer = await Peer.open({ limits });
  for (let id = 1; id < 200; id += 2) {
    await peer.send(
      headers(id),
      data(id, "a", true),
      windowUpdate(0, 9),
      windowUpdate(id, 9),
      ping(),
    );
  }
  assertEquals(goAwayCode(peer), undefined);
});

const blocks: Record<string, Uint8Array[]> = {
  "header fields longer than allowed": [
    headers(1, { fields: [...REQUEST, ...Array.from({ length: 500 }, () => ["a", "b"] as const)] }),
  ],
  "a header block longer than allowed": [
    frame(FRAME_TYPE.HEADERS, 0, 1, block(REQUEST)),
    ...Array.from({ length: 3 }, () => frame(FRAME_TYPE.CONTINUATION, 0, 1, new Uint8Array(8000))),
  ],
  "a header block in too many frames": [
    frame(FRAME_TYPE.HEADERS, 0, 1, block(REQUEST)),
    ...Array.from({ length: 100 }, () => frame(FRAME_TYPE.CONTINUATION, 0, 1)),
  ],
  "fields that refer to a large one over and over": [
    frame(
      FRAME_TYPE.HEADERS,
      4,
      1,
      concat([
        Uint8Array.of(0x40, 1, 0x61, 0x7f, 0xa1, 0x1e),
        new Uint8Array(4000).fill(0x61),
        new Uint8Array(8000).fill(0xbe),
      ]),
    ),
  ],
};
for (const [what, frames] of Object.entries(blocks)) {
  Deno.test(`${what} end the connection`.replace(/^(a .*) end/, "$1 ends"), async () => {
    const peer = await Peer.open({ limits: { headerListBytes: 16 * 1024 } });
    await peer.send(...frames);
    assertEquals(goAwayCode(peer), ERROR_CODE.ENHANCE_YOUR_CALM);
    assert(peer.connection.isDone);
  });
}

Deno.test("a connection ends if its settings are not acknowledged, or a block is not completed", async () => {
  const peer = new Peer({ limits: { settingsSeconds: 10, firstRequestSeconds: 1000 } });
  await peer.send(START.subarray(0, -SETTINGS_ACK.length));
  await peer.wait(10);
  assertEquals(goAwayCode(peer), undefined);
  await peer.wait(1);
  assertEquals(goAwayCode(peer), ERROR_CODE.SETTINGS_TIMEOUT);
  const other = await Peer.open({ limits: { settingsSeconds: 10, firstRequestSeconds: 1000 } });
  await other.wait(100);
  await other.send(frame(FRAME_TYPE.HEADERS, 0, 1, block(REQUEST)));
  await other.wait(10);
  assertEquals(goAwayCode(other), undefined);
  await other.wait(1);
  assertEquals(goAwayCode(other), ERROR_CODE.SETTINGS_TIMEOUT);
});

Deno.test("a connection ends without a first request, or after a while without any", async () => {
  const limits = { firstRequestSeconds: 30, idleSeconds: 300 };
  const [silent, idle] = [await Peer.open({ limits }), await Peer.open({ limits })];
  await idle.send(headers(1, { isEnd: true }));
  for (let i = 0; i < 30; i++) {
    await Promise.all([silent.wait(1), idle.wait(1)]);
    // Being alive isn't enough.
    await Promise.all([silent.send(ping()), idle.send(ping())]);
  }
  assert(!silent.connection.isDone);
  await silent.wait(1);
  assertEquals([goAwayCode(silent), silent.connection.isDone], [ERROR_CODE.NO_ERROR, true]);
  await idle.wait(270);
  assert(!idle.connection.isDone);
  await idle.wait(1);
  assertEquals([goAwayCode(idle), idle.connection.isDone], [ERROR_CODE.NO_ERROR, true]);
});

Deno.test("a connection with a request in progress is not idle", async () => {
  const peer = await Peer.open({ handler: UNENDING, limits: { idleSeconds: 10 } });
  await peer.send(headers(1, { isEnd: true }));
  await peer.wait(1000);
  assert(!peer.connection.isDone);
});

/** Answers 408 if the request is too slow. */
async function answerSlow(request: Parameters<typeof echo>[0]) {
  try {
    return await echo(request);
  } catch (error) {
    if (error instanceof BodyError && error.reason === "slow") return { status: 408 };
    throw error;
  }
}

Deno.test("a stalled body is answered as such, and its stream ends", async () => {
  const limits = { bodyBytesPerSecond: 100, bodySeconds: 1000 };
  const peer = await Peer.open({ handler: answerSlow, limits });
  await peer.send(headers(1), headers(3), data(1, new Uint8Array(16_000)));
  for (let i = 0; i < 10; i++) {
    await peer.send(data(3, new Uint8Array(250)), data(3, new Uint8Array(250)));
    await peer.wait(5);
  }
  assertEquals(peer.answers.get(1)!.headers[":status"], "408");
  assertEquals(peer.answers.get(1)!.reset, ERROR_CODE.NO_ERROR);
  assertEquals(peer.answers.get(3)?.headers, undefined);
  await peer.send(data(3, "", true));
  assertEquals(peer.answers.get(3)!.body.length, 5000);
});

Deno.test("a body that takes too long is answered as such, however steadily it arrives", async () => {
  const limits = { bodyBytesPerSecond: 100, bodySeconds: 20 };
  const peer = await Peer.open({ handler: answerSlow, limits });
  await peer.send(headers(1));
  for (let i = 0; i < 20; i++) {
    await peer.send(data(1, new Uint8Array(200)));
    await peer.wait(1);
  }
  assertEquals(peer.answers.get(1), undefined);
  await peer.wait(1);
  assertEquals(peer.answers.get(1)!.headers[":status"], "408");
});

Deno.test("a handler can report that a body is too slow", async () => {
  const peer = await Peer.open({ limits: { bodySeconds: 20 } });
  await peer.send(headers(1));
  await peer.wait(21);
  assertEquals([peer.answers.get(1)!.reset, peer.faults], [ERROR_CODE.CANCEL, []]);
});

Deno.test("a body that the handler does not read is not the client's fault", async () => {
  const read = Promise.withResolvers<void>();
  const peer = await Peer.open({
    handler: async (request) => {
      await read.promise;
      return await echo(request);
    },
    limits: { bodyBytesPerSecond: 100 },
  });
  await peer.send(headers(1), data(1, "a"));
  await peer.wait(20);
  read.resolve();
  await peer.send(data(1, "b", true));
  assertEquals(peer.answers.get(1)!.body, "ab");
});

Deno.test("the rest of a body is not awaited after the answer", async () => {
  const peer = await Peer.open({
    handler: () => Promise.resolve({ status: 403 }),
    limits: { unwantedBodySeconds: 5 },
  });
  await peer.send(headers(1));
  await peer.wait(5);
  assertEquals(peer.answers.get(1)!.reset, undefined);
  await peer.wait(1);
  assertEquals(peer.answers.get(1)!.reset, ERROR_CODE.NO_ERROR);
});

Deno.test("a response that the client does not read is abandoned", async () => {
  const peer = new Peer({
    handler: () => Promise.resolve({ status: 200, body: new Uint8Array(100) }),
    limits: { responseSeconds: 20 },
  });
  await peer.send(START, settings({ 4: 10 }), headers(1, { isEnd: true }));
  await peer.wait(20);
  await peer.send(windowUpdate(1, 10));
  await peer.wait(20);
  assertEquals(peer.answers.get(1)!.reset, undefined);
  await peer.wait(1);
  assertEquals(peer.answers.get(1)!.reset, ERROR_CODE.CANCEL);
  assertEquals(peer.connection.held.streams, 0);
});
