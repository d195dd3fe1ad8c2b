import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { applySafely } from "../../deno/preload/patch.ts";
import { createHonoPatch } from "../../deno/preload/patches/hono.ts";
import type { PreloadSettings } from "../../deno/preload/settings.ts";

/** The modules that export `Hono`. */
const MODULES = ["hono", "hono/quick", "hono/tiny"];

interface BunModules {
  main?: string;
  resolveSync(specifier: string, from: string): string;
}

/** Patches the copy of Hono that the program will import, if it has one. */
export async function enrichHono(settings: PreloadSettings): Promise<void> {
  const { Bun: bun } = globalThis as unknown as { Bun: BunModules };
  const folder = bun.main ? dirname(bun.main) : process.cwd();
  const patch = createHonoPatch(settings);
  const require = createRequire(join(folder, "program.js"));
  for (const specifier of MODULES) {
    try {
      applySafely(patch, await import(bun.resolveSync(specifier, folder)));
      applySafely(patch, require(specifier));
    } catch {
      // The program doesn't use Hono.
    }
  }
}
