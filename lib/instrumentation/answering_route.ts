import type { Context, MiddlewareHandler } from "hono";

/** A route that Hono matched. */
export interface Route {
  path: string;
  method: string;
  handler: unknown;
}

/** The part of a route that Hono uses to call its handler: it calls only the first of the two. */
export type Entry = [handler: MiddlewareHandler, route: Route];

/** Hono's name for any method: middleware, `app.all()` and `app.mount()` all use it. */
const ANY_METHOD = "ALL";

/** Where `app.route()` stores the handler of a sub-app that has its own error handler. */
const COMPOSED_HANDLER = "__COMPOSED_HANDLER";

/**
 * Set on middleware that records requests, with the mark of its copy of this module: a program and the code
 * preloaded before it may each have a copy.
 */
const RECORDS_REQUESTS: unique symbol = Symbol.for("otel-kit: records requests");

/** The mark of this copy. */
const THIS_COPY = Symbol();

/** Entries whose handler is wrapped. */
const watched = new WeakSet<Entry>();

/** Requests that their last handler passed on, so that no handler answered. */
const passedOn = new WeakSet<Context>();

/** Marks middleware as one that records requests and never answers them. */
export function markInstrumentation(middleware: MiddlewareHandler): void {
  Object.defineProperty(middleware, RECORDS_REQUESTS, { value: THIS_COPY });
}

/** Whether the handler is middleware of this copy that records requests. */
export function isInstrumentation(handler: unknown): boolean {
  return markOf(handler) === THIS_COPY;
}

/** Whether one of the routes is middleware of another copy of this module that records requests. */
export function hasOtherInstrumentation(routes: readonly Route[]): boolean {
  return routes.some(({ handler }) => (markOf(handler) ?? THIS_COPY) !== THIS_COPY);
}

function markOf(handler: unknown): symbol | undefined {
  const { [COMPOSED_HANDLER]: composed, [RECORDS_REQUESTS]: mark } = handler as MarkedHandler;
  return composed ? markOf(composed) : mark;
}

interface MarkedHandler {
  [COMPOSED_HANDLER]?: unknown;
  [RECORDS_REQUESTS]?: symbol;
}

/**
 * The routes that Hono matched for a request, in its order. `hono/route` works only for requests of its own
 * copy of Hono, and an app may use another one, such as JSR's.
 */
export function routesOf(c: Context): readonly Route[] {
  return c.req.matchedRoutes;
}

/**
 * The path template of the route that answers, or will answer, the request; undefined if none does. A route
 * that matches any method may be middleware or the answer, which is not known in advance.
 *
 * @param routes The matched routes.
 * @param c Its `routeIndex` shows which handler is running, or ran last.
 */
export function answeringRoute(routes: readonly Route[], c: Context): string | undefined {
  const { routeIndex } = c.req;
  const next = routes.find((route, i) => i >= routeIndex && isEndpoint(route));
  if (next) return next.path;
  const reached = routes[routeIndex];
  if (reached && !passedOn.has(c) && markOf(reached.handler) === undefined) return reached.path;
  return routes.findLast(isEndpoint)?.path;
}

function isEndpoint({ method }: Route): boolean {
  return method !== ANY_METHOD;
}

/**
 * Notes whether the last handler passes the request on, which means that no route answers it. Hono doesn't
 * expose this: its own 404 is a response like any other.
 */
export function watchLastHandler(routes: readonly Route[], c: Context): void {
  const last = routes.at(-1);
  if (!last || isEndpoint(last)) return;
  const entry = entriesOf(c)?.at(-1)?.[0];
  if (entry && entry[1] === last) watchEntry(entry);
}

/**
 * The same for one entry, before Hono calls its handler. The handler is replaced, once, by a wrapper; the
 * route, and what the app sees of it, stays the same.
 */
export function watchEntry(entry: Entry): void {
  const [handler, route] = entry;
  if (isEndpoint(route) || markOf(route.handler) !== undefined || watched.has(entry)) return;
  watched.add(entry);
  entry[0] = (c, next) =>
    handler(c, () => {
      const { routeIndex } = c.req;
      const passed = next();
      if (c.req.routeIndex === routeIndex) passedOn.add(c);
      return passed;
    });
}

/** Hono stores them on the request, under a private symbol. */
function entriesOf({ req }: Context): [Entry, unknown][] | undefined {
  for (const symbol of Object.getOwnPropertySymbols(Object.getPrototypeOf(req))) {
    const value = Reflect.get(req, symbol);
    if (Array.isArray(value?.[0])) return value[0];
  }
  return undefined;
}
