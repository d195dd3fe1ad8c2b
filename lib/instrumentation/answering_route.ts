import type { Context, MiddlewareHandler } from "hono";

/** A route that Hono matched. */
export interface Route {
  path: string;
  method: string;
  handler: unknown;
}

/** What Hono keeps of a route to call its handler: only the first of both is called. */
type Entry = [handler: MiddlewareHandler, route: Route];

/** The method of what Hono calls for any: middleware, `app.all()` and `app.mount()` alike. */
const ANY_METHOD = "ALL";

/** Where `app.route()` leaves the handler of a part that answers errors itself. */
const COMPOSED_HANDLER = "__COMPOSED_HANDLER";

/**
 * Middleware that records requests has this, with the mark of the copy of this module that it is of: a
 * program and what is loaded in front of it may have a copy each.
 */
const RECORDS_REQUESTS = Symbol.for("otel-kit: records requests");

/** The mark of this copy. */
const THIS_COPY = Symbol();

/** Entries whose handler is watched. */
const watched = new WeakSet<Entry>();

/** Requests that their last handler has passed on, so that nobody was found. */
const passedOn = new WeakSet<Context>();

/** The marks of all copies that have marked anything. */
const copies: Set<symbol> = Reflect.get(globalThis, RECORDS_REQUESTS) ?? new Set();

/** Makes middleware known as one that records requests and never answers them. */
export function markInstrumentation(middleware: MiddlewareHandler): void {
  Reflect.set(globalThis, RECORDS_REQUESTS, copies.add(THIS_COPY));
  Object.defineProperty(middleware, RECORDS_REQUESTS, { value: THIS_COPY });
}

/** Whether the handler is middleware that records requests, and of this copy. */
export function isInstrumentation(handler: unknown): boolean {
  return markOf(handler) === THIS_COPY;
}

/** Whether a request meets middleware that records requests, of another copy of this module. */
export function hasOtherInstrumentation(c: Context): boolean {
  return copies.size > 1 && routesOf(c).some(({ handler }) => {
    const mark = markOf(handler);
    return mark !== undefined && mark !== THIS_COPY;
  });
}

function markOf(handler: unknown): unknown {
  let target = handler;
  while (typeof target === "function" && COMPOSED_HANDLER in target) {
    target = target[COMPOSED_HANDLER];
  }
  return typeof target === "function" ? Reflect.get(target, RECORDS_REQUESTS) : undefined;
}

/**
 * What Hono matched for a request, in its order. `hono/route` would know only requests of its own copy of
 * Hono, and an app may have another one, such as that of JSR.
 */
export function routesOf(c: Context): readonly Route[] {
  return c.req.matchedRoutes;
}

/**
 * The path template that answers, or will answer, the request; undefined where nobody does. Of what
 * matches any method, nobody can tell before whether it is middleware or answers.
 *
 * @param routes What Hono matched.
 * @param c Knows which one runs, or ran last.
 */
export function answeringRoute(routes: readonly Route[], c: Context): string | undefined {
  const { routeIndex } = c.req;
  for (let i = routeIndex; i < routes.length; i++) {
    if (isEndpoint(routes[i])) return routes[i]?.path;
  }
  const reached = routes[routeIndex];
  if (reached && !passedOn.has(c) && markOf(reached.handler) === undefined) return reached.path;
  for (let i = Math.min(routeIndex, routes.length) - 1; i >= 0; i--) {
    if (isEndpoint(routes[i])) return routes[i]?.path;
  }
  return undefined;
}

function isEndpoint(route: Route | undefined): boolean {
  return route !== undefined && route.method !== ANY_METHOD;
}

/**
 * Notes whether the last of the handlers passes the request on, which makes it a request for nothing.
 * Hono does not tell: its own 404 is a response like any other. So the handler that Hono calls is
 * replaced, once, by one that looks; the route, and what the app sees of it, stays the same.
 */
export function watchLastHandler(routes: readonly Route[], c: Context): void {
  const last = routes.at(-1);
  if (!last || isEndpoint(last) || markOf(last.handler) !== undefined) return;
  const entry = entriesOf(c)?.at(-1)?.[0];
  if (!entry || entry[1] !== last || watched.has(entry)) return;
  watched.add(entry);
  const [handler] = entry;
  entry[0] = (c, next) =>
    handler(c, () => {
      const { routeIndex } = c.req;
      const passed = next();
      if (c.req.routeIndex === routeIndex) passedOn.add(c);
      return passed;
    });
}

/** Hono keeps them under a symbol of its own, on the request. */
function entriesOf({ req }: Context): [Entry, unknown][] | undefined {
  for (const symbol of Object.getOwnPropertySymbols(Object.getPrototypeOf(req))) {
    const value: unknown = Reflect.get(req, symbol);
    if (Array.isArray(value) && Array.isArray(value[0])) return value[0];
  }
  return undefined;
}
