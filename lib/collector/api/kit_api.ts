import { Hono } from "hono";
import { metricHints } from "../hints/metric_conflict.ts";
import { spanNameCardinalityHints } from "../hints/span_name_cardinality.ts";
import type { Store } from "../store/store.ts";
import { jsonResponse, withMember } from "./answers.ts";
import type { EventHub } from "./event_hub.ts";
import { type ExportLog, EXPORTS_PER_OUTCOME } from "./export_log.ts";
import { readLimit, readLogQuery, readWindowSeconds } from "./kit_queries.ts";
import type { CollectorStats, ExportOutcome, StoreStats } from "../model.ts";
import { readChoice } from "./parameters.ts";

/** The `Retry-After` for a rejected client. */
const RETRY_AFTER_SECONDS = 5;

const OUTCOMES: readonly ExportOutcome[] = ["accepted", "partial", "refused"];

/** The parts that the routes are built from. */
export interface KitApiOptions {
  store: Store;
  exports: ExportLog;
  events: EventHub;
  stats: (store: StoreStats) => CollectorStats;
}

/** All routes except those for single traces and files, and the live stream. */
export function createKitApi({ store, exports, events, stats }: KitApiOptions): Hono {
  const app = new Hono();

  app.get("/api/kit/stats", async (c) => c.json(stats(await store.stats())));

  app.get("/api/kit/services", async (c) => {
    const window = readWindowSeconds(new URL(c.req.url).searchParams);
    return c.json(await store.serviceStats(window));
  });

  app.get("/api/kit/fields", async (c) => c.json(await store.spanFields()));

  app.get("/api/kit/logs", async (c) => {
    return c.json(await store.findLogs(readLogQuery(new URL(c.req.url).searchParams)));
  });

  app.get("/api/kit/logs/volume", async (c) => {
    return c.json(await store.logVolume(readLogQuery(new URL(c.req.url).searchParams)));
  });

  app.get("/api/kit/metrics", async (c) => c.json(await store.metrics()));

  app.get("/api/kit/metrics/:name", async (c) => {
    const name = c.req.param("name");
    const metric = await store.metricJson(name);
    if (metric) return jsonResponse(withMember(metric.json, "hints", metricHints(metric)));
    const error = `Cannot find metric "${name.slice(0, 100)}": there is none. ` +
      "GET /api/kit/metrics lists all";
    return c.json({ error }, 404);
  });

  app.get("/api/kit/exports", (c) => {
    const params = new URL(c.req.url).searchParams;
    const limit = readLimit(params, {
      fallback: EXPORTS_PER_OUTCOME,
      max: OUTCOMES.length * EXPORTS_PER_OUTCOME,
    });
    const outcome = readChoice(params, "outcome", OUTCOMES);
    return c.json(exports.list({ limit, outcome }));
  });

  app.get("/api/kit/hints", async (c) => {
    const metrics = await store.metrics();
    return c.json([
      ...await spanNameCardinalityHints(store),
      ...metrics.flatMap(metricHints),
    ]);
  });

  app.get("/api/kit/events", (c) => {
    const stream = events.connect(c.req.header("last-event-id"));
    if (!stream) {
      return jsonResponse(
        {
          error: `Cannot open another live stream: ${events.clientCount} are open. Close a page`,
        },
        { status: 503, headers: { "retry-after": String(RETRY_AFTER_SECONDS) } },
      );
    }
    return new Response(stream, { headers: { "content-type": "text/event-stream" } });
  });

  return app;
}
