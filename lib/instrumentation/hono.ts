import { Hono } from "hono";
import { httpInstrumentation, type HttpInstrumentationOptions } from "./http_instrumentation.ts";

/**
 * Instruments every Hono app that is created from now on, without a change to its code: the class
 * that `Hono` extends is replaced by one that adds {@linkcode httpInstrumentation} as the first
 * middleware. Disposing restores the class; apps that exist keep what they have.
 *
 * @example
 * ```ts
 * import { instrumentHono } from "@otel-kit/otel-kit/hono";
 * import { assertEquals } from "@std/assert";
 * import { Hono } from "hono";
 *
 * using _instrumentation = instrumentHono({ captureRequestHeaders: ["x-.*"] });
 * const app = new Hono().get("/", (c) => c.text("Hello"));
 * assertEquals(await (await app.request("/")).text(), "Hello");
 * ```
 */
export function instrumentHono(options: HttpInstrumentationOptions = {}): Disposable {
  const Base: typeof Hono = Object.getPrototypeOf(Hono);

  class InstrumentedHono extends Base {
    constructor(...args: ConstructorParameters<typeof Hono>) {
      super(...args);
      // Hono's own constructor, which runs next, sets the router; only then can routes be added.
      Object.defineProperty(this, "router", {
        configurable: true,
        set(this: Hono, router: Hono["router"]) {
          Object.defineProperty(this, "router", {
            value: router,
            configurable: true,
            enumerable: true,
            writable: true,
          });
          this.use(httpInstrumentation(options));
        },
      });
    }
  }

  Object.setPrototypeOf(Hono, InstrumentedHono);
  return {
    [Symbol.dispose]() {
      if (Object.getPrototypeOf(Hono) === InstrumentedHono) Object.setPrototypeOf(Hono, Base);
    },
  };
}
