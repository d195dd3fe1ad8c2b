import { Hono } from "hono";

/** A request in, its response out. */
export type Handle = (request: Request) => Promise<Response>;

/** Creates the handler of `/mcp`. It reads what is stored through the handler of all other routes. */
export type LoadMcp = (api: Handle) => Promise<Handle>;

/** The route of the Model Context Protocol, whose code is loaded with the first request. */
export function createMcpRoute(load: LoadMcp, api: Handle): Hono {
  const app = new Hono();
  let loading: Promise<Handle> | undefined;

  app.post("/mcp", async (c) => {
    loading ??= load(api);
    return await (await loading)(c.req.raw);
  });

  return app;
}
