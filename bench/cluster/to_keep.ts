import type { SentTrace } from "../../tests/helpers/traces.ts";

/** What tail_sampling hashes before a trace ID, unless configured otherwise. */
const SALT = new TextEncoder().encode("default-hash-seed");

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
const MASK = 2n ** 64n - 1n;
/** 1 %, the policy's share. */
const LIMIT = MASK / 100n;

/**
 * The traces that the gateways' policies choose: errors, slow ones, and the share whose ID hashes low, as
 * in the Collector's tail_sampling processor 0.161. So what must arrive doesn't depend on what does.
 */
export function tracesToKeep(traces: readonly SentTrace[]): SentTrace[] {
  return traces.filter(({ traceId, kind }) => kind !== "ordinary" || hash(traceId) <= LIMIT);
}

/** 64-bit FNV-1a. */
function hash(traceId: string): bigint {
  let value = FNV_OFFSET;
  for (const byte of [...SALT, ...Uint8Array.fromHex(traceId)]) {
    value = (value ^ BigInt(byte)) * FNV_PRIME & MASK;
  }
  return value;
}
