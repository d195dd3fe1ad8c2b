import { SEVERITIES } from "../../../otlp/severity.ts";
import { timeStep } from "../../../query/time_step.ts";
import type { LogQuery, LogSeverity, LogVolume } from "../../model.ts";

/** More bars would be too thin. */
const MOST_STEPS = 60;
/** More records take too long to count. */
const MOST_RECORDS = 500_000;

/** The least severe first. */
const NAMES: readonly LogSeverity[] = ["unspecified", ...SEVERITIES.map(({ name }) => name)];

/** Collects the times and severities of log records, and counts them in steps of a round length. */
export class LogVolumeCounter {
  readonly #query: LogQuery;
  readonly #millis: number[] = [];
  readonly #levels: number[] = [];

  /** @param query With times, the steps cover them; otherwise they cover the records. */
  constructor(query: LogQuery) {
    this.#query = query;
  }

  /** Whether no more records are counted. */
  get isFull(): boolean {
    return this.#millis.length >= MOST_RECORDS;
  }

  /** Counts a record. Time 0 means that it has none: it is in the total, but in no step. */
  add(unixMillis: number, severityNumber: number): void {
    this.#millis.push(unixMillis);
    this.#levels.push(SEVERITIES.findLastIndex(({ from }) => severityNumber >= from) + 1);
  }

  volume(): LogVolume {
    const { timeMinUnixNano, timeMaxUnixNano } = this.#query;
    const [earliest, latest] = this.#extent();
    const first = millisOf(timeMinUnixNano) ?? earliest;
    const last = Math.max(millisOf(timeMaxUnixNano) ?? latest, first);
    const stepMillis = timeStep(Math.max(1, (last - first) / (MOST_STEPS - 1)));
    const startMillis = Math.floor(first / stepMillis) * stepMillis;
    const steps = Math.floor((last - startMillis) / stepMillis) + 1;
    const counts = NAMES.map(() => new Array<number>(steps).fill(0));
    for (const [index, millis] of this.#millis.entries()) {
      const step = Math.floor((millis - startMillis) / stepMillis);
      if (millis > 0 && step >= 0 && step < steps) counts[this.#levels[index]!]![step]!++;
    }
    const severities = NAMES.map((name, level) => ({ name, counts: counts[level]! }))
      .filter(({ counts }) => counts.some((count) => count > 0));
    return { startMillis, stepMillis, severities, total: this.#millis.length };
  }

  /** The times of the first and the last record; 0 without any. */
  #extent(): [number, number] {
    let earliest = Infinity;
    let latest = 0;
    for (const millis of this.#millis) {
      if (millis === 0) continue;
      earliest = Math.min(earliest, millis);
      latest = Math.max(latest, millis);
    }
    return latest === 0 ? [0, 0] : [earliest, latest];
  }
}

function millisOf(unixNano: string | undefined): number | undefined {
  return unixNano === undefined ? undefined : Number(BigInt(unixNano) / 1_000_000n);
}
