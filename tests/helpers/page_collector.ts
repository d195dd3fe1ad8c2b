import { OtlpSpanFacts } from "../../lib/trace/span_facts.ts";
import { matchesTrace, type SpanFacts, traceExpression } from "../../lib/query/match.ts";
import { parseQuery } from "../../lib/query/parse.ts";
import { ConnectionRoom } from "../../lib/collector/connection_room.ts";
import type {
  CollectorStats,
  Hint,
  LiveEvents,
  LogEntry,
  TraceList,
  TracePoints,
  TraceSummary,
} from "../../lib/collector/model.ts";
import { readTraceOrder, type TraceOrder } from "../../lib/query/trace_order.ts";
import type { Span, TracesData } from "../../lib/otlp/json.ts";
import { renderSnapshot } from "../../lib/page/snapshot.ts";
import { assignLooks } from "../../lib/trace/service_looks.ts";

const PAGE = new URL("../../dist/page/", import.meta.url);
const TYPES: Record<string, string> = {
  "app.js": "text/javascript",
  "app.css": "text/css",
  "index.html": "text/html",
};
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
  "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A trace as the page reads it. */
export interface PageTrace {
  summary: TraceSummary;
  data: TracesData;
  hints: Hint[];
  logs: LogEntry[];
}

/** Answers the page as a collector does, with the data that the test adds. */
export interface PageCollector extends AsyncDisposable {
  url: string;
  /** Adds or changes a trace, and notifies the page. */
  add(...traces: PageTrace[]): void;
  /** Ends all live connections, as a collector does when it stops. */
  disconnect(): void;
  /** The URLs requested so far. */
  requests: string[];
}

/** Serves dist/page and the parts of the query API that traces need. */
export function startPageCollector(initial: readonly PageTrace[] = []): PageCollector {
  const traces = new Map(initial.map((trace) => [trace.summary.traceId, trace]));
  const clients = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const requests: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handle);
  const url = `http://127.0.0.1:${server.addr.port}`;
  return {
    url,
    requests,
    add(...added) {
      for (const trace of added) {
        const { traceId } = trace.summary;
        if (!traces.has(traceId)) traces.delete(traceId);
        traces.set(traceId, trace);
      }
      emit("traces", added.map(({ summary }) => summary));
      emit("stats", stats());
    },
    disconnect,
    async [Symbol.asyncDispose]() {
      disconnect();
      await server.shutdown();
    },
  };

  function disconnect(): void {
    for (const client of clients) client.close();
    clients.clear();
  }

  function emit<K extends keyof LiveEvents>(name: K, data: LiveEvents[K]): void {
    const bytes = new TextEncoder().encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    for (const client of clients) client.enqueue(bytes);
  }

  async function handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    requests.push(`${pathname}${new URL(request.url).search}`);
    const [, api, kit, name, id, kind] = pathname.split("/");
    if (api !== "api") return await asset(pathname);
    if (kit !== "kit") return notFound();
    if (name === "events") return events();
    if (name === "guests") return Response.json({ compare: null, guide: null });
    if (name === "stats") return Response.json(stats());
    if (name === "hints") return Response.json([...traces.values()].flatMap(({ hints }) => hints));
    if (name === "data" && request.method === "DELETE") {
      traces.clear();
      emit("stats", stats());
      emit("resync", {});
      return new Response(null, { status: 204 });
    }
    if (name === "data" && request.method === "POST") {
      return Response.json({ accepted: (await request.json()).resourceSpans.length, rejected: 0 });
    }
    if (name !== "traces") return notFound();
    if (id === undefined) return Response.json(find(searchParams));
    if (id === "points") return Response.json(points(find(searchParams)));
    const trace = traces.get(id);
    if (!trace) return notFound();
    if (kind !== "html") return Response.json(trace);
    return new Response(await snapshotOf(trace), { headers: { "content-type": "text/html" } });
  }

  function events(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        clients.add(controller);
        controller.enqueue(new TextEncoder().encode(": hello\n\n"));
      },
      cancel: () => void clients.delete(own),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  function find(params: URLSearchParams) {
    const all = [...traces.values()].reverse().map(({ summary }) => summary);
    const expression = parseQuery(params.get("query") ?? "");
    const wanted = expression && traceExpression(expression);
    const min = BigInt(params.get("trace_start_min") ?? 0);
    const max = BigInt(params.get("trace_start_max") ?? 2n ** 64n);
    const matching = all.filter(({ traceId, startTimeUnixNano }) =>
      BigInt(startTimeUnixNano!) >= min && BigInt(startTimeUnixNano!) <= max &&
      (wanted === undefined || matchesTrace(wanted, factsOf(traces.get(traceId)!)))
    );
    const order = readTraceOrder(params.get("sort") ?? "");
    if (order) sortBy(order, matching);
    const before = params.get("before");
    const first = before ? matching.findIndex(({ traceId }) => traceId === before) + 1 : 0;
    return {
      traces: matching.slice(first, first + Number(params.get("limit"))),
      matched: matching.length,
      kept: all.length,
    };
  }

  function points({ traces, matched }: TraceList): TracePoints {
    return {
      points: traces.map(({ root: { name, serviceName }, ...trace }) => ({
        ...trace,
        startTimeUnixNano: trace.startTimeUnixNano!,
        name,
        serviceName,
      })),
      matched,
    };
  }

  function stats(): CollectorStats {
    const signal = { kept: 0, received: 0, rejected: 0, duplicated: 0, evicted: 0 };
    return {
      version: "0.0.0",
      startedAt: Date.now(),
      httpUrl: "http://127.0.0.1:4318",
      grpcUrl: "http://127.0.0.1:4317",
      store: {
        signals: { traces: signal, metrics: signal, logs: signal },
        traces: { kept: traces.size, evicted: 0 },
        series: { kept: 0, evicted: 0 },
        bytes: 2_500_000,
        maxBytes: 268_435_456,
        maxTraces: 10_000,
        looks: assignLooks(
          [...traces.values()].flatMap(({ summary }) => summary.services.map(({ name }) => name)),
        ),
      },
      exports: { accepted: 0, partial: 0, refused: 0 },
      connections: new ConnectionRoom({ report: () => {} }).stats(),
    };
  }
}

