import { type Signal, SIGNALS } from "../../otlp/signal.ts";

/** What stands in a line. */
interface InLine {
  signal: Signal;
  /** Its position in arrival order, across signals. */
  sequence: number;
}

/** One line per signal, each in arrival order. */
export class Lines<Entry extends InLine> {
  readonly #lines = Object.fromEntries(
    SIGNALS.map((signal) => [signal, new Line<Entry>()]),
  ) as Record<Signal, Line<Entry>>;

  /** The number of entries in all lines. */
  get length(): number {
    return SIGNALS.reduce((sum, signal) => sum + this.#lines[signal].length, 0);
  }

  /** The entry that has waited longest, whatever its signal. */
  get oldest(): Entry | undefined {
    return SIGNALS.map((signal) => this.#lines[signal].first)
      .filter((entry) => entry !== undefined)
      .reduce<Entry | undefined>(
        (oldest, entry) => oldest && oldest.sequence < entry.sequence ? oldest : entry,
        undefined,
      );
  }

  has(signal: Signal): boolean {
    return this.#lines[signal].length > 0;
  }

  add(entry: Entry): void {
    this.#lines[entry.signal].add(entry);
  }

  /** Removes the oldest entry of a signal. */
  take(signal: Signal): Entry | undefined {
    return this.#lines[signal].take();
  }
}

/** First in, first out, without moving the rest each time. */
class Line<Entry> {
  #entries: (Entry | undefined)[] = [];
  #start = 0;

  get length(): number {
    return this.#entries.length - this.#start;
  }

  get first(): Entry | undefined {
    return this.#entries[this.#start];
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  take(): Entry | undefined {
    const entry = this.first;
    if (!entry) return undefined;
    this.#entries[this.#start++] = undefined;
    if (this.#start * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#start);
      this.#start = 0;
    }
    return entry;
  }
}
