import { Hono } from "hono";
import { compress } from "hono/compress";
import { messageOf } from "../../error_message.ts";
import type { ReportFault } from "../fault_report.ts";
import type { Guard } from "../guard.ts";
import { createPrometheusApi } from "../prometheus/api.ts";
import { DatabaseError } from "../store/database_error.ts";
import { type Store, StoreUnavailableError } from "../store/store.ts";
import { createZipkinApi } from "../zipkin/api.ts";
import { ZIPKIN_PAGE_CONFIG } from "../zipkin/page_config.ts";
import { answerAny } from "./answer_any.ts";
import { jsonResponse } from "./answers.ts";
import { BrokenBodyError } from "../broken_body.ts";
import { createDataApi, type ImportData } from "./data_api.ts";
import { createEventHub, type EventHub } from "./event_hub.ts";
import type { ExportLog } from "./export_log.ts";
import type { Guest } from "./guest.ts";
import { createJaegerApi, isJaegerPath, jaegerError } from "./jaeger_api.ts";
import { createJaegerUiApi, isJaegerUiPath, jaegerUiError } from "./jaeger_ui_api.ts";
import { createKitApi } from "./kit_api.ts";
import { startLiveFeed } from "./live_feed.ts";
import type { CollectorStats, StoreStats, TraceFile } from "../model.ts";
import { answerPage, type PageAssets } from "./page.ts";
import { QueryError } from "../../query/expression.ts";
import { ParameterError } from "./parameters.ts";
import { LongBodyError } from "../short_body.ts";
import { createMcpRoute, type LoadMcp } from "./mcp_route.ts";
import { createTracesApi } from "./traces_api.ts";

/** The parts that the query API is built from. */
export interface QueryApiOptions {
  store: Store;
  exports: ExportLog;
  /** Adds addresses and counts to the store's status. */
  stats: (store: StoreStats) => CollectorStats;
  guard: Guard;
  /** Called with errors that clients didn't cause. */
  reportFault?: ReportFault;
  /** Stores the content of a file. */
  importData: ImportData;
  /** Additions by other parts of the program. */
  guests?: readonly Guest[];
  /** The files of the page; if unset, only the API is served. */
  pageAssets?: PageAssets;
  /** Creates a self-contained page of one trace. */
  renderTraceHtml?: (trace: TraceFile) => string | Promise<string>;
  /** Loads the code that answers `/mcp`; if unset, there is no such path. */
  loadMcp?: LoadMcp;
  /** Milliseconds since 1970. */
  now?: () => number;
  maxImportBytes?: number;
}

/** The query API, the live stream and the page; disposing ends the streams. */
export interface QueryApi extends Disposable {
  fetch(request: Request): Promise<Response>;
  /** Open live streams. */
  readonly clientCount: number;
  /** The routes, except the page: one entry for each method of a path. */
  readonly routes: readonly { method: string; path: string }[];
}

/** How long clients should wait while the store is not available. */
const RETRY_AFTER_SECONDS = 1;

/**
 * Creates the handler for the page's port. It serves Jaeger's `/api/v3` and `/api/traces`, Zipkin's
 * `/api/v2`, Prometheus's `/api/v1/query`, the kit's `/api/kit`, `/mcp`, and the page for all other paths. Every
 * request passes the guard first.
 */
export function createQueryApi(options: QueryApiOptions): QueryApi {
  const { store, exports, stats, guard, guests = [], pageAssets, reportFault = () => {} } = options;
  const events = createEventHub({
    start(publish) {
      const sources = new DisposableStack();
      sources.use(startLiveFeed({ store, exports, stats }, publish));
      for (const guest of guests) sources.use(guest.start?.(publish));
      return sources;
    },
  });

  function answerFault(request: Request, error: unknown): Response {
    reportFault(`answer ${request.method} ${new URL(request.url).pathname}`, error);
    const isForNow = error instanceof DatabaseError && error.trouble !== "damaged";
    return answerError(request, isForNow ? 503 : 500, `Cannot answer: ${messageOf(error)}`);
  }

  const api = createRoutes(options, events, answerFault);
  const routes = api.routes.filter(({ method }) => method !== "ALL");

  async function answer(request: Request): Promise<Response> {
    const isApi = isForPrograms(request);
    const signedIn = isApi ? undefined : guard.signIn(request);
    if (signedIn) return signedIn;
    const refusal = isProbe(request) ? undefined : guard.check(isApi ? "query" : "page", request);
    if (refusal) return answerError(request, refusal.status, refusal.message);
    return isApi ? await api.fetch(request) : await answerPage(request, pageAssets);
  }

  const front = new Hono().use(compress()).all("*", ({ req: { raw } }) => {
    const request = asZipkinPage(raw);
    return answer(request).catch((error) => answerFault(request, error));
  });

  return {
    get clientCount() {
      return events.clientCount;
    },
    routes,
    fetch: (request) => answerAny(request, async (request) => await front.fetch(request)),
    [Symbol.dispose]: () => events[Symbol.dispose](),
  };
}

