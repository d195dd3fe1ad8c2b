import { createRequire } from "node:module";
import { createHonoPatch } from "../../deno/preload/patches/hono.ts";
import { applySafely } from "../../deno/preload/patch.ts";
import type { NodePreloadSettings } from "./settings.ts";

/** The part of `@opentelemetry/instrumentation` that is used here, in the program's version. */
interface InstrumentationPackage {
  InstrumentationBase: new (name: string, version: string, config: object) => object;
  InstrumentationNodeModuleDefinition: new (
    name: string,
    versions: readonly string[],
    patch: (exports: Exports) => Exports,
    unpatch: undefined,
    files: object[],
  ) => object;
  InstrumentationNodeModuleFile: new (
    name: string,
    versions: readonly string[],
    patch: (exports: Exports) => Exports,
    unpatch: () => void,
  ) => object;
}

type Exports = Record<string, unknown>;

/** The modules that export `Hono`, as they are imported. */
const MODULES = ["hono", "hono/quick", "hono/tiny"];

/** The paths of the secondary ones for `require`. */
const FILES = ["quick", "tiny"].map((preset) => `hono/dist/cjs/preset/${preset}.js`);

const ANY_VERSION = ["*"];

/**
 * Patches Hono when the program loads it, with `import` or `require`, through the package that instruments
 * everything else.
 */
export function enrichHono(settings: NodePreloadSettings): void {
  const require = createRequire(settings.register);
  const {
    InstrumentationBase,
    InstrumentationNodeModuleDefinition: Definition,
    InstrumentationNodeModuleFile: File,
  }: InstrumentationPackage = require("@opentelemetry/instrumentation");
  const hono = createHonoPatch(settings);
  const patch = (exports: Exports) => {
    applySafely(hono, exports);
    return exports;
  };

  class HonoEnrichment extends InstrumentationBase {
    constructor() {
      super("otel-kit", "1", {});
    }

    /** Called by the class that it extends. */
    protected init(): object[] {
      const files = FILES.map((name) => new File(name, ANY_VERSION, patch, () => {}));
      return MODULES.map((name) => new Definition(name, ANY_VERSION, patch, undefined, files));
    }
  }
  new HonoEnrichment();
}
