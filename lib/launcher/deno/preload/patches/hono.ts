import type { Hono } from "hono";
import { httpEnrichment } from "../../../../instrumentation/http_enrichment.ts";
import { instrumentClass } from "../../../../instrumentation/instrumented_class.ts";
import { createHonoFollower } from "../hono_requests.ts";
import type { Patch } from "../patch.ts";
import type { PreloadSettings } from "../settings.ts";

/** Adds route, exceptions, headers and addresses, in every preset of every copy of Hono. */
export function createHonoPatch({ http }: Pick<PreloadSettings, "http">): Patch {
  const middleware = httpEnrichment(http);
  const follow = createHonoFollower({ http });
  const patched = new WeakSet<object>();
  return {
    name: "Hono",
    module: /[/@]hono[/@].*\b(?:hono|quick|tiny)\.(?:m?js|cjs|ts)$/,
    specifier:
      /^(?:(?:npm:)?hono|(?:jsr:)?@hono\/hono)(?:@[^/]*)?(?:\/(?:quick|tiny))?$|^https?:.*[/@]hono[@/]/,
    apply({ Hono: Preset }) {
      if (!isPreset(Preset) || patched.has(Preset)) return;
      patched.add(Preset);
      instrumentClass(Preset, ({ router }) => {
        follow(router);
        return middleware;
      });
    },
  };
}

/** Whether it is a class that extends Hono's base class. */
function isPreset(value: unknown): value is typeof Hono {
  if (typeof value !== "function") return false;
  const base: unknown = Object.getPrototypeOf(value);
  return typeof base === "function" && base !== Function.prototype &&
    typeof base.prototype?.route === "function";
}
