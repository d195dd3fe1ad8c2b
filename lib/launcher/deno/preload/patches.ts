import type { Patch } from "./patch.ts";
import { createExpressPatch } from "./patches/express.ts";
import { createFastifyPatch } from "./patches/fastify.ts";
import { createHonoPatch } from "./patches/hono.ts";
import { createIoredisPatch } from "./patches/ioredis.ts";
import { createMysql2Patch } from "./patches/mysql2.ts";
import { createNodeHttpPatch } from "./patches/node_http.ts";
import { createOakPatch } from "./patches/oak.ts";
import { createPgPatch } from "./patches/pg.ts";
import type { PreloadSettings } from "./settings.ts";

/** All patches. */
export function createPatches(settings: Pick<PreloadSettings, "http">): readonly Patch[] {
  return [
    createHonoPatch(settings),
    createExpressPatch(settings),
    createFastifyPatch(settings),
    createOakPatch(settings),
    createNodeHttpPatch(settings),
    createPgPatch(),
    createIoredisPatch(),
    createMysql2Patch(),
  ];
}
