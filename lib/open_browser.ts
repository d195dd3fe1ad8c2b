/** The command that opens a URL in the user's browser, by system. */
const OPENERS: Partial<Record<typeof Deno.build.os, readonly string[]>> = {
  darwin: ["open"],
  windows: ["cmd", "/c", "start", ""],
};

/** How long to wait for it to fail. */
const PATIENCE_MS = 2000;

/** Opens a URL in the browser; returns false if there is none, or no permission to start it. */
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

/** Some openers run as long as the browser does. */
async function succeeds(child: Deno.ChildProcess): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(true), PATIENCE_MS);
  Deno.unrefTimer(timer);
  child.status.then(({ success }) => resolve(success));
  return await promise.finally(() => clearTimeout(timer));
}
