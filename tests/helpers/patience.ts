/** The real clock, whatever a test puts in its place. */
const { setTimeout, clearTimeout, performance } = globalThis;

/** A test that waits longer than this for anything has failed. */
export const PATIENCE_MS = 30_000;

/**
 * Waits for a promise, and fails when that takes too long.
 *
 * @param what What is waited for, for the message; or a function that says it once time is up.
 */
export async function within<T>(
  promise: PromiseLike<T>,
  what: string | (() => string),
  millis = PATIENCE_MS,
): Promise<T> {
  const { promise: patience, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const text = typeof what === "string" ? what : what();
    reject(new Error(`Waited ${Math.ceil(millis / 1000)} s in vain for ${text}`));
  }, millis);
  try {
    return await Promise.race([promise, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds of the real clock, since some time. */
export function realNow(): number {
  return performance.now();
}

/** Lets real time pass, between two looks at what has no event to wait for. */
export function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
