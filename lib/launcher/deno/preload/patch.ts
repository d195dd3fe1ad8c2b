/**
 * Enriches Deno's spans with data of a library, or creates spans for the library's calls. Errors in
 * its function are ignored: the program runs without the patch.
 */
export interface Patch {
  /** The library's common name. */
  name: string;
  /**
   * Matches the address of the module, wherever it comes from: a cache, `node_modules`, jsr.io, a
   * CDN.
   */
  module: RegExp;
  /** Matches import specifiers, such as `hono/tiny`, `npm:hono@4` or `jsr:@hono/hono`. */
  specifier: RegExp;
  /**
   * The end of specifiers whose module doesn't export what is patched, although their package does.
   */
  subpath?: RegExp;
  /**
   * Patches the module's exports, once for each copy, before they are used. The exports of an ES
   * module can't be replaced, only modified.
   */
  apply(exports: Record<string, unknown>): void;
}

/** Applies a patch to a module's exports; errors can't harm the program. */
export function applySafely(patch: Patch, exports: Record<string, unknown>): void {
  try {
    patch.apply(exports);
  } catch {
    // The library has changed: the program runs without the patch.
  }
}

/** Whether a value is a class that has not been passed before. */
export type IsNewClass = (value: unknown) => value is { prototype: object };

/** Creates a function that accepts each class once: a module and its package export the same one. */
export function acceptEachClassOnce(): IsNewClass {
  const seen = new WeakSet<object>();
  return (value): value is { prototype: object } => {
    if (typeof value !== "function" || seen.has(value)) return false;
    seen.add(value);
    return true;
  };
}
