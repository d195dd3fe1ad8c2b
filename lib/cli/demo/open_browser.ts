/** What opens an address in the browser of the person, by system. */
const OPENERS: Partial<Record<typeof Deno.build.os, readonly string[]>> = {
  darwin: ["open"],
  windows: ["cmd", "/c", "start", ""],
};

/** How long it may take to see that it failed. */
const PATIENCE_MS = 2000;

/** Opens an address in the browser; false where there is none, or no right to start it. */
export async function openBrowser(url: string): Promise<boolean> {
  const [command, ...args] = OPENERS[Deno.build.os] ?? ["xdg-open"];
  try {
    const child = new Deno.Command(command!, {
      args: [...args, url],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    child.unref();
    return await succeeds(child);
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied;
    if (!isMissing) throw error;
    return false;
  }
}

/** Some openers stay as long as the browser does. */
async function succeeds(child: Deno.ChildProcess): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(true), PATIENCE_MS);
  Deno.unrefTimer(timer);
  child.status.then(({ success }) => resolve(success));
  return await promise.finally(() => clearTimeout(timer));
}
