import { HashTable, hashWords } from "./hash_table.ts";
import { RecordRing } from "./record_ring.ts";
import { IS_DEAD, KIND_MASK, ROW, ROW_WORDS, STATUS_MASK } from "./span_layout.ts";
import { SCANNED } from "./span_layout.ts";

/** The most spans of a trace that may share an id; more would be slow to look up. */
const MAX_SHARING = 100;

/** The spans in order of arrival, found by trace and span id. */
export class RowTable {
  readonly ring = new RecordRing(ROW_WORDS);
  #bySpan = new HashTable(this.ring.capacity * 2);

  get byteLength(): number {
    return this.ring.byteLength + this.#bySpan.byteLength;
  }

  /** How many more bytes it takes if it gets this many more rows. */
  growthFor(count: number): number {
    return this.ring.growthFor(count) * this.byteLength / this.ring.byteLength;
  }

  /**
   * The position in `ring.words` of a trace's span; -1 if it is not kept. If spans share an id, the first
   * one counts.
   */
  find(trace: number, id: ArrayLike<number>, from = 0): number {
    const slot = this.#find(trace, id[from]!, id[from + 1]!, () => true);
    return slot < 0 ? -1 : (this.#bySpan.slots[slot]! - 1) * ROW_WORDS;
  }

  /** Whether a scanned span is already kept. A different span with the same id does not count. */
  isRepeated(trace: number, scanned: Uint32Array, from: number): boolean {
    const { words } = this.ring;
    const id = from + SCANNED.spanId;
    let sharing = 0;
    return this.#find(
      trace,
      scanned[id]!,
      scanned[id + 1]!,
      (at) => isSameSpan(words, at, scanned, from) || ++sharing === MAX_SHARING,
    ) >= 0;
  }

  /** Adds a scanned span; its scope number is relative to `firstScope`. */
  add(trace: number, scanned: Uint32Array, from: number, firstScope: number): number {
    const capacity = this.ring.capacity;
    const number = this.ring.push();
    const at = this.ring.at(number);
    const { words } = this.ring;
    words[at + ROW.trace] = trace;
    words[at + ROW.spanId] = scanned[from + SCANNED.spanId]!;
    words[at + ROW.spanId + 1] = scanned[from + SCANNED.spanId + 1]!;
    words[at + ROW.parentSpanId] = scanned[from + SCANNED.parentSpanId]!;
    words[at + ROW.parentSpanId + 1] = scanned[from + SCANNED.parentSpanId + 1]!;
    words[at + ROW.start] = scanned[from + SCANNED.start]!;
    words[at + ROW.start + 1] = scanned[from + SCANNED.start + 1]!;
    words[at + ROW.end] = scanned[from + SCANNED.end]!;
    words[at + ROW.end + 1] = scanned[from + SCANNED.end + 1]!;
    words[at + ROW.facts] = scanned[from + SCANNED.facts]!;
    words[at + ROW.name] = scanned[from + SCANNED.name]!;
    words[at + ROW.service] = scanned[from + SCANNED.service]!;
    words[at + ROW.scope] = firstScope + scanned[from + SCANNED.scope]!;
    words[at + ROW.offset] = scanned[from + SCANNED.offset]!;
    words[at + ROW.length] = scanned[from + SCANNED.length]!;
    if (this.ring.capacity === capacity) {
      const hash = hashWords(trace, words[at + ROW.spanId]!, words[at + ROW.spanId + 1]!);
      this.#bySpan.insert(hash, this.ring.slot(number) + 1);
    } else this.#rebuild();
    return number;
  }

  /** Marks a row as dead, so that it is no longer found. */
  kill(number: number): void {
    const { words } = this.ring;
    const at = this.ring.at(number);
    const slot = this.#find(
      words[at + ROW.trace]!,
      words[at + ROW.spanId]!,
      words[at + ROW.spanId + 1]!,
      (found) => found === at,
    );
    this.#bySpan.remove(slot, (value) => {
      const other = (value - 1) * ROW_WORDS;
      return hashWords(
        words[other + ROW.trace]!,
        words[other + ROW.spanId]!,
        words[other + ROW.spanId + 1]!,
      );
    });
    words[at + ROW.facts]! |= IS_DEAD;
  }

  /** Removes the oldest rows, which are dead. */
  shift(count: number): void {
    const { capacity } = this.ring;
    this.ring.shift(count);
    if (this.ring.capacity !== capacity) this.#rebuild();
  }

  /** Where the most recently added spans lie in their request. */
  lastOffsets(count: number): Set<number> {
    const offsets = new Set<number>();
    for (let row = this.ring.end - count; row < this.ring.end; row++) {
      offsets.add(this.ring.words[this.ring.at(row) + ROW.offset]!);
    }
    return offsets;
  }

  clear(): void {
    this.ring.clear();
    this.#bySpan.free();
    this.#bySpan = new HashTable(this.ring.capacity * 2);
  }

  #find(trace: number, id0: number, id1: number, isMeant: (at: number) => boolean): number {
    const { words } = this.ring;
    const { slots } = this.#bySpan;
    const low = trace >>> 0;
    for (
      let i = this.#bySpan.start(hashWords(trace, id0, id1));
      slots[i] !== 0;
      i = this.#bySpan.next(i)
    ) {
      const at = (slots[i]! - 1) * ROW_WORDS;
      if (
        words[at + ROW.spanId] === id0 && words[at + ROW.spanId + 1] === id1 &&
        words[at + ROW.trace] === low && isMeant(at)
      ) return i;
    }
    return -1;
  }

  #rebuild(): void {
    this.#bySpan.free();
    this.#bySpan = new HashTable(this.ring.capacity * 2);
    const { words } = this.ring;
    for (let number = this.ring.first; number < this.ring.end; number++) {
      const at = this.ring.at(number);
      if ((words[at + ROW.facts]! & IS_DEAD) !== 0) continue;
      this.#bySpan.insert(
        hashWords(words[at + ROW.trace]!, words[at + ROW.spanId]!, words[at + ROW.spanId + 1]!),
        this.ring.slot(number) + 1,
      );
    }
  }
}

/** Whether name, kind and start are equal, and also either the service or everything else in the rows. */
function isSameSpan(row: Uint32Array, at: number, scanned: Uint32Array, from: number): boolean {
  const changed = row[at + ROW.facts]! ^ scanned[from + SCANNED.facts]!;
  const isSame = (inRow: number, inScanned: number) =>
    row[at + inRow] === scanned[from + inScanned];
  return isSame(ROW.start + 1, SCANNED.start + 1) && isSame(ROW.start, SCANNED.start) &&
    isSame(ROW.name, SCANNED.name) && (changed & KIND_MASK) === 0 &&
    (isSame(ROW.service, SCANNED.service) ||
      (changed & STATUS_MASK) === 0 && isSame(ROW.length, SCANNED.length) &&
        isSame(ROW.end, SCANNED.end) && isSame(ROW.end + 1, SCANNED.end + 1) &&
        isSame(ROW.parentSpanId, SCANNED.parentSpanId) &&
        isSame(ROW.parentSpanId + 1, SCANNED.parentSpanId + 1));
}
