import { HashTable, hashWords } from "./hash_table.ts";
import { RecordRing } from "./record_ring.ts";
import { hexOfWords } from "./words.ts";
import { TRACE, TRACE_WORDS } from "./span_layout.ts";

/** The traces in order of arrival, looked up by id. */
export class TraceTable {
  readonly ring = new RecordRing(TRACE_WORDS);
  /** How many traces have spans. */
  liveCount = 0;
  /** Ring slots plus one, because a hash table holds only positive numbers. */
  #byId = new HashTable(this.ring.capacity * 2);

  get byteLength(): number {
    return this.ring.byteLength + this.#byId.byteLength;
  }

  /** How many more bytes it takes if it gets this many more traces. */
  growthFor(count: number): number {
    return this.ring.growthFor(count) * this.byteLength / this.ring.byteLength;
  }

  /** The number of the trace with the id at `from`; undefined if it is not kept. */
  find(id: ArrayLike<number>, from = 0): number | undefined {
    const slot = this.#find(id, from);
    if (slot < 0) return undefined;
    return this.#numberAt(this.#byId.slots[slot]! - 1);
  }

  /** Adds a trace without spans. */
  add(id: ArrayLike<number>, from = 0): number {
    const capacity = this.ring.capacity;
    const number = this.ring.push();
    const at = this.ring.at(number);
    const { words } = this.ring;
    for (let i = 0; i < 4; i++) words[at + TRACE.id + i] = id[from + i]!;
    words[at + TRACE.spanCount] = 0;
    words[at + TRACE.mark] = 0;
    this.liveCount++;
    if (this.ring.capacity === capacity) {
      this.#byId.insert(hashId(id, from), this.ring.slot(number) + 1);
    } else this.#rebuild(number);
    return number;
  }

  /** Removes a trace. Its slot becomes free when all earlier traces are gone, too. */
  remove(number: number): void {
    const at = this.ring.at(number);
    this.#byId.remove(
      this.#find(this.ring.words, at + TRACE.id),
      (value) => hashId(this.ring.words, (value - 1) * TRACE_WORDS + TRACE.id),
    );
    this.ring.words[at + TRACE.spanCount] = 0;
    this.liveCount--;
  }

  /** A trace's id in hex. */
  idOf(number: number): string {
    return hexOfWords(this.ring.words, this.ring.at(number) + TRACE.id, 4);
  }

  isLive(number: number): boolean {
    return this.ring.has(number) && this.ring.words[this.ring.at(number) + TRACE.spanCount] !== 0;
  }

  /** Frees the slots of removed traces, and returns the oldest trace that is kept. */
  oldest(): number | undefined {
    const { capacity } = this.ring;
    while (this.ring.size > 0 && !this.isLive(this.ring.first)) this.ring.shift();
    if (this.ring.capacity !== capacity) this.#rebuild();
    return this.ring.size > 0 ? this.ring.first : undefined;
  }

  clear(): void {
    this.ring.clear();
    this.liveCount = 0;
    this.#byId.free();
    this.#byId = new HashTable(this.ring.capacity * 2);
  }

  #find(id: ArrayLike<number>, from: number): number {
    const { words } = this.ring;
    const { slots } = this.#byId;
    for (let i = this.#byId.start(hashId(id, from)); slots[i] !== 0; i = this.#byId.next(i)) {
      const at = (slots[i]! - 1) * TRACE_WORDS + TRACE.id;
      if (
        words[at] === id[from] && words[at + 1] === id[from + 1] &&
        words[at + 2] === id[from + 2] && words[at + 3] === id[from + 3]
      ) return i;
    }
    return -1;
  }

  #numberAt(slot: number): number {
    const { first, capacity } = this.ring;
    return first + ((slot - first) & (capacity - 1));
  }

  /** @param added A trace that counts although it has no spans yet. */
  #rebuild(added?: number): void {
    this.#byId.free();
    this.#byId = new HashTable(this.ring.capacity * 2);
    for (let number = this.ring.first; number < this.ring.end; number++) {
      const at = this.ring.at(number);
      if (number !== added && this.ring.words[at + TRACE.spanCount] === 0) continue;
      this.#byId.insert(hashId(this.ring.words, at + TRACE.id), this.ring.slot(number) + 1);
    }
  }
}

function hashId(id: ArrayLike<number>, from: number): number {
  return hashWords(id[from]! ^ id[from + 2]!, id[from + 1]!, id[from + 3]!);
}
