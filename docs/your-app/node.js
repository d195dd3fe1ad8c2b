import { shutdown } from "./telemetry.js";
import { serve } from "@hono/node-server";
import process from "node:process";
import { app } from "./app.js";

const port = Number(process.env.PORT ?? 8000);
const server = serve({ fetch: app.fetch, port }, ({ port }) => {
  console.info(`Listening on http://localhost:${port}/`);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => server.close(shutdown));
}
