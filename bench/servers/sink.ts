/** Takes OTLP over http/protobuf, counts spans, and answers GET with the count. */
import { serveUntilSignal } from "./serve_until_signal.ts";

/** ResourceSpans, ScopeSpans, Span: the field numbers on the way to a span. */
const PATH = [1, 2, 2];

let spans = 0;

await serveUntilSignal(async (request) => {
  if (request.method === "GET") return new Response(String(spans));
  const body = new Uint8Array(await request.arrayBuffer());
  if (new URL(request.url).pathname === "/v1/traces") spans += count(body, 0, body.length, 0);
  return new Response(null, { headers: { "content-type": "application/x-protobuf" } });
});

/** Counts the messages at the end of the path, without decoding anything else. */
function count(bytes: Uint8Array, start: number, end: number, depth: number): number {
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
        if (tag >>> 3 === PATH[depth]) {
          const isLast = depth === PATH.length - 1;
          found += isLast ? 1 : count(bytes, position, position + length, depth + 1);
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
