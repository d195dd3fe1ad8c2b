/** Receives a signal of this process. */
export type SignalListener = (signal: Deno.Signal) => void;

/** The signals that ask the program to end, and their receivers. */
export interface Signals {
  /** Aborts at the first one. */
  stop: AbortSignal;
  /** Redirects these signals to the listener only, until disposed. */
  take(signals: readonly Deno.Signal[], listener: SignalListener): Disposable;
}

/**
 * The signals that ask the program to end, with their numbers, which determine the exit code of a forced end.
 */
const STOP_SIGNALS: readonly (readonly [Deno.Signal, number])[] = Deno.build.os === "windows"
  ? [["SIGINT", 2], ["SIGBREAK", 21]]
  : [["SIGINT", 2], ["SIGTERM", 15]];

/** Listens for Ctrl-C and SIGTERM; a second one ends the process at once. */
export function listenForSignals(exit: (code: number) => void): Signals {
  const stop = new AbortController();
  let taken = 0;
  for (const [signal, number] of STOP_SIGNALS) {
    Deno.addSignalListener(signal, () => {
      if (taken > 0) return;
      if (stop.signal.aborted) exit(128 + number);
      stop.abort();
    });
  }
  return {
    stop: stop.signal,
    take(signals, listener) {
      const handlers = signals.map((signal) => [signal, () => listener(signal)] as const);
      for (const [signal, handler] of handlers) Deno.addSignalListener(signal, handler);
      taken++;
      return {
        [Symbol.dispose]() {
          for (const [signal, handler] of handlers) Deno.removeSignalListener(signal, handler);
          taken--;
        },
      };
    },
  };
}
