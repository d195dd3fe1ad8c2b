/**
 * Hono middleware that records requests according to OpenTelemetry's stable HTTP semantic conventions.
 *
 * @module
 */
import { context, createContextKey, ROOT_CONTEXT } from "@opentelemetry/api";
import type { MiddlewareHandler } from "hono";
import { markInstrumentation } from "./answering_route.ts";
import { takeUnanswered } from "./cascade.ts";
import { HandledRequest } from "./handled_request.ts";
import { isInstrumentedBefore, passOn, record } from "./handling.ts";
import type {
  Forwarded,
  HeaderCapture,
  HttpInstrumentationOptions,
  RequestHook,
} from "./http_options.ts";
import { HttpRecorder } from "./http_recorder.ts";

export type { Forwarded, HeaderCapture, HttpInstrumentationOptions, RequestHook };

/** This key tells the SDK to create no spans. */
const SUPPRESSED = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/**
 * Hono middleware that records each request as a server span and two metrics, according to the stable HTTP
 * semantic conventions. It uses the global providers, context manager and propagator; without them it costs
 * next to nothing and changes nothing.
 *
 * The parent of the span comes only from the request's headers: a context that is active when a request arrives
 * did not necessarily make the request (see {@linkcode HandledRequest}). A call within the process, such as
 * `app.request()`, passes its context in headers, as any client does. An app that handles a request for another
 * one adds no span, but adds its route to the other's. If another instrumentation has a server span of the
 * request, that span gets Hono's data, and there is no second one.
 *
 * Use it before any other middleware, because it observes only the handlers after it. The span of a streamed
 * response ends with its stream. If the client disconnects, the span has the `error.type`
 * `client_disconnected`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Hono } from "hono";
 * import { httpInstrumentation } from "@otel-kit/instrumentation";
 *
 * const app = new Hono();
 * app.use(httpInstrumentation({ ignorePaths: ["/health"] }));
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
    if (isIgnored(c.req.path)) {
      return context.with(ROOT_CONTEXT.setValue(SUPPRESSED, true), next);
    }
    const begun = takeUnanswered(c);
    return record(begun ? recorder.resume(begun, c) : recorder.start(c, active), c, next);
  };
  markInstrumentation(middleware);
  return middleware;
}
