import { assert, assertEquals } from "@std/assert";
import { ERROR_CODE } from "../../lib/http2/errors.ts";
import { FLAG, FRAME_TYPE, readUint31, readUint32 } from "../../lib/http2/frames.ts";
import type { HttpRequest } from "../../lib/http/handler.ts";
import type { BodyError } from "../../lib/http/request_body.ts";
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
  START,
  windowUpdate,
} from "../helpers/http2_frames.ts";
import { echo, Peer } from "../helpers/http2_peer.ts";

const WINDOW = 65_535;

Deno.test("a connection begins with the server's settings and its window", async () => {
  const peer = await Peer.open();
  const [first, window, ack, ...rest] = peer.frames;
  assertEquals([first!.type, first!.flags], [FRAME_TYPE.SETTINGS, 0]);
  const announced = new Map<number, number>();
  for (let at = 0; at < first!.payload.length; at += 6) {
    announced.set(first!.payload[at + 1]!, readUint32(first!.payload, at + 2));
  }
  assertEquals([...announced], [[1, 4096], [3, 256], [4, 1024 * 1024], [6, 16 * 1024]]);
  assertEquals(window!.type, FRAME_TYPE.WINDOW_UPDATE);
  assertEquals(WINDOW + readUint31(window!.payload, 0), 4 * 1024 * 1024);
  assertEquals([ack!.type, ack!.flags], [FRAME_TYPE.SETTINGS, FLAG.ACK]);
  assertEquals(rest, []);
});

Deno.test("a request is answered with headers, body and trailers", async () => {
  const peer = await Peer.open();
  const frames = await peer.send(headers(1), data(1, "hel"), data(1, "lo", true));
  assertEquals(frames.map(({ type, flags }) => [type, flags]), [
    [FRAME_TYPE.HEADERS, FLAG.END_HEADERS],
    [FRAME_TYPE.DATA, 0],
    [FRAME_TYPE.HEADERS, FLAG.END_HEADERS | FLAG.END_STREAM],
  ]);
  assertEquals(peer.answers.get(1), {
    headers: { ":status": "200", "content-type": "text/plain", "x-request": "POST /echo" },
    body: "hello",
    trailers: { "x-end": "yes" },
    isEnded: true,
  });
  assertEquals(peer.connection.held, {
    streams: 0,
    handlers: 0,
    headerBytes: 0,
    bodyBytes: 0,
    outputBytes: 0,
  });
  assertEquals(peer.headerBudget.heldBytes, 0);
});

Deno.test("a handler sees the request", async () => {
  let seen: HttpRequest | undefined;
  const peer = await Peer.open({
    handler: (request) => {
      seen = request;
      return Promise.resolve({ status: 204 });
    },
  });
  const fields = [...REQUEST, ["a", "1"], ["cookie", "x=1"], ["a", "2"], [
    "cookie",
    "y=2",
  ]] as const;
  await peer.send(headers(1, { fields, isEnd: true }));
  assertEquals([seen!.method, seen!.path, seen!.authority], ["POST", "/echo", "localhost"]);
  assertEquals([...seen!.headers], [["a", "1, 2"], ["cookie", "x=1; y=2"]]);
  assertEquals(seen!.peer.port, 1);
  assertEquals(peer.answers.get(1), {
    headers: { ":status": "204" },
    body: "",
    trailers: {},
    isEnded: true,
  });
});

Deno.test("padding, priority, trailers, and CONTINUATION are stripped", async () => {
  const peer = await Peer.open();
  const fields = block(REQUEST);
  const padded = [3, ...[0, 0, 0, 0, 16], ...fields.subarray(0, 7), 0, 0, 0];
  await peer.send(
    frame(FRAME_TYPE.HEADERS, FLAG.PADDED | FLAG.PRIORITY, 1, padded),
    frame(FRAME_TYPE.CONTINUATION, 0, 1, fields.subarray(7, 9)),
    frame(FRAME_TYPE.CONTINUATION, FLAG.END_HEADERS, 1, fields.subarray(9)),
    frame(FRAME_TYPE.DATA, FLAG.PADDED, 1, [2, 0x68, 0x69, 0, 0]),
    headers(1, { fields: [["x-checksum", "1"]], isEnd: true }),
  );
  assertEquals(peer.answers.get(1)!.body, "hi");
});

Deno.test("frames can arrive in any pieces", async () => {
  const bytes = concat([START, headers(1), data(1, "hello", true)]);
  for (const size of [1, 2, 9, 10, 30]) {
    const peer = new Peer();
    for (let at = 0; at < bytes.length; at += size) await peer.send(bytes.subarray(at, at + size));
    assertEquals(peer.answers.get(1)!.body, "hello");
  }
});

