import { assert, assertEquals } from "@std/assert";
import { ERROR_CODE } from "../../lib/http2/errors.ts";
import { FLAG, FRAME_TYPE } from "../../lib/http2/frames.ts";
import {
  block,
  codeOf,
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
import { Peer } from "../helpers/http2_peer.ts";

const HEAD = REQUEST.filter(([name]) => name !== ":path");
const malformed: Record<string, readonly (readonly [string, string])[]> = {
  "has no :path": HEAD,
  "has an empty :path": [...HEAD, [":path", ""]],
  "has :path twice": [...REQUEST, [":path", "/"]],
  "has a pseudo-header field after another field": [...HEAD, ["a", "b"], [":path", "/"]],
  "has a pseudo-header field of responses": [...REQUEST, [":status", "200"]],
  "has a field of HTTP/1.1's connections": [...REQUEST, ["connection", "keep-alive"]],
  "has a te that is not for trailers": [...REQUEST, ["te", "gzip"]],
  "has a content-length that is no number": [...REQUEST, ["content-length", "1e1"]],
  "names two hosts": [...REQUEST, ["host", "evil.example"]],
  "is a CONNECT with a path": [[":method", "CONNECT"], [":authority", "a:1"], [":path", "/"]],
};
for (const [what, fields] of Object.entries(malformed)) {
  Deno.test(`a request that ${what} is refused, and the next one answered`, async () => {
    const peer = await Peer.open();
    await peer.send(headers(1, { fields, isEnd: true }), headers(3, { isEnd: true }));
    assertEquals(peer.answers.get(1)!.reset, ERROR_CODE.PROTOCOL_ERROR);
    assertEquals(peer.answers.get(3)!.headers[":status"], "200");
    assertEquals(peer.headerBudget.heldBytes, 0);
  });
}

Deno.test("a body whose length differs from the announced one is rejected", async () => {
  const fields = [...REQUEST, ["content-length", "5"]] as const;
  const peer = await Peer.open();
  await peer.send(headers(1, { fields }), data(1, "four", true));
  await peer.send(headers(3, { fields }), data(3, "sixsix"));
  await peer.send(headers(5, { fields, isEnd: true }));
  await peer.send(headers(7, { fields }), data(7, "fives", true));
  assertEquals([...peer.answers.values()].map(({ reset }) => reset), [
    ERROR_CODE.PROTOCOL_ERROR,
    ERROR_CODE.PROTOCOL_ERROR,
    ERROR_CODE.PROTOCOL_ERROR,
    undefined,
  ]);
});

const violations: Record<string, [frames: Uint8Array[], code: number]> = {
  "DATA on stream 0": [[data(0, "a")], ERROR_CODE.PROTOCOL_ERROR],
  "DATA on an idle stream": [[data(1, "a")], ERROR_CODE.PROTOCOL_ERROR],
  "HEADERS on a stream of the server": [[headers(2)], ERROR_CODE.PROTOCOL_ERROR],
  "HEADERS on a stream that is closed": [
    [headers(5, { isEnd: true }), headers(3)],
    ERROR_CODE.STREAM_CLOSED,
  ],
  "a frame that is too long": [[data(1, new Uint8Array(16_385))], ERROR_CODE.FRAME_SIZE_ERROR],
  "padding longer than its frame": [
    [headers(1), frame(FRAME_TYPE.DATA, FLAG.PADDED, 1, [2, 0])],
    ERROR_CODE.PROTOCOL_ERROR,
  ],
  "CONTINUATION of nothing": [
    [frame(FRAME_TYPE.CONTINUATION, FLAG.END_HEADERS, 1)],
    ERROR_CODE.PROTOCOL_ERROR,
  ],
  "a header block that is not continued": [
    [frame(FRAME_TYPE.HEADERS, 0, 1, block(REQUEST)), ping()],
    ERROR_CODE.PROTOCOL_ERROR,
  ],
  "PUSH_PROMISE": [[frame(FRAME_TYPE.PUSH_PROMISE, 0, 1, [0, 0, 0, 2])], ERROR_CODE.PROTOCOL_ERROR],
  "a PING of seven bytes": [[ping([1, 2, 3, 4, 5, 6, 7])], ERROR_CODE.FRAME_SIZE_ERROR],
  "WINDOW_UPDATE by 0": [[windowUpdate(0, 0)], ERROR_CODE.PROTOCOL_ERROR],
  "a window that is too large": [[windowUpdate(0, 2 ** 31 - 1)], ERROR_CODE.FLOW_CONTROL_ERROR],
  "RST_STREAM on an idle stream": [[reset(1)], ERROR_CODE.PROTOCOL_ERROR],
  "SETTINGS that are cut off": [
    [frame(FRAME_TYPE.SETTINGS, 0, 0, [0, 1])],
    ERROR_CODE.FRAME_SIZE_ERROR,
  ],
  "SETTINGS on a stream": [[frame(FRAME_TYPE.SETTINGS, 0, 1)], ERROR_CODE.PROTOCOL_ERROR],
  "a setting out of its range": [[settings({ 4: 2 ** 31 })], ERROR_CODE.FLOW_CONTROL_ERROR],
  "a header block that cannot be decoded": [
    [frame(FRAME_TYPE.HEADERS, FLAG.END_HEADERS, 1, [0x80])],
    ERROR_CODE.COMPRESSION_ERROR,
  ],
};
for (const [what, [frames, code]] of Object.entries(violations)) {
  Deno.test(`${what} ends the connection`, async () => {
    const peer = await Peer.open();
    await peer.send(...frames, headers(101, { isEnd: true }));
    const last = peer.frames.at(-1)!;
    assertEquals([last.type, codeOf(last)], [FRAME_TYPE.GOAWAY, code]);
    assert(peer.connection.isDone);
    assertEquals([await peer.send(ping()), peer.faults], [[], []]);
  });
}

Deno.test("a connection that does not begin with preface and SETTINGS is ended", async () => {
  for (
    const start of [new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nXX"), START.subarray(0, 24)]
  ) {
    const peer = new Peer();
    await peer.send(start, SETTINGS_ACK);
    assertEquals(codeOf(peer.frames.at(-1)!), ERROR_CODE.PROTOCOL_ERROR);
    assert(peer.connection.isDone);
  }
});
