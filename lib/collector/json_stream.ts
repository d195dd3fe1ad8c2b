import { GrowingBytes } from "./growing_bytes.ts";

/** Texts shorter than this are combined. */
const CHUNK_BYTES = 64 * 1024;

const encoder = new TextEncoder();

/** JSON in parts, created as fast as the client reads them. */
export type JsonParts = AsyncIterable<string | Uint8Array<ArrayBuffer>>;

/**
 * Responds with JSON, which may be long, part by part.
 *
 * @throws The error of the first chunk; later errors abort the response.
 */
export async function jsonStream(parts: JsonParts): Promise<Response> {
  const rest = chunksOf(parts);
  const first = await rest.next();
  async function* all() {
    if (!first.done) yield first.value;
    yield* rest;
  }
  return new Response(ReadableStream.from(all()), {
    headers: { "content-type": "application/json" },
  });
}

/** The parts as a list, in brackets. */
export async function* jsonList(
  parts: JsonParts | Iterable<Uint8Array<ArrayBuffer>>,
): JsonParts {
  let separator = "[";
  for await (const part of parts) {
    yield separator;
    yield part;
    separator = ",";
  }
  yield separator === "[" ? "[]" : "]";
}

async function* chunksOf(parts: JsonParts): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunk = new GrowingBytes();
  for await (const part of parts) {
    chunk.add(typeof part === "string" ? encoder.encode(part) : part);
    if (chunk.length < CHUNK_BYTES) continue;
    yield chunk.take();
    chunk = new GrowingBytes();
  }
  if (chunk.length > 0) yield chunk.take();
}
