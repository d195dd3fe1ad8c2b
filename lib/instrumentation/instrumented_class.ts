import type { Hono, MiddlewareHandler } from "hono";

/**
 * Instruments a class of any copy of Hono: the class that it extends is replaced by one that adds the
 * middleware to each app, before any other. Disposing restores the class.
 *
 * @param create Creates the middleware for an app, which has a router and no routes yet.
 */
export function instrumentClass(
  preset: typeof Hono,
  create: (app: Hono) => MiddlewareHandler,
): Disposable {
  const Base: typeof Hono = Object.getPrototypeOf(preset);

  class InstrumentedHono extends Base {
    constructor(...args: ConstructorParameters<typeof Hono>) {
      super(...args);
      // Hono's own constructor, which runs next, sets the router; only then can routes be added.
      Object.defineProperty(this, "router", {
        configurable: true,
        set(this: Hono, router: Hono["router"]) {
          // Deleting the accessor would slow down every access to the app.
          Object.defineProperty(this, "router", {
            value: router,
            configurable: true,
            enumerable: true,
            writable: true,
          });
          this.use(create(this));
        },
      });
    }
  }

  Object.setPrototypeOf(preset, InstrumentedHono);
  return {
    [Symbol.dispose]() {
      if (Object.getPrototypeOf(preset) === InstrumentedHono) Object.setPrototypeOf(preset, Base);
    },
  };
}
