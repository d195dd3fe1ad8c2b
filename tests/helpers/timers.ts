/** Timers that run when the test says so. */
export interface ReplacedTimers extends Disposable {
  /** Runs all that are set now, in the order in which they were set. */
  run(): void;
}

/** Replaces `setTimeout()` and `clearTimeout()` until disposed. */
export function replaceTimers(): ReplacedTimers {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<number, () => void>();
  let next = 1;
  Object.assign(globalThis, {
    setTimeout(callback: () => void) {
      timers.set(next, callback);
      return next++;
    },
    clearTimeout: (timer: number) => void timers.delete(timer),
  });
  return {
    run() {
      for (const [timer, callback] of [...timers]) {
        if (timers.delete(timer)) callback();
      }
    },
    [Symbol.dispose]: () => void Object.assign(globalThis, { setTimeout, clearTimeout }),
  };
}
