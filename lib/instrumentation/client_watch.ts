/** Nearly every handler finishes within this many microtasks, or waits for something external. */
const QUICK_MICROTASKS = 16;

/**
 * How long a handler may take before the signal of its request is read. Reading `request.signal` is expensive,
 * and Deno 2.9 warns about it, once, if the request is answered after all. Before 2.9, a signal that is read
 * too late never fires, so there it is read without delay.
 */
const PATIENCE_MS = tellsLate() ? 1_000 : 0;

function tellsLate(): boolean {
  const { Deno: deno } = globalThis as { Deno?: { version?: { deno: string } } };
  const [major = 0, minor = 0] = deno?.version?.deno.split(".").map(Number) ?? [];
  return major > 2 || (major === 2 && minor >= 9);
}

/** An unanswered request whose handler is slow. */
interface Waiting {
  request: Request;
  sinceMillis: number;
  leave: () => void;
  /** Undefined until the signal is read. */
  signal: AbortSignal | undefined;
}

const waiting = new Set<Waiting>();
/** Those whose signal has not been read yet. */
let unseen = 0;
/** Runs while any signal is unread. */
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Calls a function if the client of a request disconnects before the response. For quick responses, this costs
 * next to nothing.
 *
 * @returns A function to call after the response.
 */
export function watchClient(request: Request, leave: () => void): () => void {
  let isAnswered = false;
  let microtasks = 0;
  let entry: Waiting | undefined;
  queueMicrotask(function wait() {
    if (isAnswered) return;
    if (++microtasks < QUICK_MICROTASKS) return queueMicrotask(wait);
    entry = { request, sinceMillis: performance.now(), leave, signal: undefined };
    waiting.add(entry);
    unseen++;
    if (PATIENCE_MS === 0) look(entry);
    else timer ??= setTimeout(lookAtAll, PATIENCE_MS);
  });
  return () => {
    isAnswered = true;
    if (entry) forget(entry);
  };
}

function forget(entry: Waiting): void {
  waiting.delete(entry);
  if (entry.signal) entry.signal.removeEventListener("abort", entry.leave);
  else if (--unseen === 0) {
    clearTimeout(timer);
    timer = undefined;
  }
}

/** Reads the signals of all requests that are overdue, and schedules the rest. */
function lookAtAll(): void {
  timer = undefined;
  const now = performance.now();
  for (const entry of [...waiting]) {
    if (entry.signal) continue;
    if (now - entry.sinceMillis >= PATIENCE_MS / 2) look(entry);
    else timer ??= setTimeout(lookAtAll, PATIENCE_MS);
  }
}

function look(entry: Waiting): void {
  const { request: { signal }, leave } = entry;
  entry.signal = signal;
  unseen--;
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave, { once: true });
}
