import type { StoreOptions } from "../store.ts";

const MIB = 2 ** 20;

/** The most that requests in progress take: the longest one, its stored form, and parts of others. */
const MAX_UNDER_WAY_BYTES = 160 * MIB;
/** A smaller store reserves this share of its bytes for them. */
const UNDER_WAY_SHARE = 5 / 8;

/** How much a store may keep. */
export interface StoredBytes {
  /** Requests and indexes, wherever they are. */
  all: number;
  /** What is in memory. */
  inMemory: number;
}

/**
 * How many of its bytes a store fills. In memory, it leaves room for requests in progress. The whole
 * process then stays within its bytes plus 128 MB, and stored data never has to make way for what an
 * attacker sends. With a file, only indexes are in memory.
 */
export function storedBytesOf(
  { maxBytes, file }: Pick<StoreOptions, "maxBytes" | "file">,
): StoredBytes {
  const inMemory = maxBytes - Math.min(MAX_UNDER_WAY_BYTES, Math.floor(maxBytes * UNDER_WAY_SHARE));
  return { all: file === undefined ? inMemory : maxBytes, inMemory };
}
