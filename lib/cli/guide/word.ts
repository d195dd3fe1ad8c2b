import type { CommandContext } from "../command.ts";
import type { GivenGuideFlags } from "./guide_flags.ts";
import type { Session } from "./session.ts";

/** What `guide` can be told to do, and whether a step may follow. */
export const WORDS = {
  list: "All steps, and how far you are",
  show: "The text of a step",
  check: "Look whether a step is done; with --all, every step",
  hint: "A question first, then where to look, then the exact change",
  solve: "Apply the solution, and check it",
  reset: "Begin a step anew; with --all, the course",
  goto: "Go to a step",
  summary: "What you did, with the ids of your traces",
} as const;

/** One of them. */
export type Word = keyof typeof WORDS;

/** A word to run, and what with. */
export interface WordOptions {
  session: Session;
  stepName: string | undefined;
  isAll: boolean;
  isJson: boolean;
  /** For flags that a single word has. */
  flags: GivenGuideFlags;
  maxPatienceMillis?: number;
}

/** Runs one word; the exit code. */
export type RunWord = (
  word: Word,
  options: WordOptions,
  context: CommandContext,
) => Promise<number>;
