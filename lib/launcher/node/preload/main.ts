/**
 * Preloaded into a program on Node, after the package that instruments it: adds the frameworks' data to the
 * server spans of `instrumentation-http`, and records console output. It prints nothing. `scripts/bundle_preload.ts` bundles it into one
 * text, which becomes part of its URL.
 */
import { instrumentConsole } from "../../../instrumentation/console.ts";
import { settingsIn } from "../../deno/preload/settings.ts";
import { sendAtExit } from "./exit.ts";
import { enrichFastify } from "./fastify.ts";
import { enrichHono } from "./hono.ts";
import type { NodePreloadSettings } from "./settings.ts";

try {
  const settings = settingsIn<NodePreloadSettings>(import.meta.url);
  enrichHono(settings);
  enrichFastify(settings.http);
  instrumentConsole();
  sendAtExit(settings.register);
} catch {
  // The program keeps running without it.
}
