import { Hono } from "hono";

/** The app as one writes it: nothing here knows that it could be observed. */
export function createBaseApp(): Hono {
  const app = new Hono();

  app.get("/", (c) => c.text("Hello, World! from our plain Hono App\n", 200));

  app.get("/error", (c) => c.text(`${1n / 0n}\n`));

  return app;
}

if (import.meta.main) {
  Deno.serve({ hostname: "127.0.0.1", port: 5000 }, createBaseApp().fetch);
}
