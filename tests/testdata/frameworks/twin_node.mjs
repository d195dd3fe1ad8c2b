/** The twin on Node, on any free port. */
import { serve } from "@hono/node-server";
import process from "node:process";
import { createTwin } from "./twin.mjs";

serve({
  fetch: (await createTwin({})).fetch,
  hostname: "127.0.0.1",
  port: 0,
}, ({ port }) => process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`));
