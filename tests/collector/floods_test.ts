import { assertEquals } from "@std/assert";
import { createCollector } from "../../lib/collector/collector.ts";
import type { PortName } from "../../lib/collector/model.ts";
import { ERROR_CODE } from "../../lib/http2/errors.ts";
import { FRAME_TYPE } from "../../lib/http2/frames.ts";
import {
  codeOf,
  concat,
  frame,
  ping,
  readFrames,
  settings,
  START,
  windowUpdate,
} from "../helpers/http2_frames.ts";
import { testWith } from "../helpers/needs.ts";
import { poll } from "../helpers/poll.ts";

/** Frames that make no request. */
const NOTHING: Record<string, Uint8Array> = {
  PING: ping(),
  SETTINGS: settings(),
  WINDOW_UPDATE: windowUpdate(0, 1),
  PRIORITY: frame(FRAME_TYPE.PRIORITY, 0, 3, new Uint8Array(5)),
  "an unknown frame": frame(99, 0, 0, new Uint8Array(1)),
};

/** More than the burst, plus the allowance of a slow second. */
const COUNT = 20_000;

/** Sends as much as it can, and returns everything that was answered. */
async function flood(port: number, frames: Uint8Array): Promise<Uint8Array> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const sending = (async () => {
    try {
      const bytes = concat([START, frames]);
      for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
    } catch {
      // The connection was closed, as it should be.
    }
  })();
  const parts: Uint8Array[] = [];
  const buffer = new Uint8Array(64 * 1024);
  try {
    for (;;) {
      const count = await connection.read(buffer);
      if (count === null) break;
      parts.push(buffer.slice(0, count));
    }
  } catch {
    // Writing after the end resets the connection.
  }
  await sending;
  return concat(parts);
}

for (const [name, one] of Object.entries(NOTHING)) {
  testWith(["net", "read"], `a flood of ${name} is stopped on all three ports`, async () => {
    await using collector = await createCollector({
      httpPort: 0,
      grpcPort: 0,
      uiPort: 0,
      store: { maxTraces: 10, maxBytes: 1024 ** 2 },
    });
    const { httpUrl, grpcUrl, uiUrl } = collector;
    const urls: Record<PortName, string> = { http: httpUrl, grpc: grpcUrl, page: uiUrl };
    const frames = concat(Array.from({ length: COUNT }, () => one));
    for (const [port, url] of Object.entries(urls)) {
      const answered = readFrames(await flood(Number(new URL(url).port), frames));
      const goAway = answered.find(({ type }) => type === FRAME_TYPE.GOAWAY);
      if (goAway) assertEquals(codeOf(goAway), ERROR_CODE.ENHANCE_YOUR_CALM, port);
    }
    // They are counted when they end, which is after the client sees it.
    const refused = await poll(async () => {
      const { connections } = await collector.stats();
      const ports = Object.values(connections);
      const isOver = ports.every(({ open }) => open === 0);
      return isOver ? { result: ports.map(({ refused }) => refused) } : { answer: "some are open" };
    }, "the collector");
    assertEquals(refused, [1, 1, 1]);
  });
}
