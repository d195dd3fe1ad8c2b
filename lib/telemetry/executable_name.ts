/** What is read, or nothing: what we may not know, we do not say. */
export function ifPermitted<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return undefined;
  }
}

/** The file that runs, without its folder. */
export function executableName(): string | undefined {
  return ifPermitted(() => Deno.execPath().split(/[\\/]/).at(-1));
}
