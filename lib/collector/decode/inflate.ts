import { constants, createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import type { Transform } from "node:stream";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { freeBytes } from "../../large_bytes.ts";
import { GrowingBytes } from "../growing_bytes.ts";
import type { Compression } from "../../otlp/content_encoding.ts";
import { claimedBytesOf } from "./claimed_bytes.ts";
import { zstdFrames } from "./zstd_frames.ts";

/** Bodies are decompressed up to this size, whatever size they claim. */
const UNTRUSTED_BYTES = 4 * 1024 * 1024;

const CHUNK_BYTES = 64 * 1024;

/** The base-2 logarithm of zstd's largest window: https://www.rfc-editor.org/rfc/rfc9659#section-3 */
const ZSTD_WINDOW_LOG = 23;

/** The decompressed size of a body exceeds the limit. */
export class InflatedTooLargeError extends Error {
  override name = "InflatedTooLargeError";
}

/**
 * Decompresses a body. If the claimed size exceeds the limit, or is smaller than the actual size, at most
 * 4 MiB are decompressed.
 *
 * This uses a stream even for small bodies, because `gunzipSync()` and `DecompressionStream` retain the
 * memory of corrupt bodies for a long time: 250 MB after 3,000 of 50 kB, with Deno 2.7.11 and 2.9.6; no
 * issue is known. It is synchronous: nothing else runs until it is done.
 *
 * @throws {MalformedError} If it is corrupt or truncated.
 * @throws {InflatedTooLargeError} If it inflates to more than `limitBytes`.
 */
export async function inflate(
  compressed: Uint8Array,
  compression: Compression,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const claimedBytes = claimedBytesOf(compressed, compression);
  // Only gzip and zstd state the size in advance.
  const isSizeKnown = compression !== "deflate";
  const isClaimTooLarge = isSizeKnown && claimedBytes > limitBytes;
  const untrustedBytes = Math.min(limitBytes, UNTRUSTED_BYTES);
  const maxBytes = isClaimTooLarge
    ? untrustedBytes
    : Math.min(limitBytes, Math.max(claimedBytes, untrustedBytes));
  const expectedBytes = isSizeKnown ? Math.min(claimedBytes, maxBytes) : 0;
  const inflated = expectedBytes > 0
    ? new GrowingBytes(expectedBytes, expectedBytes)
    : new GrowingBytes();
  const chunkSize = Math.min(CHUNK_BYTES, Math.max(claimedBytes, 64));
  try {
    for (const part of compression === "zstd" ? zstdFrames(compressed) : [{ bytes: compressed }]) {
      await inflatePart(part.bytes, openStream(compression, chunkSize), (chunk) => {
        if (inflated.length === 0) checkStart(chunk);
        if (inflated.length + chunk.length > maxBytes) {
          throw isClaimTooLarge || maxBytes === limitBytes
            ? new InflatedTooLargeError(`more than ${limitBytes} bytes`)
            : new MalformedError(`not ${compression}: it is longer than it claims to be`);
        }
        inflated.add(chunk);
      });
    }
  } catch (error) {
    inflated.free();
    throw corrupt(error, compression);
  }
  return inflated.take();
}

function openStream(compression: Compression, chunkSize: number): Transform {
  if (compression === "gzip") return createGunzip({ chunkSize });
  if (compression === "deflate") return createInflate({ chunkSize });
  const params = { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG };
  return createZstdDecompress({ chunkSize, params });
}

async function inflatePart(
  bytes: Uint8Array,
  stream: Transform,
  add: (chunk: Uint8Array) => void,
): Promise<void> {
  try {
    stream.end(bytes);
    for await (const chunk of stream as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      add(chunk);
      // The decompressor does not reuse a full buffer.
      if (chunk.length === chunk.buffer.byteLength) freeBytes(chunk);
    }
  } finally {
    stream.destroy();
  }
}

/** Neither encoding of OTLP begins with zeros, but the cheapest decompression bombs do. */
function checkStart(chunk: Uint8Array): void {
  if (chunk[0] === 0) throw new MalformedError("field number out of range", 0);
}

function corrupt(error: unknown, compression: Compression): unknown {
  if (error instanceof MalformedError || error instanceof InflatedTooLargeError) return error;
  const { code, message } = error as Error & { code?: string };
  // Deno's zstd errors have no code.
  const isOfDecoder = code?.startsWith("Z_") || error instanceof TypeError ||
    (compression === "zstd" && message.startsWith("Zstd"));
  return isOfDecoder ? new MalformedError(`not ${compression}: ${message}`) : error;
}
