/**
 * Takes OTLP over http/protobuf and counts the items of each sender. The first part of a request's path
 * names the sender, and GET of that path answers with its counts.
 */
import { serveUntilSignal } from "./serve_until_signal.ts";

/** Field numbers on the way to an item, where one of several may lead on: resource, scope, item. */
const PATHS: Record<string, readonly (readonly number[])[]> = {
  traces: [[1], [2], [2]],
  // From a metric to its data points: gauge, sum, the histograms, summary.
  metrics: [[1], [2], [2], [5, 7, 9, 10, 11], [1]],
  logs: [[1], [2], [2]],
};

const counts: Record<string, Record<string, number>> = {};

await serveUntilSignal(async (request) => {
  const [, sender = "", , signal = ""] = new URL(request.url).pathname.split("/");
  const ofSender = counts[sender] ??= { traces: 0, metrics: 0, logs: 0 };
  if (request.method === "GET") return Response.json(ofSender);
  const body = new Uint8Array(await request.arrayBuffer());
  const path = PATHS[signal];
  if (!path) return new Response(null, { status: 404 });
  ofSender[signal]! += count(body, 0, body.length, path, 0);
  return new Response(null, { headers: { "content-type": "application/x-protobuf" } });
});

/** Counts the messages at the end of the path, without decoding anything else. */
function count(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: readonly (readonly number[])[],
  depth: number,
): number {
  let found = 0;
  let position = start;
  const varint = () => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = bytes[position++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (position < end) {
    const tag = varint();
    switch (tag & 7) {
      case 0:
        varint();
        break;
      case 1:
        position += 8;
        break;
      case 2: {
        const length = varint();
        if (path[depth]!.includes(tag >>> 3)) {
          const isLast = depth === path.length - 1;
          found += isLast ? 1 : count(bytes, position, position + length, path, depth + 1);
        }
        position += length;
        break;
      }
      case 5:
        position += 4;
        break;
      default:
        throw new Error(`Cannot read wire type ${tag & 7}`);
    }
  }
  return found;
}
