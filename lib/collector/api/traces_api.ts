import { Hono } from "hono";
import { traceHints } from "../hints/trace_hints.ts";
import type { TracesData } from "../../otlp/json.ts";
import type { Store } from "../store/store.ts";
import { concat, jsonResponse } from "./answers.ts";
import { readTraceListQuery } from "./kit_queries.ts";
import type { TraceDetail } from "../model.ts";

/** The most log records that are shown beside a trace. */
const MAX_LOGS = 1_000;

/** What the routes of traces are made of. */
export interface TracesApiOptions {
  store: Store;
  /** Makes a page of one trace that needs nothing else. */
  renderTraceHtml?: ((trace: TraceDetail) => string | Promise<string>) | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Lists, shows, hands out and forgets traces. */
export function createTracesApi({ store, renderTraceHtml, now }: TracesApiOptions): Hono {
  const app = new Hono();

  app.get("/api/kit/traces", async (c) => {
    return c.json(await store.findTraces(readTraceListQuery(new URL(c.req.url).searchParams)));
  });

  app.get("/api/kit/traces/:id", async (c) => {
    const found = await find(c.req.param("id"));
    if (!found) return notFound(c.req.param("id"));
    const { bytes, detail: { data: _, ...rest } } = found;
    // The spans are JSON already, and the larger part by far.
    return jsonResponse(concat([JSON.stringify(rest).slice(0, -1), ',"data":', bytes, "}"]));
  });

  app.get("/api/kit/traces/:id/html", async (c) => {
    const found = await find(c.req.param("id"));
    if (!found) return notFound(c.req.param("id"));
    if (!renderTraceHtml) {
      return jsonResponse(
        { error: "Cannot make the page of a trace: it is not built. Run `deno task page`" },
        { status: 404 },
      );
    }
    // As a download it never runs with this origin's rights.
    return new Response(await renderTraceHtml(found.detail), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-disposition": `attachment; filename="trace-${found.detail.summary.traceId}.html"`,
      },
    });
  });

  app.delete("/api/kit/traces/:id", async (c) => {
    const traceId = normalize(c.req.param("id"));
    if (!traceId) return notFound(c.req.param("id"));
    await store.clear(traceId);
    return c.body(null, 204);
  });

  async function find(id: string) {
    const traceId = normalize(id);
    if (!traceId) return undefined;
    const [summary, bytes, { logs }] = await Promise.all([
      store.traceSummary(traceId),
      store.trace(traceId),
      store.findLogs({ traceId, limit: MAX_LOGS }),
    ]);
    if (!summary || !bytes) return undefined;
    const data: TracesData = JSON.parse(new TextDecoder().decode(bytes));
    const hints = traceHints({ data, logs, nowMillis: now() });
    const detail: TraceDetail = { summary, hints, logs, data };
    return { bytes, detail };
  }

  return app;
}

/** A trace id in lower case; undefined if it is none. */
function normalize(id: string): string | undefined {
  return /^[\da-f]{32}$/i.test(id) ? id.toLowerCase() : undefined;
}

function notFound(id: string): Response {
  const shown = id.slice(0, 40);
  return jsonResponse(
    {
      error: `Cannot find trace "${shown}": it is no id of 32 hex digits, or it is not kept. ` +
        "It may not have arrived yet, or given way to newer ones",
    },
    { status: 404 },
  );
}
