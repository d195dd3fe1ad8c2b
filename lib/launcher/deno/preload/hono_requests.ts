import { context, type Span, trace } from "@opentelemetry/api";
import type { Context } from "hono";
import {
  answeringRoute,
  type Entry,
  hasOtherInstrumentation,
  isInstrumentation,
  type Route,
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
import { createRouteWriter, type RouteWriter } from "./route_name.ts";
import type { PreloadSettings } from "./settings.ts";

type Entries = readonly (readonly [Entry, parameters: unknown])[];

/** The handlers that a router found for a request. Some routers also return the values of parameters. */
type Found = readonly [entries: Entries, ...values: unknown[]];

/** The part of Hono's routers that is used here. */
interface Router {
  match(method: string, path: string): Found;
}

/** The handlers to call instead. */
interface Replacement {
  entries: Entries;
  routes: readonly Route[];
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
  const replacements = new WeakMap<Entries, Replacement>();
  /** The request whose first handler is about to be called. */
  let next: { span: Span; routes: readonly Route[] } | undefined;

  function watch(entry: Entry): Entry {
    const known = watched.get(entry);
    if (known) return known;
    const [handler, route] = entry;
    const made: Entry = [(c, goOn) => {
      if (!next) return handler(c, goOn);
      const request = new FollowedRequest(c, next.span, next.routes, writeRoute);
      next = undefined;
      try {
        return request.follow(handler(c, goOn));
      } catch (thrown) {
        request.settle(thrown);
        throw thrown;
      }
    }, route];
    watchEntry(made);
    watched.set(entry, made);
    return made;
  }

  /** Undefined if only the middleware matched, or an instrumentation of the program's own. */
  function replace(entries: Entries): Replacement | undefined {
    const [first, ...more] = entries.filter(([[handler]]) => !isInstrumentation(handler));
    if (!first) return undefined;
    const [entry, parameters] = first;
    const replaced: Entries = [[watch(entry), parameters], ...more];
    const routes = replaced.map(([[, route]]) => route);
    return hasOtherInstrumentation(routes) ? undefined : { entries: replaced, routes };
  }

  function prepare(found: Found): Found {
    next = undefined;
    const span = unhandledSpan();
    if (!span) return found;
    const [entries, ...values] = found;
    // Routers that return values return the same handlers again.
    const isKept = values.length > 0;
    const known = isKept ? replacements.get(entries) : undefined;
    const replacement = known ?? replace(entries);
    if (!replacement) return found;
    if (isKept && !known) replacements.set(entries, replacement);
    next = { span, routes: replacement.routes };
    return [replacement.entries, ...values];
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

/** A request whose handlers are running. */
class FollowedRequest implements Handling {
  readonly c: Context;
  request: HandledRequest | undefined;
  readonly #span: Span;
  readonly #routes: readonly Route[];
  readonly #writeRoute: RouteWriter;

  constructor(c: Context, span: Span, routes: readonly Route[], writeRoute: RouteWriter) {
    this.c = c;
    this.#span = span;
    this.#routes = routes;
    this.#writeRoute = writeRoute;
    watchLastHandler(routes, c);
    setHandling(span, this);
  }

  /** Settles when the first handler has responded; returns its response. */
  follow<T>(answered: T): T {
    if (answered instanceof Promise) {
      answered.then(
        (response) => this.settle(this.#missing(response)),
        (thrown) => this.settle(thrown),
      );
    } else this.settle(undefined);
    return answered;
  }

  /** Adds the route that responded, and the error if there is one. */
  settle(thrown: unknown): void {
    const { c, request } = this;
    const span = this.#span;
    const route = request ? request.route : answeringRoute(this.#routes, c);
    if (route) this.#writeRoute(span, c.req.method, route);
    const error = thrown ?? c.error ?? request?.error;
    if (error !== undefined) whenAnswered(span, (status) => recordUnhandled(span, status, error));
    request?.release();
    setHandling(span, undefined);
  }

  /** The error that Hono throws later if neither the first handler nor another one has responded. */
  #missing(response: unknown): Error | undefined {
    const isAnswered = response || this.c.finalized || this.#routes.length === 1;
    return isAnswered ? undefined : new Error(NOT_FINALIZED);
  }
}
