import { createGunzip } from "node:zlib";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { freeBytes } from "../../large_bytes.ts";
import { GrowingBytes } from "../growing_bytes.ts";

/** Up to this size everything is decompressed, whatever the trailer says. */
const UNTRUSTED_BYTES = 4 * 1024 * 1024;

const CHUNK_BYTES = 64 * 1024;

/** The decompressed size of a body exceeds the limit. */
export class InflatedTooLargeError extends Error {
  override name = "InflatedTooLargeError";
}

/**
 * Decompresses gzip. The trailer has the decompressed size: if it exceeds the limit, or is smaller than the
 * actual size, only up to 4 MiB are decompressed.
 *
 * This is a stream even for small bodies, because `gunzipSync()` and `DecompressionStream` retain the memory of
 * corrupt bodies for a long time: 250 MB after 3,000 of 50 kB, with Deno 2.7.11 and 2.9.6; no issue is known.
 * It is synchronous: nothing else runs until it is done.
 *
 * @throws {MalformedError} If it is corrupt or truncated.
 * @throws {InflatedTooLargeError} If it inflates to more than `limitBytes`.
 */
export async function gunzip(
  compressed: Uint8Array,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const claimedBytes = claimedBytesOf(compressed);
  const isClaimTooLarge = claimedBytes > limitBytes;
  const untrustedBytes = Math.min(limitBytes, UNTRUSTED_BYTES);
  const maxBytes = isClaimTooLarge ? untrustedBytes : Math.max(claimedBytes, untrustedBytes);
  const stream = createGunzip({ chunkSize: Math.min(CHUNK_BYTES, Math.max(claimedBytes, 64)) });
  const expectedBytes = Math.min(claimedBytes, maxBytes);
  const inflated = new GrowingBytes(expectedBytes, expectedBytes);
  try {
    stream.end(compressed);
    for await (const chunk of stream as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      if (inflated.length === 0) checkStart(chunk);
      if (inflated.length + chunk.length > maxBytes) {
        throw isClaimTooLarge || maxBytes === limitBytes
          ? new InflatedTooLargeError(`more than ${limitBytes} bytes`)
          : new MalformedError("not gzip: it is longer than its trailer says");
      }
      inflated.add(chunk);
      // A full buffer is not reused.
      if (chunk.length === chunk.buffer.byteLength) freeBytes(chunk);
    }
  } catch (error) {
    inflated.free();
    throw corrupt(error);
  } finally {
    stream.destroy();
  }
  return inflated.take();
}

/** The size in the trailer; with several members, only that of the last one. */
export function claimedBytesOf({ buffer, byteOffset, byteLength }: Uint8Array): number {
  return byteLength < 4 ? 0 : new DataView(buffer, byteOffset).getUint32(byteLength - 4, true);
}

/** Neither encoding of OTLP begins with zeros, but the cheapest bombs do. */
function checkStart(chunk: Uint8Array): void {
  if (chunk[0] === 0) throw new MalformedError("field number out of range", 0);
}

function corrupt(error: unknown): unknown {
  const { code, message } = error as Error & { code?: string };
  if (!code?.startsWith("Z_") && !(error instanceof TypeError)) return error;
  return new MalformedError(`not gzip: ${message}`);
}
