/** Nearly every handler finishes within this many microtasks, or waits for something external. */
const QUICK_MICROTASKS = 16;

/**
 * How long a handler may take, once or twice, before the signal of its request is read. Reading
 * `request.signal` is expensive, and Deno 2.9 warns about it, once, if the request is answered after all. Before
 * 2.9, a signal that is read too late never fires, so there it is read without delay.
 */
const PATIENCE_MS = tellsLate() ? 500 : 0;

function tellsLate(): boolean {
  const { Deno: deno } = globalThis as { Deno?: { version?: { deno: string } } };
  return !!deno?.version && !/^2\.[0-8]\./.test(deno.version.deno);
}

/** Reads the signals of requests that have been slow since the last tick. */
let recent = new Set<() => void>();
/** The same for requests that were slow before it. */
let overdue = new Set<() => void>();
/** Shared, because a timer costs more than anything else here. It runs while any signal is unread. */
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  for (const look of overdue) look();
  overdue = recent;
  recent = new Set();
  timer = overdue.size ? setTimeout(tick, PATIENCE_MS) : undefined;
}

/**
 * Calls a function if the client of a request disconnects before the response. For quick responses, this costs
 * next to nothing.
 *
 * @returns A function to call after the response.
 */
export function watchClient(request: Request, leave: () => void): () => void {
  let isAnswered = false;
  let microtasks = 0;
  let signal: AbortSignal | undefined;

  function look(): void {
    signal = request.signal;
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave);
  }
  queueMicrotask(function wait() {
    if (isAnswered) return;
    if (++microtasks < QUICK_MICROTASKS) return queueMicrotask(wait);
    if (PATIENCE_MS === 0) return look();
    recent.add(look);
    timer ??= setTimeout(tick, PATIENCE_MS);
  });
  return () => {
    isAnswered = true;
    signal?.removeEventListener("abort", leave);
    const isLast = (recent.delete(look) || overdue.delete(look)) && !recent.size && !overdue.size;
    if (!isLast) return;
    clearTimeout(timer);
    timer = undefined;
  };
}
