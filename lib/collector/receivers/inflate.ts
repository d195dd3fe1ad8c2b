import { createGunzip } from "node:zlib";
import { MalformedError } from "../../otlp/malformed_error.ts";
import type { Reservation } from "./admission.ts";
import { malformed, tooLarge } from "./refused_error.ts";

/** Up to this all is inflated, whatever the trailer says. */
const UNTRUSTED_BYTES = 4 * 1024 * 1024;

const CHUNK_BYTES = 16 * 1024;

/**
 * Inflates gzip. How much it inflates to stands in its trailer: what says more than the limit, or less
 * than is true, is inflated up to 4 MiB only.
 *
 * This is a stream even for little, because `gunzipSync()` and `DecompressionStream` of Deno 2.7 keep
 * memory for each body that is corrupt.
 *
 * @throws {RefusedError} If it is corrupt, truncated or inflates to more than `limitBytes`.
 */
export async function inflate(
  compressed: Uint8Array,
  limitBytes: number,
  reservation: Reservation,
): Promise<Uint8Array<ArrayBuffer>> {
  const claimedBytes = readTrailer(compressed);
  const isClaimTooLarge = claimedBytes > limitBytes;
  const untrustedBytes = Math.min(limitBytes, UNTRUSTED_BYTES);
  const maxBytes = isClaimTooLarge ? untrustedBytes : Math.max(claimedBytes, untrustedBytes);
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  let inflated = new Uint8Array();
  let length = 0;
  try {
    gunzip.end(compressed);
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      if (length === 0) checkStart(chunk);
      const needed = length + chunk.length;
      if (needed > maxBytes) {
        throw isClaimTooLarge || maxBytes === limitBytes ? tooLarge(limitBytes) : wrongTrailer();
      }
      if (needed > inflated.length) inflated = grow(inflated, length, needed);
      inflated.set(chunk, length);
      length = needed;
    }
  } catch (error) {
    throw corrupt(error);
  } finally {
    gunzip.destroy();
  }
  return inflated.length === length ? inflated : inflated.slice(0, length);

  function grow(old: Uint8Array, used: number, needed: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Math.max(needed, Math.min(maxBytes, 2 * old.length)));
    reservation.add(bytes.length - old.length);
    bytes.set(old.subarray(0, used));
    return bytes;
  }
}

/** The length that it inflates to; of several parts only that of the last. */
function readTrailer({ buffer, byteOffset, byteLength }: Uint8Array): number {
  return byteLength < 4 ? 0 : new DataView(buffer, byteOffset).getUint32(byteLength - 4, true);
}

/** Neither encoding of OTLP begins with zeros, which is what the cheapest of bombs hold. */
function checkStart(chunk: Uint8Array): void {
  if (chunk[0] === 0) throw malformed(new MalformedError("field number out of range", 0));
}

function wrongTrailer(): Error {
  return malformed(new MalformedError("no gzip: it is longer than its trailer says"));
}

function corrupt(error: unknown): unknown {
  const { code, message } = error as Error & { code?: string };
  if (!code?.startsWith("Z_") && !(error instanceof TypeError)) return error;
  return malformed(new MalformedError(`no gzip: ${message}`));
}
