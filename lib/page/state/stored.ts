/** The value that this browser stores under a name; undefined if there is none. */
export function readStored(name: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    // Storage may be blocked, as it is for files in some browsers: then nothing is stored.
    return undefined;
  }
}

/** Stores a value under a name; undefined removes it. */
export function writeStored(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), value);
  } catch {
    // As above.
  }
}

function keyOf(name: string): string {
  return `otel-kit.${name}`;
}
