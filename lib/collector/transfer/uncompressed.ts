import { MalformedError } from "../../otlp/malformed_error.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The first byte of gzip; JSON never begins with it. */
const GZIP_START = 0x1f;

/** The maximum decompressed size of a file; each line has its own limit. */
const MAX_BYTES = 4 * 2 ** 30;

/**
 * Reads a file in parts, and decompresses it if it is compressed with gzip.
 *
 * @throws {MalformedError} If it is corrupt, truncated or too long.
 */
export async function* uncompressed(
  file: AsyncIterable<Bytes>,
  maxBytes = MAX_BYTES,
): AsyncGenerator<Bytes> {
  const parts = file[Symbol.asyncIterator]();
  try {
    let first = await parts.next();
    while (!first.done && first.value.length === 0) first = await parts.next();
    if (first.done) return;
    const all = restOf(parts, first.value);
    yield* first.value[0] === GZIP_START ? gunzipped(all, maxBytes) : all;
  } finally {
    // Releases the lock, so that a later reader can use the file.
    await parts.return?.();
  }
}

async function* restOf(parts: AsyncIterator<Bytes>, first: Bytes): AsyncGenerator<Bytes> {
  yield first;
  for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
}

async function* gunzipped(parts: AsyncIterable<Bytes>, maxBytes: number): AsyncGenerator<Bytes> {
  let length = 0;
  try {
    const gunzip = new DecompressionStream("gzip");
    for await (const part of ReadableStream.from(parts).pipeThrough(gunzip)) {
      length += part.length;
      if (length > maxBytes) {
        throw new MalformedError(`the file decompresses to more than ${maxBytes} bytes`);
      }
      yield part;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new MalformedError(`the file is not complete gzip: ${error.message}`);
  }
}
