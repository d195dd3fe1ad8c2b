/** The shop for `deno serve`. */
import { upgradeWebSocket } from "hono/deno";
import { createApp } from "./app.ts";

export default createApp({ upgradeWebSocket });
