/** Nearly every handler is done after so many microtasks, or waits for something outside. */
const QUICK_MICROTASKS = 16;

/**
 * How long a handler may take before somebody looks whether its client is still there. To look at
 * `request.signal` is dear, and Deno 2.9 warns about it, once, if the request is answered after all.
 * Before 2.9 a signal that is looked at too late tells nothing, so there it is looked at without delay.
 */
const PATIENCE_MS = tellsLate() ? 1_000 : 0;

function tellsLate(): boolean {
  const { Deno: deno } = globalThis as { Deno?: { version?: { deno: string } } };
  const [major = 0, minor = 0] = deno?.version?.deno.split(".").map(Number) ?? [];
  return major > 2 || (major === 2 && minor >= 9);
}

/** A request that is not answered yet, whose handler is not quick. */
interface Waiting {
  request: Request;
  sinceMillis: number;
  leave: () => void;
  /** Undefined as long as nobody has looked. */
  signal: AbortSignal | undefined;
}

const waiting = new Set<Waiting>();
/** Of these, whose signal nobody has looked at. */
let unseen = 0;
/** Runs while there are any unseen. */
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Calls a function when the client of a request goes away before it was answered. Where the answer is
 * quick, this costs next to nothing.
 *
 * @returns A function to call when the request has been answered.
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

/** Looks at all that wait for long, and comes again for the others. */
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
