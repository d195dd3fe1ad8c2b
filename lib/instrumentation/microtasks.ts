/** Calls a function after so many microtasks: what is due at once and no longer than that has run then. */
export function afterMicrotasks(count: number, then: () => void): void {
  if (count === 0) then();
  else queueMicrotask(() => afterMicrotasks(count - 1, then));
}
