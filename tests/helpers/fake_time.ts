import { type Clock, type FakeMethod, install } from "@sinonjs/fake-timers";

/** Excludes microtasks and the runtime's own work: connections, files, aborts. */
const FAKED: FakeMethod[] = [
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "Date",
  "performance",
];

/** The real functions, even while a test replaces them. */
const { setInterval, clearInterval } = globalThis;

let installed: Clock | undefined;

/** A clock that the test controls. Disposing it restores the real one. */
export interface FakeTime extends Disposable {
  /** Advances time by this much and runs everything due in it. */
  pass(millis: number): Promise<void>;
  /** Moves the clock forward, as if the current work had taken this long. */
  jump(millis: number): void;
}

/** Stops the clock, now or at a given time. Timers fire when the test advances time. */
export function stopTime(now?: number): FakeTime {
  const clock = replaceClock(now);
  return {
    pass: async (millis) => void await clock.tickAsync(millis),
    jump: (millis) => void clock.tick(millis),
    [Symbol.dispose]: restoreClock,
  };
}

/** Makes time run ten times as fast, for code that must wait while other programs do their work. */
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
 * Jumps to the next timer whenever there is one, so that waiting takes no time. A pending answer doesn't
 * hold up the clock: for code that times out an answer, or polls while it works, use {@linkcode stopTime}.
 */
export function skipTime(): Disposable {
  replaceClock().setTickMode({ mode: "nextAsync" });
  return { [Symbol.dispose]: restoreClock };
}

function replaceClock(now?: number): Clock {
  // A test that timed out hasn't restored it.
  restoreClock();
  return installed = install({ now: now ?? Date.now(), toFake: FAKED });
}

function restoreClock(): void {
  installed?.uninstall();
  installed = undefined;
}
