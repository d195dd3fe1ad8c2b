import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  trace,
} from "@opentelemetry/api";
import {
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_ROUTE,
  HTTP_REQUEST_METHOD_VALUE_OTHER,
} from "@opentelemetry/semantic-conventions";
import type { AddHeaders } from "../../../instrumentation/http_options.ts";
import { DEFAULT_KNOWN_METHODS } from "../../../instrumentation/methods.ts";
import { recordAnswer, recordUnhandled } from "../../../instrumentation/outcome.ts";
import { requestAttributes } from "../../../instrumentation/request_attributes.ts";
import { INSTRUMENTATION_SCOPE } from "../../../instrumentation/scope.ts";
import type { PreloadSettings } from "../../deno/preload/settings.ts";

/** The part of a server that is used here. */
interface BunServer {
  requestIP?(request: Request): { address: string; port: number } | null;
  reload?(options: ServeOptions): unknown;
}

type Answer = Response | undefined;
type Handler = (this: unknown, request: Request, server: BunServer) => Answer | Promise<Answer>;

/** The used options of `Bun.serve`: a handler, and handlers by path, or by path and method. */
interface ServeOptions {
  fetch?: Handler;
  error?: (this: unknown, error: unknown) => Answer | Promise<Answer>;
  routes?: unknown;
}

interface BunGlobal {
  serve(options: ServeOptions): BunServer;
}

const HEADERS_GETTER = {
  get: (headers: Headers, name: string) => headers.get(name) ?? undefined,
  keys: (headers: Headers) => [...headers.keys()],
};

/** Shared by all handlers. */
interface Recording {
  known: ReadonlySet<string>;
  addRequestHeaders: AddHeaders | undefined;
  addResponseHeaders: AddHeaders | undefined;
}

/** Lets `Bun.serve` create a server span for each request, with the route if Bun itself routes it. */
export function instrumentServe({
  headers,
  knownMethods = DEFAULT_KNOWN_METHODS,
}: PreloadSettings["http"]): void {
  const { Bun: bun } = globalThis as unknown as { Bun: BunGlobal };
  const serve = bun.serve;
  const recording: Recording = {
    known: new Set(knownMethods),
    addRequestHeaders: headers?.addRequest,
    addResponseHeaders: headers?.addResponse,
  };
  const wrap = (handler: Handler, route?: string) => traced(handler, recording, route);

  // Inherited, because the options may be an app with more properties than Bun reads.
  const withSpans = (options: ServeOptions): ServeOptions => {
    const { fetch, routes } = options;
    return Object.assign(Object.create(options), {
      ...fetch && { fetch: wrap(fetch) },
      ...isPlain(routes) && { routes: wrapRoutes(routes, wrap) },
    });
  };
  bun.serve = (options) => {
    const server = serve.call(bun, withSpans(options));
    const { reload } = server;
    if (reload) server.reload = (next) => reload.call(server, withSpans(next));
    return server;
  };
}

function wrapRoutes(
  routes: Record<string, unknown>,
  wrap: (handler: Handler, route: string) => Handler,
): Record<string, unknown> {
  const wrapOne = (value: unknown, route: string): unknown => {
    if (typeof value === "function") return wrap(value as Handler, route);
    // Handlers by method; anything else is a static response that Bun serves itself.
    if (!isPlain(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([method, handler]) => [method, wrapOne(handler, route)]),
    );
  };
  return Object.fromEntries(
    Object.entries(routes).map(([route, value]) => [route, wrapOne(value, route)]),
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}

function traced(handler: Handler, recording: Recording, route: string | undefined): Handler {
  const { known, addRequestHeaders, addResponseHeaders } = recording;
  const tracer = trace.getTracer(INSTRUMENTATION_SCOPE.name, INSTRUMENTATION_SCOPE.version);
  return function (request, server) {
    const { method, url, headers } = request;
    const isKnown = known.has(method);
    const peer = server?.requestIP?.(request);
    const attributes: Attributes = requestAttributes(url, headers, {
      method: isKnown ? method : HTTP_REQUEST_METHOD_VALUE_OTHER,
      connection: peer ? { peerAddress: peer.address, peerPort: peer.port } : {},
      readForwarded: undefined,
    });
    if (!isKnown) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method;
    if (route !== undefined) attributes[ATTR_HTTP_ROUTE] = route;
    addRequestHeaders?.(headers, attributes);
    const parent = propagation.extract(ROOT_CONTEXT, headers, HEADERS_GETTER);
    const name = [isKnown ? method : "HTTP", route].filter((part) => part !== undefined).join(" ");
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
    return context.with(
      trace.setSpan(parent, span),
      () => settled(span, () => handler.call(this, request, server), addResponseHeaders),
    );
  };
}

/** Ends the span when there is a response. A request that is upgraded to a WebSocket has none. */
async function settled(
  span: Span,
  handle: () => Answer | Promise<Answer>,
  addHeaders: Recording["addResponseHeaders"],
): Promise<Answer> {
  try {
    const response = await handle();
    if (!response) return response;
    recordAnswer(span, response.status, undefined);
    const captured: Attributes = {};
    addHeaders?.(response.headers, captured);
    span.setAttributes(captured);
    return response;
  } catch (error) {
    // Hono has recorded it already, if it passed it on: it handles only instances of `Error`.
    recordUnhandled(span, 500, error);
    recordAnswer(span, 500, undefined);
    throw error;
  } finally {
    span.end();
  }
}