Deno.test("a body is sent as fast as the client's windows allow", async () => {
  const body = new Uint8Array(100_000).fill(0x61);
  const peer = new Peer({
    handler: () => Promise.resolve({ status: 200, body, trailers: { a: "b" } }),
  });
  await peer.send(START, settings({ 4: 10 }), headers(1, { isEnd: true }));
  assertEquals(peer.answers.get(1)!.body.length, 10);
  await peer.send(windowUpdate(1, 20_000));
  assertEquals(peer.answers.get(1)!.body.length, 20_010);
  const [ack, ...rest] = await peer.send(settings({ 4: 1_000_000 }));
  assertEquals(ack!.type, FRAME_TYPE.SETTINGS);
  assertEquals(rest.map(({ type }) => type), [0, 0, 0].fill(FRAME_TYPE.DATA));
  assertEquals(peer.answers.get(1)!.body.length, WINDOW);
  // The stream's window can become negative, and must then become positive again.
  await peer.send(settings({ 4: 0 }), windowUpdate(0, 100_000), windowUpdate(1, WINDOW - 20_000));
  assertEquals(peer.answers.get(1)!.body.length, WINDOW);
  await peer.send(windowUpdate(1, 1));
  assertEquals(peer.answers.get(1)!.body.length, WINDOW + 1);
  await peer.send(windowUpdate(1, 100_000));
  const { body: received, trailers, isEnded } = peer.answers.get(1)!;
  assertEquals([received.length, trailers, isEnded], [100_000, { a: "b" }, true]);
  assert(peer.frames.every(({ payload }) => payload.length <= 16_384));
});

Deno.test("a body in parts is sent as they come, and waits for the client's windows", async () => {
  const made: number[] = [];
  async function* parts() {
    for (let i = 0; i < 3; i++) {
      made.push(i);
      yield new Uint8Array(10).fill(0x61 + i);
    }
    await Promise.resolve();
  }
  const peer = new Peer({
    handler: () => Promise.resolve({ status: 200, body: parts(), trailers: { a: "b" } }),
  });
  await peer.send(START, settings({ 4: 15 }), headers(1, { isEnd: true }));
  assertEquals(made, [0, 1]);
  assertEquals(peer.answers.get(1)!.body, "aaaaaaaaaabbbbb");
  await peer.send(windowUpdate(1, 100));
  assertEquals(made, [0, 1, 2]);
  assertEquals(peer.answers.get(1)!.body, "aaaaaaaaaabbbbbbbbbbcccccccccc");
  assertEquals([peer.answers.get(1)!.trailers, peer.answers.get(1)!.isEnded], [{ a: "b" }, true]);
});

Deno.test("the client can send more as its body is read, and not before", async () => {
  const start = Promise.withResolvers<void>();
  const peer = await Peer.open({
    handler: async (request) => {
      await start.promise;
      return await echo(request);
    },
    limits: { streamWindowBytes: 100_000, connectionWindowBytes: 150_000 },
  });
  const part = new Uint8Array(15_000);
  const updates = await peer.send(headers(1), ...Array.from({ length: 6 }, () => data(1, part)));
  assertEquals(updates, []);
  assertEquals(peer.connection.held.bodyBytes, 90_000);
  start.resolve();
  const after = await peer.settle();
  assertEquals(
    after.map(({ type, streamId, payload }) => [type, streamId, readUint31(payload, 0)]),
    [
      [FRAME_TYPE.WINDOW_UPDATE, 0, 90_000],
      [FRAME_TYPE.WINDOW_UPDATE, 1, 90_000],
    ],
  );
  assertEquals(peer.connection.held.bodyBytes, 0);
});

Deno.test("padding takes no room, however much arrives", async () => {
  const limits = { streamWindowBytes: 20_000, connectionWindowBytes: 70_000 };
  const peer = await Peer.open({ handler: () => new Promise(() => {}), limits });
  const padded = frame(FRAME_TYPE.DATA, FLAG.PADDED, 1, [255, 0x61, ...new Uint8Array(255)]);
  const frames = await peer.send(headers(1), ...Array.from({ length: 75 }, () => padded));
  assertEquals(frames.map(({ type }) => type), [FRAME_TYPE.WINDOW_UPDATE]);
  await peer.send(...Array.from({ length: 200 }, () => padded));
  assertEquals([peer.connection.isDone, peer.connection.held.bodyBytes], [false, 275]);
});

Deno.test("more DATA than a window allows ends the stream, or the connection", async () => {
  const limits = { streamWindowBytes: 20_000, connectionWindowBytes: 100_000 };
  const peer = await Peer.open({ handler: () => new Promise(() => {}), limits });
  const part = new Uint8Array(16_000);
  await peer.send(headers(1), data(1, part), data(1, part));
  assertEquals(peer.answers.get(1)!.reset, ERROR_CODE.FLOW_CONTROL_ERROR);
  for (const id of [3, 5, 7, 9, 11, 13]) await peer.send(headers(id), data(id, part));
  assertEquals(codeOf(peer.frames.at(-1)!), ERROR_CODE.FLOW_CONTROL_ERROR);
  assert(peer.connection.isDone);
});