/** All routes of the APIs, including those of guests. */
function createRoutes(
  options: QueryApiOptions,
  events: EventHub,
  answerFault: (request: Request, error: unknown) => Response,
): Hono {
  const { store, exports, stats, guests = [], importData, renderTraceHtml, loadMcp } = options;
  const { maxImportBytes, reportFault = () => {}, now = Date.now } = options;
  const app = new Hono();
  app.route("/", createJaegerApi(store));
  app.route("/", createJaegerUiApi(store, now));
  app.route("/api/v2", createZipkinApi(store));
  app.get("/zipkin/config.json", (c) => c.json(ZIPKIN_PAGE_CONFIG));
  app.route("/", createPrometheusApi({ store, stats: async () => stats(await store.stats()) }));
  app.route("/", createTracesApi({ store, renderTraceHtml, now }));
  app.route("/", createKitApi({ store, exports, events, stats }));
  app.route("/", createDataApi({ store, importData, maxImportBytes, reportFault }));
  if (loadMcp) {
    app.route("/", createMcpRoute(loadMcp, async (request) => await app.fetch(request)));
  }
  for (const { routes } of guests) app.route("/", routes);
  refuseOtherMethods(app);
  app.notFound((c) => answerError(c.req.raw, 404, `Cannot find ${c.req.path.slice(0, 200)}`));
  app.onError((error, c) => {
    if (error instanceof StoreUnavailableError) return answerUnavailable(c.req.raw, error);
    if (error instanceof LongBodyError) return answerError(c.req.raw, 413, error.message);
    const isForClient = [ParameterError, QueryError, BrokenBodyError].some((kind) =>
      error instanceof kind
    );
    return isForClient ? answerError(c.req.raw, 400, error.message) : answerFault(c.req.raw, error);
  });
  return app;
}

/** For `/metrics`, browsers get the page's view, and programs get the metrics. */
function isForPrograms({ url, headers }: Request): boolean {
  const { pathname } = new URL(url);
  if (pathname === "/metrics") return !headers.get("accept")?.includes("text/html");
  return pathname.startsWith("/api/") || ["/mcp", "/zipkin/config.json"].includes(pathname) ||
    isProbe({ url });
}

/** Zipkin's page asks its API below its own path. */
function asZipkinPage(request: Request): Request {
  const url = new URL(request.url);
  if (!url.pathname.startsWith("/zipkin/api/")) return request;
  url.pathname = url.pathname.slice("/zipkin".length);
  return new Request(url, request);
}

/** What probes of containers and load balancers ask, without a token: the answer contains no data. */
function isProbe({ url }: Pick<Request, "url">): boolean {
  return ["/-/healthy", "/-/ready"].includes(new URL(url).pathname);
}

/** Responds to unsupported methods of each path with the supported ones. */
function refuseOtherMethods(app: Hono): void {
  const methods = new Map<string, string[]>();
  for (const { path, method } of app.routes) {
    methods.set(path, [...methods.get(path) ?? [], method]);
  }
  for (const [path, allowed] of methods) {
    if (allowed.includes("GET")) allowed.push("HEAD");
    const allow = [...allowed, "OPTIONS"].join(", ");
    app.all(path, ({ req: { raw } }) => {
      if (raw.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
      const message = `Cannot ${raw.method} ${new URL(raw.url).pathname}: expected ${allow}`;
      return answerError(raw, 405, message, { allow });
    });
  }
}

function answerUnavailable(request: Request, { message }: StoreUnavailableError): Response {
  const headers = { "retry-after": String(RETRY_AFTER_SECONDS) };
  return answerError(request, 503, `Cannot answer now: ${message}`, headers);
}

/** Responds with an error in the format that the path's clients expect. */
function answerError(
  { url }: Request,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const { pathname } = new URL(url);
  if (status === 401) headers = { ...headers, "www-authenticate": 'Bearer realm="otel-kit"' };
  if (!pathname.startsWith("/api/")) return new Response(`${message}\n`, { status, headers });
  return jsonResponse(errorBody(pathname, status, message), { status, headers });
}

function errorBody(path: string, status: number, message: string): unknown {
  if (isJaegerPath(path)) return jaegerError(status, message);
  return isJaegerUiPath(path) ? jaegerUiError(status, message) : { error: message };
}
