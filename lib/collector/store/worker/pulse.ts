import { type Signal, SIGNALS } from "../../../otlp/signal.ts";

const BEATS = SIGNALS.length;
const HEAP_MIB = BEATS + 1;
const LENGTH = HEAP_MIB + 1;

/** What a worker tells of itself at any time, in memory that outlives it. */
export type PulseWords = Float64Array<SharedArrayBuffer>;

/** Reads what a worker tells, or, in the worker, tells it. */
export class Pulse {
  readonly words: PulseWords;

  constructor(
    words: PulseWords = new Float64Array(
      new SharedArrayBuffer(LENGTH * Float64Array.BYTES_PER_ELEMENT),
    ),
  ) {
    this.words = words;
  }

  /** Spans, data points and log records that are kept, in the order of `SIGNALS`. */
  get kept(): number[] {
    return [...this.words.subarray(0, BEATS)];
  }

  /** Grows while the worker does one thing after another, and stands still while it does a single one. */
  get beats(): number {
    return this.words[BEATS]!;
  }

  /** How much of its heap was in use at the last beat. */
  get heapMiB(): number {
    return this.words[HEAP_MIB]!;
  }

  noteKept(kept: (signal: Signal) => number): void {
    SIGNALS.forEach((signal, i) => this.words[i] = kept(signal));
  }

  beat(heapMiB: number): void {
    this.words[BEATS]!++;
    this.words[HEAP_MIB] = heapMiB;
  }

  /** Another worker begins. */
  reset(): void {
    this.words.fill(0);
  }
}
