import type { ClassLearner } from "./class_view.ts";
import type { LearnerReport } from "./report.ts";
import { type Rate, TokenBucket } from "./token_bucket.ts";

/** Far more than a room holds; a sender that invents names gets no further. */
export const MAX_LEARNERS = 100;

/** A guide reports changes, at most twice a second, and otherwise every 20 s. */
const LEARNER_RATE: Rate = { burst: 10, perSecond: 2 };

const NAMES = new Intl.Collator("en", { numeric: true });

/** What became of a report. */
export type Admission = "accepted" | "full" | "too often";

/** Options of {@linkcode Roster}. */
export interface RosterOptions {
  maxLearners?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

interface Entry {
  learner: ClassLearner;
  bucket: TokenBucket;
}

/** The learners of a class by name. It is in memory only, and nothing in it outlives the class. */
export class Roster {
  readonly maxLearners: number;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(learner?: ClassLearner) => void>();

  constructor({ maxLearners = MAX_LEARNERS, now = Date.now }: RosterOptions = {}) {
    this.maxLearners = maxLearners;
    this.#now = now;
  }

  /** In the order of their names. */
  get learners(): ClassLearner[] {
    return [...this.#entries.values()].map(({ learner }) => learner)
      .sort((a, b) => NAMES.compare(a.name, b.name));
  }

  /** Adds a learner, or replaces what is known about one; two with the same name share a row. */
  report(report: LearnerReport): Admission {
    const now = this.#now();
    const before = this.#entries.get(report.name);
    if (!before && this.#entries.size >= this.maxLearners) return "full";
    const bucket = before?.bucket ?? new TokenBucket(LEARNER_RATE, now);
    if (!bucket.take(now)) return "too often";
    const isSame = before?.learner.step === report.step;
    const learner = { ...report, stepSince: isSame ? before!.learner.stepSince : now, seenAt: now };
    this.#entries.set(report.name, { learner, bucket });
    this.#tell(learner);
    return "accepted";
  }

  /** Forgets all learners; returns how many there were. */
  clear(): number {
    const { size } = this.#entries;
    this.#entries.clear();
    this.#tell();
    return size;
  }

  /** Calls the listener with every reported learner, and without one after {@linkcode clear}. */
  subscribe(listener: (learner?: ClassLearner) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  #tell(learner?: ClassLearner): void {
    for (const listener of this.#listeners) listener(learner);
  }
}
