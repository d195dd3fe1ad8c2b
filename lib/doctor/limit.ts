import { NO_ANSWER } from "../connection_failure.ts";
import { inTime } from "../time.ts";

/** The maximum time of a network step. */
export const STEP_LIMIT_MS = 5_000;

/** There was no response in time. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

/**
 * The result of a step.
 *
 * @throws {NoAnswer} If it takes too long; the caller closes what is open.
 */
export function withinLimit<T>(step: Promise<T>): Promise<T> {
  return inTime(STEP_LIMIT_MS, step, () => new NoAnswer(NO_ANSWER));
}
