import { type Clock, type FakeMethod, install } from "@sinonjs/fake-timers";

/** Microtasks stay as they are, and so does what the runtime does by itself: connections, files, aborts. */
const FAKED: FakeMethod[] = [
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "Date",
  "performance",
];

/** The real ones, whatever a test puts in their place. */
const { setInterval, clearInterval } = globalThis;

let installed: Clock | undefined;

/** Time in the hands of a test; disposing gives the real clock back. */
export interface FakeTime extends Disposable {
  /** Lets so much time pass, with all that is due in it. */
  pass(millis: number): Promise<void>;
  /** Sets the clock ahead, as if what runs now had taken so long. */
  jump(millis: number): void;
}

/** Stops the clock, now or at a given time: timers fire when the test lets time pass. */
export function stopTime(now?: number): FakeTime {
  const clock = replaceClock(now);
  return {
    pass: async (millis) => void await clock.tickAsync(millis),
    jump: (millis) => void clock.tick(millis),
    [Symbol.dispose]: restoreClock,
  };
}

/** Makes time run ten times as fast, for what has to wait while other programs do their part. */
export function quickenTime(): Disposable {
  const stepMillis = 10;
  const clock = replaceClock();
  const ticking = setInterval(() => clock.tick(10 * stepMillis), stepMillis);
  return {
    [Symbol.dispose]() {
      clearInterval(ticking);
      restoreClock();
    },
  };
}

/**
 * Makes time jump to the next timer whenever there is one, so that waiting takes none. An answer that is
 * under way does not hold time up: code that limits its wait for one by a timer, or that looks at
 * intervals while it works, is for {@linkcode stopTime}.
 */
export function skipTime(): Disposable {
  replaceClock().setTickMode({ mode: "nextAsync" });
  return { [Symbol.dispose]: restoreClock };
}

function replaceClock(now?: number): Clock {
  // A test that took too long has not given it back.
  restoreClock();
  return installed = install({ now: now ?? Date.now(), toFake: FAKED });
}

function restoreClock(): void {
  installed?.uninstall();
  installed = undefined;
}
