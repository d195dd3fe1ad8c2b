import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { PREFACE } from "../../lib/http2/connection.ts";
import { FLAG, FRAME_TYPE } from "../../lib/http2/frames.ts";
import type { HeaderField } from "../../lib/http2/hpack/header_field.ts";
import type { HttpHandler } from "../../lib/http/handler.ts";
import {
  block,
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

const LIMITS = {
  concurrentStreams: 5,
  streamWindowBytes: 30_000,
  connectionWindowBytes: 70_000,
  headerListBytes: 1000,
  heldHeaderBytes: 8000,
};

/** Everything that handlers can do with bodies and responses. */
const HANDLERS: HttpHandler[] = [
  echo,
  () => Promise.resolve({ status: 413 }),
  () => Promise.reject(new Error("a fault of the handler")),
  () => new Promise(() => {}),
  async ({ body }) => {
    await body.read(() => {
      throw new Error("the part cannot be kept");
    });
    return { status: 200 };
  },
  ({ signal }) =>
    Promise.resolve({
      status: 200,
      body: (async function* () {
        for (let i = 0; i < 3 && !signal.aborted; i++) {
          yield await Promise.resolve(new Uint8Array(10_000));
        }
      })(),
    }),
];

const streamId = fc.oneof(
  { arbitrary: fc.constantFrom(1, 3, 5, 7, 9, 11, 13), weight: 10 },
  { arbitrary: fc.nat(), weight: 1 },
);
const field = fc.tuple(
  fc.constantFrom(
    ":method",
    ":path",
    ":status",
    "a",
    "A",
    "te",
    "content-length",
    "host",
    "connection",
  ),
  fc.constantFrom("", "GET", "/", "5", "trailers", "a".repeat(300), "b\u00ff"),
);
const anyBlock = fc.oneof(
  fc.constant(block(REQUEST)),
  fc.array(field).map((fields) => block(REQUEST.concat(fields).filter(([name]) => name !== "A"))),
  fc.uint8Array({ maxLength: 100 }),
);
const anyFrame = fc.oneof(
  fc.tuple(streamId, fc.boolean()).map(([id, isEnd]) => headers(id, { isEnd })),
  fc.tuple(fc.constantFrom(1, 9), fc.nat(0xff), streamId, anyBlock)
    .map(([type, flags, id, payload]) => frame(type, flags, id, payload)),
  fc.tuple(streamId, fc.constantFrom(0, 1, 20, 16_384), fc.boolean())
    .map(([id, length, isEnd]) => data(id, new Uint8Array(length), isEnd)),
  fc.tuple(streamId, fc.nat(20)).map(([id, code]) => reset(id, code)),
  fc.tuple(streamId, fc.constantFrom(0, 1, 10_000, 2 ** 31 - 1))
    .map(([id, increment]) => windowUpdate(id, increment)),
  fc.tuple(fc.nat(7), fc.constantFrom(0, 1, 100, 16_384, 2 ** 31 - 1, 2 ** 32 - 1))
    .map(([id, value]) => settings({ [id]: value })),
  fc.tuple(fc.nat(0xff), fc.nat(0xff), streamId, fc.uint8Array({ maxLength: 50 }))
    .map(([type, flags, id, payload]) => frame(type, flags, id, payload)),
  fc.constant(ping()),
  fc.uint8Array({ maxLength: 30 }),
);

Deno.test("whatever a client sends, nothing is thrown, and no limit is exceeded", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...HANDLERS),
      fc.constantFrom(START, new TextEncoder().encode(PREFACE), new Uint8Array()),
      fc.array(fc.tuple(anyFrame, fc.nat(20)), { maxLength: 60 }),
      async (handler, start, steps) => {
        const peer = new Peer({ handler, limits: LIMITS });
        await peer.send(start);
        for (const [bytes, seconds] of steps) {
          // One step in twenty also lets time pass.
          const sent = await peer.send(bytes);
          if (seconds === 20) await peer.wait(15);
          const { streams, handlers, headerBytes, bodyBytes, outputBytes } = peer.connection.held;
          assert(streams <= LIMITS.concurrentStreams, "streams");
          // Handlers of streams that were reset may still be running.
          assert(handlers <= 2 * LIMITS.concurrentStreams, "handlers");
          assert(headerBytes <= LIMITS.headerListBytes + peer.limits.headerTableBytes, "headers");
          assert(bodyBytes <= LIMITS.connectionWindowBytes, "bodies");
          assert(peer.headerBudget.heldBytes <= LIMITS.heldHeaderBytes, "header budget");
          assertEquals(outputBytes, 0);
          for (const { payload } of sent) assert(payload.length <= 16_384, "frames");
        }
        peer.connection.abort();
        assertEquals(peer.connection.held.streams, 0);
        assertEquals(
          peer.faults.filter((fault) =>
            !String(fault).includes("a fault of the handler") &&
            !String(fault).includes("cannot be kept")
          ),
          [],
        );
      },
    ),
    { numRuns: 1000 },
  );
});

