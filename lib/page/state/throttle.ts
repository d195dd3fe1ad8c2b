import { useRef } from "preact/hooks";
import { sleep } from "../../time.ts";

/** A {@linkcode throttle} for a component; it calls the function of the last render. */
export function useThrottled(call: () => void | Promise<void>, millis: number): () => void {
  const latest = useRef(call);
  latest.current = call;
  const throttled = useRef<() => void>();
  return throttled.current ??= throttle(() => latest.current(), millis);
}

/**
 * Calls at most once in `millis`: at once after a quiet period, otherwise when the time is over. Work that
 * takes longer is waited for, and after that as long again, so that it leaves time for others. The work must
 * not fail.
 */
export function throttle(call: () => void | Promise<void>, millis: number): () => void {
  let isRunning = false;
  let isWanted = false;
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };

  async function run(): Promise<void> {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      const start = performance.now();
      await call();
      const tookMillis = performance.now() - start;
      await sleep(Math.max(millis - tookMillis, tookMillis));
    }
    isRunning = false;
  }
}
