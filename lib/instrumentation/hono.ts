/**
 * Instruments Hono apps without changes to their code. Importing it changes nothing.
 *
 * @module
 */
import { Hono } from "hono";
import { Hono as QuickHono } from "hono/quick";
import { Hono as TinyHono } from "hono/tiny";
import { httpInstrumentation, type HttpInstrumentationOptions } from "./http_instrumentation.ts";
import { instrumentClass } from "./instrumented_class.ts";

export type { HttpInstrumentationOptions };

/** The app classes, which all extend the same class. */
const PRESETS: readonly (typeof Hono)[] = [Hono, QuickHono, TinyHono];

/**
 * Instruments every Hono app that is created from now on, without changes to its code: the class that `Hono`
 * extends, in all presets, is replaced by one that adds {@linkcode httpInstrumentation} as the first
 * middleware. Disposing restores the class; existing apps keep their middleware.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Hono } from "hono";
 * import { instrumentHono } from "@otel-kit/instrumentation/hono";
 *
 * using _instrumentation = instrumentHono();
 * const app = new Hono();
 * assertEquals(app.routes.map(({ handler }) => handler.name), ["httpInstrumentation"]);
 * ```
 */
export function instrumentHono(options: HttpInstrumentationOptions = {}): Disposable {
  const restorations = PRESETS.map((preset) =>
    instrumentClass(preset, () => httpInstrumentation(options))
  );
  return {
    [Symbol.dispose]() {
      for (const restoration of restorations) restoration[Symbol.dispose]();
    },
  };
}
