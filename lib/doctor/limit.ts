import { NO_ANSWER } from "../connection_failure.ts";
import { inTime } from "../time.ts";

/** No step of the network may take longer. */
export const STEP_LIMIT_MS = 5_000;

/** Nobody answered in time. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

/**
 * The result of a step.
 *
 * @throws {NoAnswer} If it takes too long; what is open then is the caller's to close.
 */
export function withinLimit<T>(step: Promise<T>): Promise<T> {
  return inTime(STEP_LIMIT_MS, step, () => new NoAnswer(NO_ANSWER));
}
