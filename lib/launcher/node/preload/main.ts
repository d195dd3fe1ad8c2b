/**
 * What the launcher loads in front of a program on Node, behind the package that instruments it: it
 * enriches the server spans that `instrumentation-http` makes by what frameworks know, and says nothing.
 * `scripts/bundle_preload.ts` makes one text of it, which is a part of its address.
 */
import { settingsIn } from "../../deno/preload/settings.ts";
import { enrichFastify } from "./fastify.ts";
import { enrichHono } from "./hono.ts";
import type { NodePreloadSettings } from "./settings.ts";

try {
  const settings = settingsIn(import.meta.url) as NodePreloadSettings;
  enrichHono(settings);
  enrichFastify(settings.http);
} catch {
  // The program runs on as it would without.
}
