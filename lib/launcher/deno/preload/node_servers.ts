import { context, type Span, trace } from "@opentelemetry/api";
import { fromNode } from "../../../instrumentation/connection.ts";
import { markServerSpan } from "../../../instrumentation/deno_span.ts";
import { recordUnhandled } from "../../../instrumentation/outcome.ts";
import { requestAttributes } from "../../../instrumentation/request_attributes.ts";
import { builtinModule } from "./node_builtins.ts";
import { createRouteMeasurer } from "./node_durations.ts";
import { captureNodeHeaders, type NodeHeaders, toHeaders } from "./node_headers.ts";
import { createRouteWriter } from "./route_name.ts";
import type { PreloadSettings } from "./settings.ts";

/** The part of a `node:http` request that is used here. */
interface NodeRequest {
  method?: string;
  url?: string;
  headers: NodeHeaders;
  httpVersion?: string;
  socket?: { remoteAddress?: string; remotePort?: number; encrypted?: boolean };
}

/** The part of a `node:http` response that is used here. */
interface NodeResponse {
  statusCode: number;
  getHeaders(): NodeHeaders;
}

/** What a framework reports about a request before its response begins. */
export interface Exchange {
  span: Span;
  /** The route that handles the request, as written in the program. */
  route?: string | undefined;
  /** What a handler has thrown, whether or not it was handled. */
  thrown?: unknown;
}

type Method = (this: object, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** Methods that begin a response that hasn't begun. On Deno 2.9, the others call the first one. */
const BEGINNINGS = ["writeHead", "write", "end", "flushHeaders"];

/**
 * The symbol under which Deno 2.9 and newer store the span in the response. They never make it
 * active.
 */
const DENOS_SPAN = "kOtelSpan";

const exchanges = new WeakMap<object, Exchange>();
let areEnriched = false;

/** The exchange of a request that a framework handles, if Deno creates a span for it. */
export function exchangeOf(request: object): Exchange | undefined {
  return exchanges.get(request);
}

/**
 * Enriches the spans of every server on `node:http` from now on: with client and server, captured
 * headers, and the route and exception that a framework reports. Call it when the program has
 * loaded `node:http`, or is about to, because loading it takes time.
 */
export function enrichNodeServers({ http }: Pick<PreloadSettings, "http">): void {
  if (areEnriched) return;
  areEnriched = true;
  const { Server, ServerResponse } = builtinModule("node:http");
  const { Server: SecureServer } = builtinModule("node:https");
  const enrichment = createEnrichment(http);
  for (const { prototype } of new Set([Server, SecureServer])) {
    watchRequests(prototype as unknown as Methods, enrichment.start);
  }
  const responses = ServerResponse.prototype as unknown as Methods;
  for (const name of BEGINNINGS) watchBeginning(responses, name, enrichment.settle);
}

/** The work at the start of each request, and when its response begins. */
interface Enrichment {
  start(request: NodeRequest, response: NodeResponse): Span | undefined;
  /** @param written Headers that the response doesn't store. */
  settle(response: object, written?: NodeHeaders): void;
}

function createEnrichment(http: PreloadSettings["http"]): Enrichment {
  const { readForwarded } = http;
  const writeRoute = createRouteWriter(http);
  const measureRoute = createRouteMeasurer();
  const headerCapture = captureNodeHeaders(http);
  const waiting = new WeakMap<object, Exchange & { method: string }>();

  return {
    start(request, response) {
      if (exchanges.has(request)) return undefined;
      const left = spanLeftWith(response);
      const span = left ?? trace.getSpan(context.active());
      if (!span?.isRecording()) return undefined;
      if (left) measureRoute(left);
      const { method = "", headers } = request;
      const exchange = { span, method };
      exchanges.set(request, exchange);
      waiting.set(response, exchange);
      const connection = fromNode(request);
      const asked = requestAttributes(urlOf(request), toHeaders(headers), {
        connection,
        readForwarded,
      });
      span.setAttributes(asked);
      headerCapture.addRequest(span, headers);
      markServerSpan(span, undefined);
      return span;
    },
    settle(response, written) {
      const exchange = waiting.get(response);
      if (!exchange) return;
      waiting.delete(response);
      const { span, method, route, thrown } = exchange;
      if (route) writeRoute(span, method, route);
      const answer = response as NodeResponse;
      recordUnhandled(span, answer.statusCode, thrown);
      headerCapture.addResponse(span, () => ({ ...answer.getHeaders(), ...written }));
    },
  };
}

/** Calls back for each request before the program receives it, and makes its span active. */
function watchRequests(servers: Methods, start: Enrichment["start"]): void {
  const emit = servers.emit!;
  servers.emit = function (event, ...args) {
    if (event !== "request") return emit.call(this, event, ...args);
    const [request, response] = args as [NodeRequest, NodeResponse];
    const span = safely(() => start(request, response));
    const active = context.active();
    if (!span || trace.getSpan(active) === span) return emit.call(this, event, ...args);
    return context.with(trace.setSpan(active, span), () => emit.call(this, event, ...args));
  };
}

/** Calls back for each response when its head is known, before its span ends. */
function watchBeginning(responses: Methods, name: string, settle: Enrichment["settle"]): void {
  const original = responses[name];
  if (!original) return;
  responses[name] = name === "writeHead"
    ? function (...args) {
      const returned = original.apply(this, args);
      safely(() => settle(this, headersAmong(args)));
      return returned;
    }
    : function (...args) {
      safely(() => settle(this));
      return original.apply(this, args);
    };
}

/**
 * The headers that `writeHead` receives in any of its forms; Deno 2.9 and newer store them nowhere
 * else.
 */
function headersAmong(args: unknown[]): NodeHeaders {
  const given = args.slice(1).find((one) => typeof one === "object" && one !== null);
  if (!Array.isArray(given)) return given as NodeHeaders ?? {};
  const entries = Array.isArray(given[0])
    ? given
    : Array.from({ length: given.length >> 1 }, (_, i) => given.slice(2 * i, 2 * i + 2));
  return Object.fromEntries(entries);
}

function spanLeftWith(response: NodeResponse): Span | undefined {
  const symbol = Object.getOwnPropertySymbols(response)
    .find(({ description }) => description === DENOS_SPAN);
  return symbol && Reflect.get(response, symbol);
}

function urlOf({ url = "", headers: { host = "" }, socket }: NodeRequest): string {
  return /^\w+:\/\//.test(url) ? url : `${socket?.encrypted ? "https" : "http"}://${host}${url}`;
}

/** Runs a function; its errors don't reach the program. */
function safely<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
