/** Receives an uncaught error. */
export type EscapedErrorListener = (error: unknown) => void;

/**
 * Passes uncaught errors to the listener until disposed; the program continues. This is for servers:
 * connections and requests are independent, and one that fails must not end the others.
 *
 * @param target The source of the errors: the process, unless a test replaces it.
 */
export function catchEscapedErrors(
  listener: EscapedErrorListener,
  target: EventTarget = globalThis,
): Disposable {
  const listening = new AbortController();
  const { signal } = listening;
  target.addEventListener("error", (event) => {
    event.preventDefault();
    listener((event as ErrorEvent).error);
  }, { signal });
  target.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    listener((event as PromiseRejectionEvent).reason);
  }, { signal });
  return { [Symbol.dispose]: () => listening.abort() };
}
