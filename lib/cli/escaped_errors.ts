/** Takes an error that nothing caught. */
export type EscapedErrorListener = (error: unknown) => void;

/**
 * Hands errors that nothing caught to the listener, until disposed; the program goes on. This is for
 * programs that serve others: each connection and request is on its own, and one that breaks must not
 * end the rest.
 *
 * @param target Where such errors arrive: the process, unless a test says otherwise.
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
