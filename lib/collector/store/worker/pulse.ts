import { type Signal, SIGNALS } from "../../../otlp/signal.ts";

const BEATS = SIGNALS.length;
const HEAP_MIB = BEATS + 1;
const LENGTH = HEAP_MIB + 1;

/** What a worker reports about itself, in memory that outlives it. */
export type PulseWords = Float64Array<SharedArrayBuffer>;

/** Reads a worker's report or, in the worker, writes it. */
export class Pulse {
  readonly words: PulseWords;

  constructor(
    words: PulseWords = new Float64Array(
      new SharedArrayBuffer(LENGTH * Float64Array.BYTES_PER_ELEMENT),
    ),
  ) {
    this.words = words;
  }

  /** How many spans, data points and log records are kept, in the order of `SIGNALS`. */
  get kept(): number[] {
    return [...this.words.subarray(0, BEATS)];
  }

  /** Increases while the worker makes progress; stays the same while it is busy with a single task. */
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

  /** Call this before another worker starts. */
  reset(): void {
    this.words.fill(0);
  }
}
