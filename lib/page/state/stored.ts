/** What this browser keeps for the page under a name; undefined where it keeps nothing. */
export function readStored(name: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    // Storage may be forbidden, and is for files in some browsers: then nothing is kept.
    return undefined;
  }
}

/** Keeps a value under a name; undefined takes it away. */
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
