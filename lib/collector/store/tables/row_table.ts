import { HashTable, hashWords } from "./hash_table.ts";
import { RecordRing } from "./record_ring.ts";
import {
  IS_DEAD,
  IS_HASHED,
  KIND_MASK,
  ROW,
  ROW_WORDS,
  SCANNED,
  STATUS_MASK,
  TRACE,
} from "./span_layout.ts";
import type { TraceTable } from "./trace_table.ts";

/** The most spans of a trace that may share an id; more would be slow to look up. */
const MAX_SHARING = 100;

/** The spans of a trace with up to this many are compared one by one; of longer traces, all are hashed. */
const MAX_UNHASHED = 16;

const MIN_SLOTS = 128;

/**
 * The spans in order of arrival, found by trace and span id. The spans of a trace are linked. Most traces
 * are short, and their spans arrive together, so that looking through them takes less time than a hash
 * table, whose slots are all over the memory.
 */
export class RowTable {
  readonly ring = new RecordRing(ROW_WORDS);
  readonly #traces: TraceTable;
  /** The spans of long traces. */
  #bySpan = new HashTable(MIN_SLOTS);
  #hashedCount = 0;

  constructor(traces: TraceTable) {
    this.#traces = traces;
  }

  get byteLength(): number {
    return this.ring.byteLength + this.#bySpan.byteLength;
  }

  /** How many more bytes it may take if it gets this many more rows. */
  growthFor(count: number): number {
    const slots = slotsFor(this.#hashedCount + count, this.#bySpan.slots.length);
    return this.ring.growthFor(count) +
      (slots - this.#bySpan.slots.length) * this.#bySpan.slots.BYTES_PER_ELEMENT;
  }

  /**
   * The position in `ring.words` of a trace's span; -1 if it is not kept. If spans share an id, the first
   * one counts.
   */
  find(trace: number, id: ArrayLike<number>, from = 0): number {
    return this.#find(trace, id[from]!, id[from + 1]!, () => true);
  }

  /** The same, for a span of a kind: spans of several kinds may share an id. */
  findOfKind(trace: number, id: ArrayLike<number>, from: number, kind: number): number {
    const { words } = this.ring;
    return this.#find(
      trace,
      id[from]!,
      id[from + 1]!,
      (at) => (words[at + ROW.facts]! & KIND_MASK) === kind,
    );
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

  /** Adds a scanned span at the end of its trace; its scope number is relative to `firstScope`. */
  add(trace: number, scanned: Uint32Array, from: number, firstScope: number): number {
    const { capacity } = this.ring;
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
    if (this.ring.capacity !== capacity) this.#rebuild();
    this.#link(trace, number);
    return number;
  }

  /** Marks a row as dead, so that it is no longer found. */
  kill(number: number): void {
    const { words } = this.ring;
    const at = this.ring.at(number);
    if ((words[at + ROW.facts]! & IS_HASHED) !== 0) {
      this.#bySpan.remove(this.#slotOf(number), (value) => this.#hashAt((value - 1) * ROW_WORDS));
      this.#hashedCount--;
    }
    words[at + ROW.facts]! |= IS_DEAD;
  }

  /** Removes the oldest rows, which are dead. */
  shift(count: number): void {
    const { capacity } = this.ring;
    this.ring.shift(count);
    const { length } = this.#bySpan.slots;
    if (this.ring.capacity !== capacity || slotsFor(this.#hashedCount, length) < length) {
      this.#rebuild();
    }
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
    this.#hashedCount = 0;
    this.#rebuild();
  }

  /** Adds a row to its trace. */
  #link(trace: number, row: number): void {
    const { words } = this.#traces.ring;
    const at = this.#traces.ring.at(trace);
    const count = ++words[at + TRACE.spanCount]!;
    if (count === 1) words[at + TRACE.firstRow] = row;
    else this.ring.words[this.ring.at(words[at + TRACE.lastRow]!) + ROW.next] = row;
    words[at + TRACE.lastRow] = row;
    if (count <= MAX_UNHASHED) return;
    if (count > MAX_UNHASHED + 1) return this.#hash(row);
    let next = words[at + TRACE.firstRow]!;
    for (let left = count; left > 0; left--) {
      this.#hash(next);
      next = this.ring.words[this.ring.at(next) + ROW.next]!;
    }
  }

  #hash(row: number): void {
    const at = this.ring.at(row);
    this.ring.words[at + ROW.facts]! |= IS_HASHED;
    const { length } = this.#bySpan.slots;
    if (slotsFor(++this.#hashedCount, length) > length) this.#rebuild();
    else this.#bySpan.insert(this.#hashAt(at), this.ring.slot(row) + 1);
  }

  /** Finds the first span of a trace with an id that is meant. Returns its position, or -1. */
  #find(trace: number, id0: number, id1: number, isMeant: (at: number) => boolean): number {
    const { words } = this.ring;
    const traces = this.#traces.ring.words;
    const traceAt = this.#traces.ring.at(trace);
    const count = traces[traceAt + TRACE.spanCount]!;
    if (count > MAX_UNHASHED) return this.#findHashed(trace >>> 0, id0, id1, isMeant);
    let row = traces[traceAt + TRACE.firstRow]!;
    for (let left = count; left > 0; left--) {
      const at = this.ring.at(row);
      const isFound = words[at + ROW.spanId + 1] === id1 && words[at + ROW.spanId] === id0;
      if (isFound && isMeant(at)) return at;
      row = words[at + ROW.next]!;
    }
    return -1;
  }

  #findHashed(trace: number, id0: number, id1: number, isMeant: (at: number) => boolean): number {
    const { words } = this.ring;
    const { slots } = this.#bySpan;
    for (
      let i = this.#bySpan.start(hashWords(trace, id0, id1));
      slots[i] !== 0;
      i = this.#bySpan.next(i)
    ) {
      const at = (slots[i]! - 1) * ROW_WORDS;
      if (
        words[at + ROW.spanId] === id0 && words[at + ROW.spanId + 1] === id1 &&
        words[at + ROW.trace] === trace && isMeant(at)
      ) return at;
    }
    return -1;
  }

  /** The slot of a hashed row. */
  #slotOf(row: number): number {
    const { slots } = this.#bySpan;
    const value = this.ring.slot(row) + 1;
    let i = this.#bySpan.start(this.#hashAt(this.ring.at(row)));
    while (slots[i] !== value) i = this.#bySpan.next(i);
    return i;
  }

  #hashAt(at: number): number {
    const { words } = this.ring;
    return hashWords(words[at + ROW.trace]!, words[at + ROW.spanId]!, words[at + ROW.spanId + 1]!);
  }

  #rebuild(): void {
    const slots = slotsFor(this.#hashedCount, this.#bySpan.slots.length);
    this.#bySpan.free();
    this.#bySpan = new HashTable(slots);
    if (this.#hashedCount === 0) return;
    const { words } = this.ring;
    for (let number = this.ring.first; number < this.ring.end; number++) {
      const at = this.ring.at(number);
      if ((words[at + ROW.facts]! & (IS_DEAD | IS_HASHED)) !== IS_HASHED) continue;
      this.#bySpan.insert(this.#hashAt(at), this.ring.slot(number) + 1);
    }
  }
}

/** The size of a hash table for that many spans: at least double, and less than eight times as many. */
function slotsFor(count: number, slots: number): number {
  while (slots < 2 * count) slots *= 2;
  while (slots > MIN_SLOTS && slots > 8 * count) slots /= 2;
  return slots;
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
