/**
 * How a library comes to enrich the spans of Deno, or to make spans of its calls. Whatever its function throws is swallowed: the
 * program runs on without.
 */
export interface Patch {
  /** What the user knows the library by. */
  name: string;
  /** Fits the address of the module, wherever it comes from: a cache, `node_modules`, jsr.io, a CDN. */
  module: RegExp;
  /** Fits what is imported, such as `hono/tiny`, `npm:hono@4` or `jsr:@hono/hono`. */
  specifier: RegExp;
  /** The end of specifiers whose module does not export what is patched; that of the package does. */
  subpath?: RegExp;
  /**
   * Patches what the module exports, once for each copy, before anybody uses it. The exports of an ES
   * module cannot be replaced, only changed in themselves.
   */
  apply(exports: Record<string, unknown>): void;
}

/** Runs a patch over what a module exports; it cannot harm the program. */
export function applySafely(patch: Patch, exports: Record<string, unknown>): void {
  try {
    patch.apply(exports);
  } catch {
    // The library is not what it was: the program runs on without.
  }
}
