import type { CommandContext } from "../command.ts";
import type { GivenGuideFlags } from "./guide_flags.ts";
import type { Session } from "./session.ts";

/** The words of `guide`, and whether a step may follow. */
export const WORDS = {
  list: "List all steps and your progress",
  show: "Print the text of a step",
  check: "Check whether a step is done; with --all, check every step",
  hint: "Print a hint for what is wrong, then a question, where to look, the exact change",
  diff: "Compare your program with the step's solution",
  solve: "Apply the solution and check it",
  reset: "Start a step over; with --all, the whole course",
  goto: "Go to a step",
  saw: "Show the guide a response: curl -si localhost:5000 | otel-kit guide saw",
  dashboard: "Draw the queries in your red.rules.yaml side by side, as a page",
  certificate: "Write a certificate with your name, to certificate.html or --out",
  summary: "Print what you did, with your traces as text",
} as const;

/** One of them. */
export type Word = keyof typeof WORDS;

/** A word to run, with its arguments. */
export interface WordOptions {
  session: Session;
  stepName: string | undefined;
  isAll: boolean;
  isJson: boolean;
  /** For flags of a single word. */
  flags: GivenGuideFlags;
  maxPatienceMillis?: number;
}

/** Runs one word; returns the exit code. */
export type RunWord = (
  word: Word,
  options: WordOptions,
  context: CommandContext,
) => Promise<number>;
