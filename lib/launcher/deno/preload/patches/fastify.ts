import { observeFastify } from "../fastify_hooks.ts";
import { builtinModule } from "../node_builtins.ts";
import { enrichNodeServers, exchangeOf } from "../node_servers.ts";
import type { Patch } from "../patch.ts";
import type { PreloadSettings } from "../settings.ts";

/** Adds the route to the spans of Fastify 4 and newer, and errors that handlers throw. */
export function createFastifyPatch(settings: Pick<PreloadSettings, "http">): Patch {
  let isObserved = false;
  return {
    name: "Fastify",
    module: /[/@]fastify(?:[/@]\d[^/]*)?\/fastify\.js$/,
    specifier: /^(?:npm:)?fastify(?:@[^/]*)?$/,
    apply() {
      // All copies announce their apps on the same channel.
      if (isObserved) return;
      isObserved = true;
      enrichNodeServers(settings);
      observeFastify(builtinModule("node:diagnostics_channel").subscribe, {
        start({ raw }, route) {
          const exchange = exchangeOf(raw);
          if (exchange) exchange.route = route;
        },
        fail({ raw }, thrown) {
          const exchange = exchangeOf(raw);
          if (exchange) exchange.thrown = thrown;
        },
      });
    },
  };
}
