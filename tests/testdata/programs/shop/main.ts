/** The shop on Deno, on any free port. */
import { upgradeWebSocket } from "hono/deno";
import { createApp } from "./app.mjs";

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => {
    Deno.stderr.writeSync(new TextEncoder().encode(`Listening on http://127.0.0.1:${port}/\n`));
  },
}, createApp({ upgradeWebSocket }).fetch);
