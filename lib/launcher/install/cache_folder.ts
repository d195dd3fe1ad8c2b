import { join } from "node:path";

/** The user's cache folder, from the system's variables; undefined if none is set. */
export function cacheFolder(env: Record<string, string>): string | undefined {
  const { HOME: home, XDG_CACHE_HOME, LOCALAPPDATA } = env;
  const folder = {
    windows: LOCALAPPDATA,
    darwin: home && join(home, "Library", "Caches"),
  }[Deno.build.os as string] ?? (XDG_CACHE_HOME || (home && join(home, ".cache")));
  return folder ? join(folder, "otel-kit") : undefined;
}
