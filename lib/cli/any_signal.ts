/**
 * A signal that aborts as soon as one of the given ones does. `AbortSignal.any()` of Deno 2.7 would
 * not do: what it returns can be garbage collected while a request still waits for it, and then never
 * aborts.
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