/** The self-contained file of a trace, made from the built page. */
export async function snapshotOf(trace: PageTrace): Promise<string> {
  const [script, style] = await Promise.all(
    ["app.js", "app.css"].map((name) => Deno.readTextFile(new URL(name, PAGE))),
  );
  return await renderSnapshot(
    { script: script!, style: style! },
    trace.summary.root.name,
    JSON.stringify({
      ...trace,
      looks: assignLooks(trace.summary.services.map(({ name }) => name)),
    }),
  );
}

/** Spans of one trace with the summary that a collector builds. */
export function pageTrace(
  spans: (Span & { serviceName: string })[],
  extra: Partial<Pick<PageTrace, "hints" | "logs">> = {},
): PageTrace {
  const starts = spans.map(({ startTimeUnixNano }) => BigInt(startTimeUnixNano ?? 0));
  const ends = spans.map(({ endTimeUnixNano }) => BigInt(endTimeUnixNano ?? 0));
  const first = starts.reduce((a, b) => a < b ? a : b);
  const last = ends.reduce((a, b) => a > b ? a : b);
  const root = spans.find(({ parentSpanId }) => !parentSpanId) ?? spans[0]!;
  const byService = Map.groupBy(spans, ({ serviceName }) => serviceName);
  const errorsOf = (some: Span[]) => some.filter(({ status }) => status?.code === 2).length;
  return {
    summary: {
      traceId: root.traceId ?? "",
      startTimeUnixNano: String(first),
      durationNanos: Number(last - first),
      spanCount: spans.length,
      errorCount: errorsOf(spans),
      root: {
        spanId: root.spanId ?? "",
        name: root.name ?? "",
        serviceName: root.serviceName,
        kind: root.kind ?? 0,
      },
      hasRoot: !root.parentSpanId,
      services: [...byService].map(([name, some]) => ({
        name,
        spanCount: some.length,
        errorCount: errorsOf(some),
      })),
    },
    data: {
      resourceSpans: [...byService].map(([name, some]) => ({
        resource: {
          attributes: [
            { key: "service.name", value: { stringValue: name } },
            { key: "telemetry.sdk.language", value: { stringValue: "webjs" } },
          ],
        },
        scopeSpans: [{
          scope: { name: "tests", version: "1.0.0" },
          spans: some.map(({ serviceName: _, ...span }) => span),
        }],
      })),
    },
    hints: [],
    logs: [],
    ...extra,
  };
}

async function asset(pathname: string): Promise<Response> {
  const name = pathname.slice(1) in TYPES ? pathname.slice(1) : "index.html";
  return new Response(await Deno.readFile(new URL(name, PAGE)), {
    headers: { "content-type": TYPES[name]!, "content-security-policy": POLICY },
  });
}

function notFound(): Response {
  return Response.json({ error: "Cannot find what was asked for" }, { status: 404 });
}

function sortBy({ by, isDescending }: TraceOrder, traces: TraceSummary[]): void {
  const keyOf = ({ startTimeUnixNano, root, errorCount, spanCount, durationNanos }: TraceSummary) =>
    ({
      start: BigInt(startTimeUnixNano!),
      service: root.serviceName,
      name: root.name,
      errors: errorCount,
      spans: spanCount,
      duration: durationNanos,
    })[by];
  const sign = isDescending ? -1 : 1;
  traces.sort((a, b) => keyOf(a) < keyOf(b) ? -sign : keyOf(a) > keyOf(b) ? sign : 0);
}

function factsOf({ data: { resourceSpans = [] }, summary }: PageTrace): SpanFacts[] {
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => new OtlpSpanFacts(span, resource, scope, () => summary.durationNanos))
    )
  );
}
