import { freeBytes } from "../../../large_bytes.ts";

/** Differs between processes, so that no sender can choose ids that collide. */
const SEED = crypto.getRandomValues(new Uint32Array(1))[0]!;

/**
 * A hash table with open addressing that holds positive numbers. Only its user knows what they stand for:
 * the user compares entries, and recalculates hashes when entries move.
 *
 * For speed, a lookup is a loop in the user's code:
 * `for (let i = table.start(hash); table.slots[i] !== 0; i = table.next(i))`.
 */
export class HashTable {
  slots: Uint32Array<ArrayBuffer>;
  #mask: number;

  /** Releases its memory. */
  free(): void {
    freeBytes(this.slots);
  }

  /** @param capacity A power of two, at least twice the number of entries. */
  constructor(capacity: number) {
    this.slots = new Uint32Array(capacity);
    this.#mask = capacity - 1;
  }

  get byteLength(): number {
    return this.slots.byteLength;
  }

  start(hash: number): number {
    return hash & this.#mask;
  }

  next(slot: number): number {
    return slot + 1 & this.#mask;
  }

  insert(hash: number, value: number): void {
    const { slots } = this;
    let slot = hash & this.#mask;
    while (slots[slot] !== 0) slot = slot + 1 & this.#mask;
    slots[slot] = value;
  }

  /** Empties a slot and moves the entries behind it, so that no lookup stops at a gap too early. */
  remove(slot: number, hashOf: (value: number) => number): void {
    const { slots } = this;
    const mask = this.#mask;
    let gap = slot;
    for (let i = slot + 1 & mask; slots[i] !== 0; i = i + 1 & mask) {
      const home = hashOf(slots[i]!) & mask;
      if ((i - home & mask) >= (i - gap & mask)) {
        slots[gap] = slots[i]!;
        gap = i;
      }
    }
    slots[gap] = 0;
  }
}

/** The hash of two or three words. */
export function hashWords(a: number, b: number, c = 0): number {
  let hash = Math.imul(a ^ SEED, 0x9e3779b1);
  hash = Math.imul(hash ^ hash >>> 15 ^ b, 0x85ebca77);
  hash = Math.imul(hash ^ hash >>> 13 ^ c, 0xc2b2ae3d);
  return (hash ^ hash >>> 16) >>> 0;
}

/** The hash of some bytes. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = SEED;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const word = bytes[i]! | bytes[i + 1]! << 8 | bytes[i + 2]! << 16 | bytes[i + 3]! << 24;
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash = Math.imul(hash ^ hash >>> 15, 0x85ebca77);
  return (hash ^ hash >>> 13) >>> 0;
}
