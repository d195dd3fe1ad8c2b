import { Hono } from "hono";
import { httpInstrumentation } from "@otel-kit/instrumentation";

export const app = new Hono();

app.use(httpInstrumentation());

app.get("/hello/:name", (c) => c.text(`Hello, ${c.req.param("name")}!\n`));

app.get("/ask/:name", async (c) => {
  console.info("Asking for a greeting");
  const response = await fetch(new URL(`/hello/${c.req.param("name")}`, c.req.url));
  return c.text(await response.text());
});

app.get("/error", () => {
  throw new RangeError("nothing works");
});
