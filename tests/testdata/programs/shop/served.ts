/** The shop for `deno serve`. */
import { upgradeWebSocket } from "hono/deno";
import { createApp } from "./app.mjs";

export default createApp({ upgradeWebSocket });
