import { NO_ANSWER } from "../connection_failure.ts";

/** No step of the network may take longer. */
export const STEP_LIMIT_MS = 5_000;

/** Nobody answered in time. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

/**
 * The result of the work, if it comes in time.
 *
 * @throws {NoAnswer} If it does not; what is open then is the caller's to close.
 */
export async function inTime<T>(work: Promise<T>, limitMillis = STEP_LIMIT_MS): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new NoAnswer(NO_ANSWER)), limitMillis);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
