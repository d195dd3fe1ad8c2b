import { type Context as ActiveContext, createContextKey, propagation } from "@opentelemetry/api";
import type { Context } from "hono";
import { isReceived } from "./received_request.ts";
import { answeringRoute, type Route, routesOf } from "./answering_route.ts";

/** The context key of the {@linkcode HandledRequest} that is being handled. */
export const HANDLED_REQUEST_KEY: symbol = createContextKey("otel-kit: handled request");

/** Properties that stay the same when a request is created from another one. */
const KEPT_HEADERS = ["host", "user-agent", "accept"];

/**
 * A request that an app handles. If this app calls another one for it (`app.mount()`, or
 * `other.fetch(c.req.raw)`), the other app's part has a record as well, and passes its results to the first
 * one.
 */
export class HandledRequest {
  #raw: Request | undefined;
  /** Undefined after the response. */
  #c: Context | undefined;
  /** These stay the same while the request is handled. */
  readonly routes: readonly Route[];
  /** The prefix of this app's routes. */
  readonly #basePath: string;
  /** The route of the called app, including its prefix. */
  calledRoute: string | undefined;
  /** The exception that a handler of the called app threw. */
  calledError: Error | undefined;

  constructor(c: Context, basePath = "") {
    this.#c = c;
    this.#raw = c.req.raw;
    this.routes = routesOf(c);
    this.#basePath = basePath;
  }

  /**
   * Finds the request among those that are being handled: the one in the active context, if it is the same
   * request. It may not be: on Deno 2.9, up to 2.9.6 at least, the context of an `import()` leaks into later
   * requests (no issue is known), and a handler can make in-process requests of its own.
   */
  static find(c: Context, active: ActiveContext): HandledRequest | undefined {
    const request = active.getValue(HANDLED_REQUEST_KEY);
    return request instanceof HandledRequest && request.isThatOf(c) ? request : undefined;
  }

  /** Whether an app is called with the same request, which may have been copied for it. */
  isThatOf(c: Context): boolean {
    const caller = this.#c;
    if (!caller) return false;
    const { raw } = c.req;
    // The server describes the connection in one object per request.
    if (c === caller || raw === this.#raw || (c.env && c.env === caller.env)) return true;
    if (isReceived(c)) return false;
    // It was created in the process: copied by middleware, or made by a handler that calls another app.
    const { path, routeIndex } = caller.req;
    const isMount = this.routes[routeIndex]?.path.endsWith("*");
    if (isMount ? !path.endsWith(c.req.path) : path !== c.req.path) return false;
    return [...KEPT_HEADERS, ...propagation.fields()]
      .every((name) => raw.headers.get(name) === this.#raw?.headers.get(name));
  }

  /** The record of the called app; undefined if it is the same app, which has no part of its own. */
  callApp(c: Context): HandledRequest | undefined {
    const caller = this.#c;
    if (!caller || c === caller) return undefined;
    const isMoved = c.req.path !== caller.req.path;
    const route = this.routes[caller.req.routeIndex];
    const mountPath = isMoved && route ? route.path.replace(/\/?\*$/, "") : "";
    return new HandledRequest(c, this.#basePath + mountPath);
  }

  /** Takes over the results of the called app after its response. */
  takeOver(called: HandledRequest): void {
    this.calledRoute ??= called.route;
    this.calledError ??= called.error;
  }

  /** The path template that answers the request, as far as known so far. */
  get route(): string | undefined {
    if (this.calledRoute !== undefined) return this.calledRoute;
    const route = this.#c && answeringRoute(this.routes, this.#c);
    return route === undefined ? undefined : this.#basePath + route;
  }

  /** The exception of a handler, if an error handler answered. */
  get error(): Error | undefined {
    return this.#c?.error ?? this.calledError;
  }

  /** Releases all references, because contexts stay reachable for a long time. */
  release(): void {
    this.#c = this.#raw = undefined;
  }
}
