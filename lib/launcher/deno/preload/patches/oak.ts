import { context, type Span, trace } from "@opentelemetry/api";
import { markedServerSpan } from "../../../../instrumentation/deno_span.ts";
import { recordUnhandled } from "../../../../instrumentation/outcome.ts";
import { acceptEachClassOnce, type Patch } from "../patch.ts";
import { createRouteWriter, type RouteWriter } from "../route_name.ts";
import type { PreloadSettings } from "../settings.ts";

/** The part of a request's context that is used here. */
interface OakContext {
  request: {
    method: string;
    /** The incoming request, since Oak 14.2. */
    source?: Request;
    originalRequest?: { request?: Request };
  };
  response: { status: number };
  /** The matching routes of routers; each router that handles the request adds its own. */
  matched?: { path: string; methods: string[] }[];
}

type Next = () => Promise<unknown>;
type Middleware = (c: OakContext, next: Next) => Promise<unknown>;

/** An app's event about an error that it responds to itself. */
interface ErrorEvent {
  context?: OakContext;
  error?: unknown;
}

/**
 * Adds route and exceptions to the spans of Oak, and makes each span active while its request is
 * handled.
 */
export function createOakPatch({ http }: Pick<PreloadSettings, "http">): Patch {
  const writeRoute = createRouteWriter(http);
  const isNew = acceptEachClassOnce();
  return {
    name: "Oak",
    module: /[/@]oak[/@].*\b(?:mod|application|router)\.(?:m?js|ts)$/,
    specifier: /^(?:jsr:)?@oak\/oak(?:@[^/]*)?(?:\/(?:application|router))?$|^https?:.*[/@]oak[@/]/,
    apply({ Application, Router }) {
      if (isNew(Application)) patchApplication(Application.prototype as ApplicationMethods);
      if (isNew(Router)) patchRouter(Router.prototype as RouterMethods, writeRoute);
    },
  };
}

interface ApplicationMethods {
  use(this: object, ...middleware: unknown[]): unknown;
  dispatchEvent(this: object, event: ErrorEvent): boolean;
}

/**
 * Patches apps, which handle requests in a different context than the server's, and respond to
 * errors without passing them on.
 */
function patchApplication(methods: ApplicationMethods): void {
  const { use, dispatchEvent } = methods;
  const apps = new WeakSet<object>();
  methods.use = function (...middleware) {
    if (apps.has(this)) return use.apply(this, middleware);
    apps.add(this);
    return use.call(this, makeActive, ...middleware);
  };
  methods.dispatchEvent = function (event) {
    const span = event.context && spanOf(event.context);
    if (span) recordUnhandled(span, event.context!.response.status, event.error);
    return dispatchEvent.call(this, event);
  };
}

const makeActive: Middleware = function otelKit(c, next) {
  const span = spanOf(c);
  const active = context.active();
  if (!span || trace.getSpan(active) === span) return next();
  return context.with(trace.setSpan(active, span), next);
};

interface RouterMethods {
  routes(this: object): Middleware;
}

function patchRouter(methods: RouterMethods, writeRoute: RouteWriter): void {
  const { routes } = methods;
  methods.routes = function () {
    const dispatch = routes.call(this);
    // Other routers find this one by its property `router`.
    return Object.assign(withRoute(dispatch, writeRoute), dispatch);
  };
}

/** Writes the route when its handlers are done, if they have not passed the request on. */
function withRoute(dispatch: Middleware, writeRoute: RouteWriter): Middleware {
  return (c, next) => {
    const span = spanOf(c);
    if (!span) return dispatch(c, next);
    const { length } = c.matched ?? [];
    let isPassedOn = false;
    const handled = dispatch(c, () => {
      isPassedOn = true;
      return next();
    });
    const { method } = c.request;
    const route = c.matched?.slice(length).find(({ methods }) => methods.includes(method))?.path;
    if (route === undefined) return handled;
    const settle = () => {
      if (!isPassedOn) writeRoute(span, method, route);
    };
    handled.then(settle, settle);
    return handled;
  };
}

/** The span that Deno created, which was marked before Oak received the request. */
function spanOf({ request: { source, originalRequest } }: OakContext): Span | undefined {
  const request = source ?? originalRequest?.request;
  return request && markedServerSpan(request);
}
