/** Calls a function after this many microtasks: by then, work that was due at once has run. */
export function afterMicrotasks(count: number, then: () => void): void {
  if (count === 0) then();
  else queueMicrotask(() => afterMicrotasks(count - 1, then));
}
