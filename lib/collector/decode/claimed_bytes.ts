import type { Compression } from "../../otlp/content_encoding.ts";
import { zstdSizeOf } from "./zstd_frames.ts";

/** No stream of deflate expands by more: https://zlib.net/zlib_tech.html */
const MAX_DEFLATE_RATIO = 1032;

/**
 * The decompressed size, or a limit for it. A body of gzip may have more bytes than its trailer claims, and one
 * of several members claims only the last; the others don't.
 */
export function claimedBytesOf(bytes: Uint8Array, compression: Compression): number {
  if (compression === "zstd") return zstdSizeOf(bytes);
  if (compression === "deflate") return bytes.length * MAX_DEFLATE_RATIO;
  const { buffer, byteOffset, byteLength } = bytes;
  return byteLength < 4 ? 0 : new DataView(buffer, byteOffset).getUint32(byteLength - 4, true);
}
