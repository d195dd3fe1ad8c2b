import { type Context as ActiveContext, createContextKey } from "@opentelemetry/api";
import type { Context } from "hono";
import { matchedRoutes, routePath } from "hono/route";
import { matchedRoute } from "./matched_route.ts";

/** Under this key a {@linkcode HandledRequest} is in the context in which it is handled. */
export const HANDLED_REQUEST_KEY = createContextKey("otel-kit: handled request");

/**
 * A request that an app handles. Where this app calls another one for it (`app.mount()`, or
 * `other.fetch(c.req.raw)`), the other's part is one of these, too, and tells the first what it knows.
 */
export class HandledRequest {
  #raw: Request | undefined;
  #env: unknown;
  /** Undefined once the request has been answered. */
  #c: Context | undefined;
  /** These stay the same while the request is handled. */
  readonly #routes: ReturnType<typeof matchedRoutes>;
  /** What stands before this app's routes. */
  readonly #basePath: string;
  /** The route of the app that was called, with what stands before it. */
  calledRoute: string | undefined;
  /** What a handler of the app that was called has thrown. */
  calledError: Error | undefined;

  constructor(c: Context, basePath = "") {
    this.#c = c;
    this.#raw = c.req.raw;
    this.#env = c.env;
    this.#routes = matchedRoutes(c);
    this.#basePath = basePath;
  }

  /**
   * Finds the request among those that are being handled. That a request is handled in the active
   * context does not say that it is this one: on Deno 2.9, up to 2.9.6 at least, the context of an
   * `import()` leaks into later requests (no issue is known). So both must have in common the `Request`, or what the server tells of the connection, which is one
   * object for each request and what `app.mount()` passes on with a changed `Request`.
   */
  static find(c: Context, active: ActiveContext): HandledRequest | undefined {
    const request = active.getValue(HANDLED_REQUEST_KEY);
    if (!(request instanceof HandledRequest) || !request.#c) return undefined;
    const isSame = c === request.#c || c.req.raw === request.#raw ||
      (typeof c.env === "object" && c.env !== null && c.env === request.#env);
    return isSame ? request : undefined;
  }

  /** The part of an app that was called; undefined if it is the same app, which has no part of its own. */
  callApp(c: Context): HandledRequest | undefined {
    const caller = this.#c;
    if (!caller || c === caller) return undefined;
    const isMoved = c.req.path !== caller.req.path;
    const mountPath = isMoved ? routePath(caller).replace(/\/?\*$/, "") : "";
    return new HandledRequest(c, this.#basePath + mountPath);
  }

  /** Takes over what the app that was called knows, once it has answered. */
  takeOver(called: HandledRequest): void {
    this.calledRoute ??= called.route;
    this.calledError ??= called.error;
  }

  /** The path template that answers the request, as far as it is known now. */
  get route(): string | undefined {
    if (this.calledRoute !== undefined) return this.calledRoute;
    const route = this.#c && matchedRoute(this.#routes, this.#c.req.routeIndex);
    return route === undefined ? undefined : this.#basePath + route;
  }

  /** What a handler has thrown, if it was answered by an error handler. */
  get error(): Error | undefined {
    return this.#c?.error ?? this.calledError;
  }

  /** Lets go of everything: contexts stay reachable for long. */
  release(): void {
    this.#c = undefined;
    this.#raw = undefined;
    this.#env = undefined;
  }
}
