import { enrichNodeServers } from "../node_servers.ts";
import type { Patch } from "../patch.ts";
import type { PreloadSettings } from "../settings.ts";

/**
 * Adds headers and addresses to the spans of servers on `node:http`, and makes each span active, for programs
 * that use the module itself or a library without a patch of its own: then Hono adds its route, too.
 */
export function createNodeHttpPatch(settings: Pick<PreloadSettings, "http">): Patch {
  return {
    name: "node:http",
    module:
      /\/(?:@hono\/node-server\/(?:.*\/)?dist\/index|koa\/(?:.*\/)?lib\/application)\.(?:m?js|cjs)$/,
    specifier: /^node:https?$|^(?:npm:)?(?:@hono\/node-server|koa)(?:@[^/]*)?$/,
    apply: () => enrichNodeServers(settings),
  };
}
