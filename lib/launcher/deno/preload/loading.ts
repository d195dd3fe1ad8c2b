import { applySafely, type Patch } from "./patch.ts";
import type { PreloadSettings } from "./settings.ts";

/** Under this symbol the source of a patched module finds who patches it. */
const PATCH_MODULE = Symbol.for("otel-kit: patch module");

/** What ends a source that was compiled. */
const SOURCE_MAP = /\n\/\/# sourceMappingURL=[^\n]*\s*$/;

/** A line that only a module of ECMAScript has. */
const ES_MODULE = /^\s*(?:export|import)\b[^(]/m;

type RegisterHooks = typeof import("node:module").registerHooks;

/**
 * Patches what the launcher has found, before the program starts; and, if it has not found all, what Deno
 * tells of when it is loaded. On Deno 2.9 that does not include modules from the network, of which the hook
 * gets no source.
 */
export async function patchModules(
  patches: readonly Patch[],
  { specifiers, watchesModules }: PreloadSettings,
): Promise<void> {
  if (watchesModules) {
    // To load it takes time, even if it is not used.
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
      // It is not what the program imports, or cannot be loaded. The program will say that itself.
    }
  }));
}

/** Lets each module that a patch is for hand over its exports when it has run. */
function patchWhenLoaded(patches: readonly Patch[], registerHooks: RegisterHooks): void {
  Reflect.set(globalThis, PATCH_MODULE, (url: string, exports: Record<string, unknown>) => {
    for (const patch of patches) if (patch.module.test(url)) applySafely(patch, exports);
  });
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const isPatched = patches.some(({ module }) => module.test(url));
      if (!isPatched || typeof loaded?.source !== "string") return loaded;
      return { ...loaded, source: withHandOver(loaded.source, url) };
    },
  });
}

/** The source with a last line that hands over what it exports; it imports itself for that. */
function withHandOver(source: string, url: string): string {
  const address = JSON.stringify(url);
  const call = `globalThis[Symbol.for(${JSON.stringify(PATCH_MODULE.description)})]?.(${address},`;
  const line = ES_MODULE.test(source)
    ? `import * as __otelKit from ${address};${call}__otelKit);`
    : `${call}module.exports);`;
  const [sourceMap = ""] = SOURCE_MAP.exec(source) ?? [];
  return `${source.slice(0, source.length - sourceMap.length)}\n;${line}${sourceMap}`;
}
