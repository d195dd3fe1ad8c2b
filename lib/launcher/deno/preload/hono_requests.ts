import { context, type Span, trace } from "@opentelemetry/api";
import type { Context } from "hono";
import {
  answeringRoute,
  type Entry,
  hasOtherInstrumentation,
  isInstrumentation,
  type Route,
  routesOf,
  watchEntry,
  watchLastHandler,
} from "../../../instrumentation/answering_route.ts";
import {
  type Handling,
  handlingOf,
  markedServerSpan,
  setHandling,
} from "../../../instrumentation/deno_span.ts";
import type { HandledRequest } from "../../../instrumentation/handled_request.ts";
import { NOT_FINALIZED } from "../../../instrumentation/handling.ts";
import { recordUnhandled } from "../../../instrumentation/outcome.ts";
import { whenAnswered } from "./answered_span.ts";
import { createRouteWriter } from "./route_name.ts";
import type { PreloadSettings } from "./settings.ts";

/** The handlers that a router found for a request, each with its parameters; and sometimes their values. */
type Found = readonly [entries: readonly (readonly [Entry, unknown])[], ...others: unknown[]];

/** The part of Hono's routers that is used here. */
interface Router {
  match(method: string, path: string): Found;
}

/**
 * Follows the requests that a router of Hono finds handlers for, if Deno creates a span for them that was
 * marked: adds route and exceptions.
 *
 * The app has a middleware for that, but a middleware is expensive: Hono calls a single handler without waiting
 * for promises. So this takes the middleware out of what the router finds, and watches the first handler
 * instead. An app that handles a request for another one keeps its middleware.
 */
export function createHonoFollower(
  { http }: Pick<PreloadSettings, "http">,
): (router: Router) => void {
  const writeRoute = createRouteWriter(http);
  const followed = new WeakSet<object>();
  const watched = new WeakMap<Entry, Entry>();
  /** The span of the request whose first handler is about to be called. */
  let current: Span | undefined;

  function watch(entry: Entry): Entry {
    const known = watched.get(entry);
    if (known) return known;
    const [handler, route] = entry;
    const made: Entry = [(c, next) => {
      const span = current;
      current = undefined;
      return span ? follow(span, c, () => handler(c, next)) : handler(c, next);
    }, route];
    watchEntry(made);
    watched.set(entry, made);
    return made;
  }

  function follow<T>(span: Span, c: Context, handle: () => T): T {
    const request = new FollowedRequest(span, c);
    const settle = (thrown: unknown) => {
      const route = request.settle(thrown);
      if (route) writeRoute(span, c.req.method, route);
    };
    let answered: T;
    try {
      answered = handle();
    } catch (thrown) {
      settle(thrown);
      throw thrown;
    }
    if (answered instanceof Promise) {
      answered.then((response) => settle(missing(c, response)), settle);
    } else settle(undefined);
    return answered;
  }

  /** What was found without the middleware, and with a watched handler. */
  function prepare(found: Found): Found {
    current = undefined;
    const span = unhandledSpan();
    if (!span) return found;
    const [entries, ...others] = found;
    if (hasOtherInstrumentation(entries.map(([[, route]]) => route))) return found;
    const [first, ...more] = entries.filter(([[handler]]) => !isInstrumentation(handler));
    if (!first) return found;
    const [entry, parameters] = first;
    current = span;
    return [[[watch(entry), parameters], ...more], ...others];
  }

  return (router) => {
    if (followed.has(router)) return;
    followed.add(router);
    let { match } = router;
    Object.defineProperty(router, "match", {
      configurable: true,
      enumerable: true,
      get: () => (method: string, path: string) => prepare(match.call(router, method, path)),
      // Routers replace their own method when they match for the first time.
      set(replacement: Router["match"]) {
        match = replacement;
      },
    });
  };
}

/** The span of the request, unless another app already handles it. */
function unhandledSpan(): Span | undefined {
  const active = trace.getSpan(context.active());
  const span = active && markedServerSpan(active);
  return span && !handlingOf(span) ? span : undefined;
}

/** The error that Hono throws later if neither the first handler nor another one has responded. */
function missing(c: Context, response: unknown): Error | undefined {
  const isAnswered = response || c.finalized || routesOf(c).length === 1;
  return isAnswered ? undefined : new Error(NOT_FINALIZED);
}

/** A request whose handlers are running. */
class FollowedRequest implements Handling {
  readonly c: Context;
  request: HandledRequest | undefined;
  readonly #span: Span;
  readonly #routes: readonly Route[];

  constructor(span: Span, c: Context) {
    this.c = c;
    this.#span = span;
    this.#routes = routesOf(c);
    watchLastHandler(this.#routes, c);
    setHandling(span, this);
  }

  /** Ends it; returns the route that responded. */
  settle(thrown: unknown): string | undefined {
    const { c, request } = this;
    const route = request ? request.route : answeringRoute(this.#routes, c);
    const error = thrown ?? c.error ?? request?.error;
    if (error !== undefined) {
      whenAnswered(this.#span, (status) => recordUnhandled(this.#span, status, error));
    }
    request?.release();
    setHandling(this.#span, undefined);
    return route;
  }
}
