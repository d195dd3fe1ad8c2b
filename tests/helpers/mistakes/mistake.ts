/** The mistakes that learners typically make. Each step has a row for each, or cannot have it. */
export const TYPICAL = [
  "app not started",
  "port taken",
  "base app on the port",
  "wrong file",
  "wrong port",
  "wrong protocol",
  "wrong name",
  "exporter none",
  "forgotten import",
  "syntax error",
  "missing return",
  "span not ended",
  "no shutdown",
  "no deno",
] as const;

export type Typical = typeof TYPICAL[number];

/** What a learner did wrong, or left out. */
export interface Mistake {
  /** The file that runs. Solved, unless it is `base.ts`. */
  runs?: string;
  /** The flags of the launcher, which launches that file, or the app in the program. Nothing runs without both. */
  auto?: string[];
  env?: Record<string, string>;
  /** Another file of the solution that the learner has; `base.ts` is the template's. */
  file?: string;
  /** Changes to that file, or to the one that runs. */
  edit?: [from: string | RegExp, to: string];
  /** Runs the learner's Collector, with this change to a solution's file. The app sends to it. */
  lab?: { from: string; file?: string; edit?: [from: string, to: string] };
  /** More requests than those that every app gets. */
  paths?: string[];
  /** Whether another program, which doesn't speak HTTP, has the port. */
  isTaken?: boolean;
  /** Whether the file doesn't run, so that nobody waits for it. */
  endsAtOnce?: boolean;
  /** Whether the app stops right after a request, during the check. */
  stopsDuring?: boolean;
  /** Whether there is no Deno on the learner's `PATH`. The guide is the executable then. */
  hasNoDeno?: boolean;
  /** Whether all questions are answered wrongly; otherwise, none is answered. */
  isWrong?: boolean;
  /** A file that is missing, after the step's command was run. */
  misses?: string;
  /** Whether no server runs. */
  hasNoServers?: boolean;
}

/** A mistake in a step, and what must be said about it. */
export type Row = [step: string, what: string, mistake: Mistake, said: RegExp];
