/** The twin for `deno serve`. */
import { upgradeWebSocket } from "hono/deno";
import { createTwin } from "./twin.mjs";

export default await createTwin({ upgradeWebSocket, openKv: Deno.openKv });
