import { join } from "node:path";

/** Where the system wants caches to be, by the variables of the user; undefined where none says. */
export function cacheFolder(env: Record<string, string>): string | undefined {
  const { HOME: home, XDG_CACHE_HOME, LOCALAPPDATA } = env;
  const folder = {
    windows: LOCALAPPDATA,
    darwin: home && join(home, "Library", "Caches"),
  }[Deno.build.os as string] ?? (XDG_CACHE_HOME || (home && join(home, ".cache")));
  return folder ? join(folder, "otel-kit") : undefined;
}
