import { Hono } from "hono";
import { TraceJudge } from "../hints/trace_hints.ts";
import { jsonList, type JsonParts, jsonStream } from "../json_stream.ts";
import type { TraceDetail, TraceFile, TracePoint, TracePoints, TraceSummary } from "../model.ts";
import type { SpanParts, Store } from "../store/store.ts";
import { jsonResponse } from "./answers.ts";
import { readTraceListQuery } from "./kit_queries.ts";

/** The maximum number of log records that are shown with a trace. */
const MAX_LOGS = 1_000;

/** No browser can display more spans than this on one page. */
const MAX_PAGE_SPANS = 20_000;

/** The parts that the routes for traces are built from. */
export interface TracesApiOptions {
  store: Store;
  /** Creates a self-contained page of one trace. */
  renderTraceHtml?: ((trace: TraceFile) => string | Promise<string>) | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Lists, shows, exports and deletes traces. */
export function createTracesApi({ store, renderTraceHtml, now }: TracesApiOptions): Hono {
  const app = new Hono();

  app.get("/api/kit/traces", async (c) => {
    return c.json(await store.findTraces(readTraceListQuery(new URL(c.req.url).searchParams)));
  });

  app.get("/api/kit/traces/points", async (c) => {
    const query = readTraceListQuery(new URL(c.req.url).searchParams);
    const { traces, matched } = await store.findTraces(query);
    const points: TracePoints = { points: traces.flatMap(pointOf), matched };
    return c.json(points);
  });

  app.get("/api/kit/traces/:id", async (c) => {
    const found = await find(c.req.param("id"));
    return found ? await jsonStream(detailOf(found)) : notFound(c.req.param("id"));
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
    if (found.summary.spanCount > MAX_PAGE_SPANS) return tooManySpans(found.summary);
    const detail: TraceDetail = await (await jsonStream(detailOf(found))).json();
    const { looks } = await store.stats();
    // Sent as a download, so that it never runs with this origin's rights.
    return new Response(await renderTraceHtml({ ...detail, looks }), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-disposition": `attachment; filename="trace-${found.summary.traceId}.html"`,
      },
    });
  });

  app.delete("/api/kit/traces/:id", async (c) => {
    const traceId = normalize(c.req.param("id"));
    if (!traceId) return notFound(c.req.param("id"));
    await store.clear(traceId);
    return c.body(null, 204);
  });

  async function find(id: string): Promise<FoundTrace | undefined> {
    const traceId = normalize(id);
    if (!traceId) return undefined;
    const [summary, spans, { logs }] = await Promise.all([
      store.traceSummary(traceId),
      store.trace(traceId),
      store.findLogs({ traceId, limit: MAX_LOGS }),
    ]);
    return summary && spans && { summary, spans, logs };
  }

  /** The JSON of {@linkcode TraceDetail}. Hints come last, because they depend on all spans. */
  async function* detailOf({ summary, spans, logs }: FoundTrace): JsonParts {
    const judge = new TraceJudge();
    yield '{"data":{"resourceSpans":';
    yield* jsonList(judged(spans, judge));
    yield `},${JSON.stringify({ summary, logs }).slice(1, -1)}`;
    yield `,"hints":${JSON.stringify(judge.hints({ logs, nowMillis: now() }))}}`;
  }

  return app;
}

/** A trace with its log records and hints. */
interface FoundTrace extends Pick<TraceDetail, "summary" | "logs"> {
  spans: SpanParts;
}

/** None for a trace without a time, which has no place in a chart. */
function pointOf({ traceId, startTimeUnixNano, root, ...trace }: TraceSummary): TracePoint[] {
  if (startTimeUnixNano === undefined) return [];
  return [{
    traceId,
    startTimeUnixNano,
    durationNanos: trace.durationNanos,
    errorCount: trace.errorCount,
    name: root.name,
    serviceName: root.serviceName,
  }];
}

/** Passes spans on, and also gives them to the judge. */
async function* judged(spans: SpanParts, judge: TraceJudge): SpanParts {
  for await (const part of spans) {
    judge.add({ resourceSpans: JSON.parse(`[${new TextDecoder().decode(part)}]`) });
    yield part;
  }
}

function tooManySpans({ traceId, spanCount }: TraceSummary): Response {
  const error = `Cannot make a page of ${spanCount} spans: at most ${MAX_PAGE_SPANS} fit. ` +
    `GET /api/kit/traces/${traceId} has them all`;
  return jsonResponse({ error }, { status: 413 });
}

/** A trace id in lower case; undefined if it is invalid. */
function normalize(id: string): string | undefined {
  return /^[\da-f]{32}$/i.test(id) ? id.toLowerCase() : undefined;
}

function notFound(id: string): Response {
  const shown = id.slice(0, 40);
  return jsonResponse(
    {
      error:
        `Cannot find trace "${shown}": it is not an id of 32 hex digits, or it is not stored. ` +
        "It may not have arrived yet, or may have been evicted",
    },
    { status: 404 },
  );
}