/** A request, and how it is split into frames. */
interface Sent {
  fields: HeaderField[];
  cuts: number;
  parts: { length: number; padding: number }[];
  hasTrailers: boolean;
}

const sent: fc.Arbitrary<Sent> = fc.record({
  fields: fc.array(
    fc.tuple(fc.stringMatching(/^x-[a-z0-9]{1,10}$/), fc.stringMatching(/^[!-~]{0,20}$/)),
    {
      maxLength: 5,
    },
  ),
  cuts: fc.nat(4),
  parts: fc.array(fc.record({ length: fc.nat(9000), padding: fc.nat(20) }), { maxLength: 4 }),
  hasTrailers: fc.boolean(),
});

/** The frames of a request. The frames of a header block must stay together, so they form one piece. */
function pieces(id: number, { fields, cuts, parts, hasTrailers }: Sent): Uint8Array[] {
  const list: HeaderField[] = [
    ...REQUEST.filter(([name]) => name !== ":path"),
    [":path", `/${id}`],
    ...fields,
  ];
  const whole = block(list);
  const size = Math.ceil(whole.length / (cuts + 1));
  const fragments = Array.from(
    { length: cuts + 1 },
    (_, i) => whole.subarray(i * size, (i + 1) * size),
  );
  const isEmpty = parts.length === 0 && !hasTrailers;
  const head = fragments.map((fragment, i) =>
    frame(
      i === 0 ? FRAME_TYPE.HEADERS : FRAME_TYPE.CONTINUATION,
      (i === cuts ? FLAG.END_HEADERS : 0) | (i === 0 && isEmpty ? FLAG.END_STREAM : 0),
      id,
      fragment,
    )
  );
  const body = parts.map(({ length, padding }, i) => {
    const payload = concat([Uint8Array.of(padding), bodyOf(i, length), new Uint8Array(padding)]);
    const isEnd = i === parts.length - 1 && !hasTrailers;
    return frame(FRAME_TYPE.DATA, FLAG.PADDED | (isEnd ? FLAG.END_STREAM : 0), id, payload);
  });
  const trailers = headers(id, { fields: [["x-sum", "1"]], isEnd: true });
  return [concat(head), ...body, ...hasTrailers ? [trailers] : []];
}

function bodyOf(part: number, length: number): Uint8Array {
  return new Uint8Array(length).fill(0x61 + part);
}

const NOISE = [
  ping(),
  frame(FRAME_TYPE.PRIORITY, 0, 1, [0, 0, 0, 0, 9]),
  frame(0xbe, 0xff, 3, [1]),
  SETTINGS_ACK,
];

Deno.test("every well-formed request is answered, however its frames are mixed and split", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(), { minLength: 1 }),
      fc.array(fc.integer({ min: 50, max: 20_000 }), { minLength: 1 }),
      fc.integer({ min: 500, max: 20_000 }),
      async (requests, order, readSizes, clientWindow) => {
        const waiting = requests.map((request, i) => pieces(2 * i + 1, request));
        // Streams are opened in the order of their IDs; otherwise their frames are interleaved at random.
        const mixed: Uint8Array[] = [];
        let opened = 0;
        for (let step = 0; waiting.some((rest) => rest.length > 0); step++) {
          const chance = order[step % order.length]! + step;
          const open = waiting.slice(0, opened + 1).filter((rest) => rest.length > 0);
          const next = open[chance % open.length]!;
          if (next === waiting[opened]) opened++;
          mixed.push(next.shift()!);
          if (chance % 3 === 0) mixed.push(NOISE[chance % NOISE.length]!);
        }
        const bytes = concat(mixed);
        const peer = await Peer.open();
        await peer.send(settings({ 4: clientWindow }));
        for (let at = 0, read = 0; at < bytes.length; read++) {
          const size = readSizes[read % readSizes.length]!;
          await peer.send(bytes.subarray(at, at + size));
          at += size;
        }
        await takeAnswers(peer);
        assertEquals(peer.answers.size, requests.length);
        for (const [i, { parts }] of requests.entries()) {
          const answer = peer.answers.get(2 * i + 1)!;
          const body = concat(parts.map(({ length }, part) => bodyOf(part, length)));
          assertEquals(answer.headers["x-request"], `POST /${2 * i + 1}`);
          assertEquals(answer.body, new TextDecoder().decode(body));
          assertEquals([answer.isEnded, answer.trailers, answer.reset], [
            true,
            { "x-end": "yes" },
            undefined,
          ]);
        }
        assertEquals([peer.connection.held.streams, peer.headerBudget.heldBytes], [0, 0]);
      },
    ),
    { numRuns: 200 },
  );
});

/** Lets the server send as much again as it has sent, until there is no more. */
async function takeAnswers(peer: Peer): Promise<void> {
  for (let next = [...peer.frames]; next.length > 0;) {
    const updates = next.filter(({ type, payload }) =>
      type === FRAME_TYPE.DATA && payload.length > 0
    )
      .flatMap(({ streamId, payload }) => [
        windowUpdate(0, payload.length),
        windowUpdate(streamId, payload.length),
      ]);
    if (updates.length === 0) return;
    next = await peer.send(...updates);
  }
}
