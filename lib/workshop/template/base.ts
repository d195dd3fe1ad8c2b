import { Hono } from "hono";

/** An ordinary app: nothing here is about telemetry. */
export function createBaseApp(): Hono {
  const app = new Hono();

  app.get("/", (c) => c.text("Hello, World! from our plain Hono App\n", 200));

  app.get("/error", (c) => c.text(`${1n / 0n}\n`));

  return app;
}

if (import.meta.main) {
  Deno.serve({ hostname: "127.0.0.1", port: 5000 }, createBaseApp().fetch);
}
