/** The twin on Deno, on any free port. */
import { upgradeWebSocket } from "hono/deno";
import process from "node:process";
import { createTwin } from "./twin.mjs";

const app = await createTwin({ upgradeWebSocket, openKv: Deno.openKv });
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`),
}, app.fetch);
