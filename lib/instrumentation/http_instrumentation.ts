/**
 * Hono middleware that records requests by OpenTelemetry's stable HTTP semantic conventions.
 *
 * @module
 */
import {
  type Context as ActiveContext,
  context,
  createContextKey,
  ROOT_CONTEXT,
} from "@opentelemetry/api";
import type { Context, MiddlewareHandler, Next } from "hono";
import {
  isInstrumentation,
  markInstrumentation,
  routesOf,
  watchLastHandler,
} from "./answering_route.ts";
import { watchClient } from "./client_watch.ts";
import { whenErrorIsAnswered } from "./error_answer.ts";
import { HANDLED_REQUEST_KEY, HandledRequest } from "./handled_request.ts";
import type { HeaderPattern, HttpInstrumentationOptions, RequestHook } from "./http_options.ts";
import { HttpRecorder } from "./http_recorder.ts";

export type { HeaderPattern, HttpInstrumentationOptions, RequestHook };

/** Under this key the SDK is told to make no spans. */
const SUPPRESSED = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/**
 * Hono middleware that records each request as a server span and as two metrics, by the stable HTTP
 * semantic conventions. Providers, context manager and propagator are the global ones; without them
 * it costs next to nothing and changes nothing.
 *
 * The parent of the span is what the request's headers say, and nothing else: that something is active
 * where a request arrives does not mean that it made the request (see {@linkcode HandledRequest}). A
 * call within the process, like `app.request()`, hands its context on in headers, as any client does.
 * An app that handles a request for another one adds no span, but its route to the other's. Where another
 * instrumentation has a server span of the request, that one gets what Hono knows, and there is no second.
 *
 * Use it before any other middleware: it sees what the handlers behind it do. The span of a streamed answer
 * ends with its stream, and that of a client that went away with `error.type` `client_disconnected`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Hono } from "hono";
 * import { httpInstrumentation } from "@otel-kit/instrumentation";
 *
 * const app = new Hono();
 * app.use(httpInstrumentation({ captureRequestHeaders: ["x-.*"] }));
 * app.get("/", (c) => c.text("Hello"));
 * assertEquals(await (await app.request("/")).text(), "Hello");
 * ```
 */
export function httpInstrumentation(options: HttpInstrumentationOptions = {}): MiddlewareHandler {
  const recorder = new HttpRecorder(options);
  const { ignorePaths = [] } = options;
  const isIgnored = (path: string) =>
    ignorePaths.some((ignored) =>
      typeof ignored === "string" ? ignored === path : path.search(ignored) !== -1
    );

  const middleware: MiddlewareHandler = function httpInstrumentation(c, next) {
    if (isInstrumentedBefore(c)) return next();
    const active = context.active();
    const caller = HandledRequest.find(c, active);
    if (caller) return passOn(c, next, caller, active);
    if (ignorePaths.length > 0 && isIgnored(c.req.path)) {
      return context.with(ROOT_CONTEXT.setValue(SUPPRESSED, true), next);
    }
    return record(recorder, c, next);
  };
  markInstrumentation(middleware);
  return middleware;
}

function record(recorder: HttpRecorder, c: Context, next: Next): Promise<void> {
  const recording = recorder.start(c);
  const stopWatching = watchClient(c.req.raw, () => recording.leave());
  // Two callbacks cost less here than an async function.
  return context.with(recording.active, next).then(
    () => {
      stopWatching();
      if (c.finalized) return recording.answer();
      // Hono would throw the same, but where nobody sees how its error handler answers.
      const error = new Error(NOT_FINALIZED);
      seeAnswer(c, error, (status) => recording.fail(undefined, status));
      throw error;
    },
    (thrown) => {
      stopWatching();
      // Hono answers what is an Error; anything else passes through and becomes the server's 500.
      if (thrown instanceof Error) seeAnswer(c, thrown, (status) => recording.fail(thrown, status));
      else recording.fail(thrown);
      throw thrown;
    },
  );
}

const NOT_FINALIZED =
  "Context is not finalized. Did you forget to return a Response object or `await next()`?";

function seeAnswer(c: Context, error: Error, settle: (status: number | undefined) => void): void {
  whenErrorIsAnswered(c, error, { isComposed: routesOf(c).length > 1, settle });
}

/** Whether the same app, or one that it is a part of, has instrumented the request already. */
function isInstrumentedBefore(c: Context): boolean {
  const { routeIndex } = c.req;
  return routeIndex > 0 &&
    routesOf(c).slice(0, routeIndex).some(({ handler }) => isInstrumentation(handler));
}

/** Handles a request for an app that has a span of it. */
async function passOn(
  c: Context,
  next: Next,
  caller: HandledRequest,
  active: ActiveContext,
): Promise<void> {
  const called = caller.callApp(c);
  if (!called) return await next();
  watchLastHandler(called.routes, c);
  try {
    await context.with(active.setValue(HANDLED_REQUEST_KEY, called), next);
  } finally {
    caller.takeOver(called);
    called.release();
  }
}
