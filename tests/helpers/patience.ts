/** The real clock, even while a test replaces it. */
const { setTimeout, clearTimeout, performance } = globalThis;

/** A test that waits longer than this for anything fails. */
export const PATIENCE_MS = 30_000;

/**
 * Waits for a promise, and fails if that takes too long.
 *
 * @param what Describes what is awaited, for the message; a function is called when time is up.
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

/** Milliseconds of the real clock since an arbitrary start. */
export function realNow(): number {
  return performance.now();
}

/** Waits in real time before the next poll, if there is no event to wait for. */
export function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
