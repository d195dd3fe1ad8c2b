import type { StoreOptions } from "../store.ts";

const MIB = 2 ** 20;

/** What requests that are under way take at most: the longest one, what it becomes, and others in part. */
const MAX_UNDER_WAY_BYTES = 160 * MIB;
/** A smaller store leaves them this share of its bytes. */
const UNDER_WAY_SHARE = 5 / 8;

/**
 * How many of its bytes a store fills. In memory it leaves room for requests that are under way, so
 * that the whole process keeps within its bytes and 128 MB, and nothing that is stored ever has to go
 * for what an attacker sends. A file's bytes take no memory.
 */
export function storedBytesOf(
  { maxBytes, file }: Pick<StoreOptions, "maxBytes" | "file">,
): number {
  if (file !== undefined) return maxBytes;
  return maxBytes - Math.min(MAX_UNDER_WAY_BYTES, Math.floor(maxBytes * UNDER_WAY_SHARE));
}
