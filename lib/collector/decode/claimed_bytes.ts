import type { Compression } from "../../otlp/content_encoding.ts";
import { zstdSizeOf } from "./zstd_frames.ts";

/** A deflate stream expands by at most this factor: https://zlib.net/zlib_tech.html */
const MAX_DEFLATE_RATIO = 1032;

/**
 * The decompressed size, or an upper limit for it. A gzip body can be larger, because its trailer may be
 * wrong, and it covers only the last of several members. Other bodies are never larger.
 */
export function claimedBytesOf(bytes: Uint8Array, compression: Compression): number {
  if (compression === "zstd") return zstdSizeOf(bytes);
  if (compression === "deflate") return bytes.length * MAX_DEFLATE_RATIO;
  const { buffer, byteOffset, byteLength } = bytes;
  return byteLength < 4 ? 0 : new DataView(buffer, byteOffset).getUint32(byteLength - 4, true);
}
