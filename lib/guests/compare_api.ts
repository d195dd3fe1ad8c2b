import { Hono } from "hono";
import type { CompareHandlers } from "./compare.ts";
import { readShortJson } from "../collector/short_body.ts";

const MAX_PATH_LENGTH = 1_000;

/** Serves the API of the side-by-side view; without handlers, its routes respond with 404. */
export function createCompareApi(handlers: CompareHandlers | undefined): Hono {
  const app = new Hono();
  const missing = { error: "Cannot compare here: only `otel-kit demo` runs the four apps" };

  app.get("/api/kit/compare", async (c) => {
    return handlers ? c.json(await handlers.view()) : c.json(missing, 404);
  });

  app.post("/api/kit/compare", async (c) => {
    if (!handlers) return c.json(missing, 404);
    const path = await readPath(c.req.raw);
    if (path === undefined) {
      const error = `Cannot read the body: expected JSON like {"path":"/error"}, with a path ` +
        `that starts with one "/"`;
      return c.json({ error }, 400);
    }
    return c.json(await handlers.run(path));
  });

  app.get("/api/kit/compare/:id", async (c) => {
    if (!handlers) return c.json(missing, 404);
    const run = await handlers.find(c.req.param("id"));
    if (run) return c.json(run);
    return c.json({ error: "Cannot find the request: only the last ones are kept" }, 404);
  });

  return app;
}

/** Reads the path, which must lead to the apps: two slashes would begin a host name. */
async function readPath(request: Request): Promise<string | undefined> {
  const body = await readShortJson(request);
  const path = body && typeof body === "object" && "path" in body ? body.path : undefined;
  const isPath = typeof path === "string" && /^\/(?![/\\])[^\s\\]*$/.test(path) &&
    path.length <= MAX_PATH_LENGTH;
  return isPath ? path : undefined;
}
