/** The value, or undefined if reading it is not permitted. */
export function ifPermitted<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return undefined;
  }
}

/** The name of the running executable, without its folder. */
export function executableName(): string | undefined {
  return ifPermitted(() => Deno.execPath().split(/[\\/]/).at(-1));
}
