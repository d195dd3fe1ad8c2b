/** A timer that is set for longer fires at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Resolves after the time, or as soon as the signal aborts: who sleeps goes on and looks. (`delay()` of
 * `@std/async` rejects instead.)
 */
export function sleep(millis: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal?.aborted) resolve();
  const timer = setTimeout(resolve, Math.min(millis, MAX_TIMER_MS));
  const wake = () => resolve();
  signal?.addEventListener("abort", wake, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", wake);
  });
}

/**
 * Waits for the work, but no longer than given; tells whether it was done. What it does later, failing
 * included, is nobody's concern.
 *
 * @throws What the work fails with in time.
 */
export async function within(millis: number, work: Promise<unknown>): Promise<boolean> {
  const late = Symbol();
  return await inTime(millis, work, () => late).then(() => true, (error) => {
    if (error === late) return false;
    throw error;
  });
}

/**
 * The result of the work, if it comes in time; Infinity is no limit.
 *
 * @throws What `late` makes if it does not. What the work holds is the caller's to close then.
 */
export async function inTime<T>(
  millis: number,
  work: Promise<T>,
  late: () => unknown,
): Promise<T> {
  if (millis === Infinity) return await work;
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), millis);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}

/**
 * A signal that aborts as soon as one of the given ones does. What `AbortSignal.any()` returns can be
 * garbage collected while somebody listens to it, and then never aborts, in Deno 2.7; 2.9 keeps it:
 * https://github.com/denoland/deno/issues/29075
 */
export function anySignal(...signals: AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true, signal: controller.signal });
  }
  return controller.signal;
}
