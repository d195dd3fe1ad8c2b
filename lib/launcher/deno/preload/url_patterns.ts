import { context, type Span, trace } from "@opentelemetry/api";
import { handlingOf, requestOf } from "../../../instrumentation/deno_span.ts";
import { splitUrl } from "../../../instrumentation/url.ts";
import { whenAnswered } from "./answered_span.ts";
import { createRouteWriter } from "./route_name.ts";
import type { PreloadSettings } from "./settings.ts";

/** Status codes with which a program reports that there is no such route after all. */
const NO_ROUTE = new Set([404, 405]);

/** The path of a pattern that accepts any path. */
const ANY_PATH = "*";

/** The route that handles a request, as far as known. */
interface Candidate {
  route: string;
}

/**
 * Adds the route to the spans of programs that find it with `URLPattern`, directly or with
 * `route()` of `@std/http`. The route is the path of the last pattern that matches the request's
 * URL. If Hono handles the request, Hono's route is used instead.
 */
export function watchUrlPatterns({ http }: Pick<PreloadSettings, "http">): void {
  const writeRoute = createRouteWriter(http);
  const candidates = new WeakMap<Span, Candidate>();
  const { prototype } = URLPattern;
  const { exec, test } = prototype;

  function note({ pathname: route }: URLPattern, input: unknown): void {
    const span = trace.getSpan(context.active());
    const request = span && requestOf(span);
    if (!request || route === ANY_PATH || handlingOf(span) || !isUrlOf(request, input)) return;
    const known = candidates.get(span);
    if (known) {
      known.route = route;
      return;
    }
    const candidate = { route };
    candidates.set(span, candidate);
    const { method } = request;
    whenAnswered(span, (status) => {
      if (!NO_ROUTE.has(status)) writeRoute(span, method, candidate.route);
    });
  }

  prototype.exec = function (...args) {
    const found = exec.apply(this, args);
    if (found) note(this, args[0]);
    return found;
  };
  prototype.test = function (...args) {
    const isFitting = test.apply(this, args);
    if (isFitting) note(this, args[0]);
    return isFitting;
  };
}

/** Whether the input of the pattern was the request's URL: all of it, or its path. */
function isUrlOf({ url }: Request, input: unknown): boolean {
  if (typeof input === "string") return input === url;
  if (input instanceof URL) return input.href === url;
  const { pathname } = (input ?? {}) as { pathname?: string };
  return pathname === splitUrl(url).path;
}
