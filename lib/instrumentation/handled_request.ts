import { type Context as ActiveContext, createContextKey, propagation } from "@opentelemetry/api";
import type { Context } from "hono";
import { isReceived } from "./received_request.ts";
import { answeringRoute, type Route, routesOf } from "./answering_route.ts";

/** Under this key a {@linkcode HandledRequest} is in the context in which it is handled. */
export const HANDLED_REQUEST_KEY: symbol = createContextKey("otel-kit: handled request");

/** Of a request that is made anew from another one, these stay what they were. */
const KEPT_HEADERS = ["host", "user-agent", "accept"];

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
  readonly routes: readonly Route[];
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
    this.routes = routesOf(c);
    this.#basePath = basePath;
  }

  /**
   * Finds the request among those that are being handled: the one that the active context is marked
   * with, if it is the same. It may not be: on Deno 2.9, up to 2.9.6 at least, the context of an
   * `import()` leaks into later requests (no issue is known), and a handler can make requests of its own
   * within the process.
   */
  static find(c: Context, active: ActiveContext): HandledRequest | undefined {
    const request = active.getValue(HANDLED_REQUEST_KEY);
    return request instanceof HandledRequest && request.isThatOf(c) ? request : undefined;
  }

  /** Whether an app is asked for the same request, which may have been made anew for it. */
  isThatOf(c: Context): boolean {
    const caller = this.#c;
    if (!caller || !this.#raw) return false;
    const { raw } = c.req;
    // The server tells of the connection in one object for each request.
    if (c === caller || raw === this.#raw || (isObject(c.env) && c.env === this.#env)) return true;
    if (isReceived(c)) return false;
    // It was made within the process: from this one by middleware, or by a handler that asks somebody.
    const names = [...KEPT_HEADERS, ...propagation.fields()];
    for (const name of names) {
      if (raw.headers.get(name) !== this.#raw.headers.get(name)) return false;
    }
    const { path } = caller.req;
    return c.req.path === path || (this.#isMount(caller) && path.endsWith(c.req.path));
  }

  #isMount({ req: { routeIndex } }: Context): boolean {
    return this.routes[routeIndex]?.path.endsWith("*") ?? false;
  }

  /** The part of an app that was called; undefined if it is the same app, which has no part of its own. */
  callApp(c: Context): HandledRequest | undefined {
    const caller = this.#c;
    if (!caller || c === caller) return undefined;
    const isMoved = c.req.path !== caller.req.path;
    const route = this.routes[caller.req.routeIndex];
    const mountPath = isMoved && route ? route.path.replace(/\/?\*$/, "") : "";
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
    const route = this.#c && answeringRoute(this.routes, this.#c);
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

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
