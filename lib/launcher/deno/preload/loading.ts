import { applySafely, type Patch } from "./patch.ts";
import type { PreloadSettings } from "./settings.ts";

/** The global symbol through which the source of a patched module finds its patches. */
const PATCH_MODULE = Symbol.for("otel-kit: patch module");

/** The end of a transpiled source. */
const SOURCE_MAP = /\n\/\/# sourceMappingURL=[^\n]*\s*$/;

/** A line that occurs only in ES modules. */
const ES_MODULE = /^[ \t]*(?:export|import)\b[^(]/m;

type RegisterHooks = typeof import("node:module").registerHooks;

type LoadedModule = import("node:module").LoadFnOutput;

/**
 * Patches the libraries that the launcher found, before the program starts. If the launcher may not have found
 * all, it also patches modules that Deno reports when they are loaded. On Deno 2.9 these don't include modules
 * from the network, whose source the hook does not receive.
 */
export async function patchModules(
  patches: readonly Patch[],
  { specifiers, watchesModules }: PreloadSettings,
): Promise<void> {
  if (watchesModules) {
    // Loading it takes time, even if it is not used.
    const { registerHooks }: { registerHooks?: RegisterHooks } = await import("node:module");
    if (registerHooks) patchWhenLoaded(patches, registerHooks);
  }
  await Promise.all(specifiers.map(async (specifier) => {
    const fitting = patches.filter((patch) => patch.specifier.test(specifier));
    if (fitting.length === 0) return;
    try {
      const exports = await import(specifier);
      for (const patch of fitting) applySafely(patch, { ...exports.default, ...exports });
    } catch {
      // The program doesn't import it, or it can't be loaded; then the program reports that itself.
    }
  }));
}

/** Makes each module with a patch pass on its exports after it has run. */
function patchWhenLoaded(patches: readonly Patch[], registerHooks: RegisterHooks): void {
  Reflect.set(globalThis, PATCH_MODULE, (url: string, exports: Record<string, unknown>) => {
    for (const patch of patches) if (patch.module.test(url)) applySafely(patch, exports);
  });
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = asWithoutHooks(nextLoad(url, context), url);
      const isPatched = patches.some(({ module }) => module.test(url));
      if (!isPatched || typeof loaded?.source !== "string") return loaded;
      return { ...loaded, source: withHandOver(loaded.source, url) };
    },
  });
}

/**
 * With a hook, Deno runs everything that `require` loads as JavaScript, so this names the format of
 * JSON and native addons. Deno 2.9 has no way to do so for Wasm modules.
 */
function asWithoutHooks(loaded: LoadedModule, url: string): LoadedModule {
  if (url.endsWith(".json")) return { ...loaded, format: "json" };
  if (!url.endsWith(".node")) return loaded;
  return { ...loaded, format: "commonjs", source: "process.dlopen(module, __filename);" };
}

/** The source with an additional last line that passes on its exports; for that, it imports itself. */
function withHandOver(source: string, url: string): string {
  const address = JSON.stringify(url);
  const call = `globalThis[Symbol.for(${JSON.stringify(PATCH_MODULE.description)})]?.(${address},`;
  const line = ES_MODULE.test(source)
    ? `import * as __otelKit from ${address};${call}__otelKit);`
    : `${call}module.exports);`;
  const [sourceMap = ""] = SOURCE_MAP.exec(source) ?? [];
  return `${source.slice(0, source.length - sourceMap.length)}\n;${line}${sourceMap}`;
}