Deno.test("a response before the end of the request ends the stream after enough of the rest", async () => {
  const peer = await Peer.open({
    handler: () => Promise.resolve({ status: 413 }),
    limits: { unwantedBodyBytes: 30_000 },
  });
  await peer.send(headers(1), headers(3));
  assertEquals(peer.answers.get(1)!.isEnded, true);
  await peer.send(data(1, "the end", true), data(3, new Uint8Array(16_000)));
  assertEquals(peer.connection.held.streams, 1);
  assertEquals(peer.answers.get(3)!.reset, undefined);
  await peer.send(data(3, new Uint8Array(16_000)));
  assertEquals(peer.answers.get(3)!.reset, ERROR_CODE.NO_ERROR);
  // Frames that were in flight are ignored.
  const frames = await peer.send(
    data(3, "more"),
    headers(3, { fields: [["a", "b"]], isEnd: true }),
  );
  assertEquals(frames, []);
});

Deno.test("a client that gives up aborts its handler, and no response is sent", async () => {
  const seen: { signal?: AbortSignal; error?: unknown } = {};
  const peer = await Peer.open({
    handler: async ({ body, signal }) => {
      seen.signal = signal;
      await body.read(() => {}).catch((error) => seen.error = error);
      return { status: 200 };
    },
  });
  await peer.send(headers(1), data(1, "a"));
  assertEquals(seen.signal!.aborted, false);
  assertEquals(await peer.send(reset(1)), []);
  assertEquals(seen.signal!.aborted, true);
  assertEquals((seen.error as BodyError).reason, "aborted");
  assertEquals(peer.connection.held.streams, 0);
  assertEquals(peer.headerBudget.heldBytes, 0);
});

Deno.test("DATA after a client's own reset ends nothing but that stream", async () => {
  const peer = await Peer.open();
  await peer.send(headers(1), reset(1), data(1, "late", true), headers(3), data(3, "a", true));
  assertEquals(peer.answers.get(1)!.reset, ERROR_CODE.STREAM_CLOSED);
  assertEquals(peer.answers.get(3)!.body, "a");
});

Deno.test("a handler that throws resets its stream, and is reported", async () => {
  const peer = await Peer.open({ handler: () => Promise.reject(new RangeError("a fault")) });
  await peer.send(headers(1, { isEnd: true }));
  assertEquals(peer.answers.get(1)!.reset, ERROR_CODE.INTERNAL_ERROR);
  const invalid = await Peer.open({
    handler: () => Promise.resolve({ status: 200, headers: { a: "b\r\n" } }),
  });
  await invalid.send(headers(1, { isEnd: true }));
  assertEquals(invalid.answers.get(1)!.reset, ERROR_CODE.INTERNAL_ERROR);
  assertEquals([...peer.faults, ...invalid.faults].map((error) => (error as Error).name), [
    "RangeError",
    "TypeError",
  ]);
});

Deno.test("PING is answered, and unknown frames are ignored", async () => {
  const peer = await Peer.open();
  const frames = await peer.send(
    frame(0xfa, 0xff, 5, [1, 2]),
    ping(),
    frame(FRAME_TYPE.PING, FLAG.ACK, 0, new Array(8).fill(0)),
    settings({ 0xff: 1 }),
  );
  assertEquals(frames.map(({ type, flags }) => [type, flags]), [
    [FRAME_TYPE.PING, FLAG.ACK],
    [FRAME_TYPE.SETTINGS, FLAG.ACK],
  ]);
  assertEquals([...frames[0]!.payload], [1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("a closing connection finishes in-flight requests, and accepts nothing new", async () => {
  const answer = Promise.withResolvers<void>();
  const peer = await Peer.open({
    handler: async (request) => {
      await answer.promise;
      return await echo(request);
    },
  });
  await peer.send(headers(1), headers(3), data(3, "b", true));
  peer.connection.close("the test");
  const [goAway] = await peer.settle();
  assertEquals([goAway!.type, readUint31(goAway!.payload, 0), codeOf(goAway!)], [
    FRAME_TYPE.GOAWAY,
    3,
    ERROR_CODE.NO_ERROR,
  ]);
  await peer.send(headers(5, { isEnd: true }), data(1, "a", true));
  assert(!peer.connection.isDone);
  answer.resolve();
  await peer.settle();
  assertEquals([...peer.answers].map(([id, { body }]) => [id, body]), [[1, "a"], [3, "b"]]);
  assert(peer.connection.isDone);
});

Deno.test("a client that leaves is answered first", async () => {
  const peer = await Peer.open();
  await peer.send(headers(1), frame(FRAME_TYPE.GOAWAY, 0, 0, new Array(8).fill(0)));
  assert(!peer.connection.isDone);
  await peer.send(data(1, "a", true));
  assertEquals(peer.answers.get(1)!.body, "a");
  assert(peer.connection.isDone);
});
