import type { HttpResponse } from "../../http/handler.ts";
import type { IncomingRequest } from "../../http_server/incoming_request.ts";
import type { Guard } from "../guard.ts";

/** How long browsers may cache a preflight response. */
const MAX_AGE_SECONDS = 3600;

/**
 * Lets a page read the response to its request, if the page may send at all. The web SDK's exporter sends
 * with credentials, like all beacons. Browsers then require that the response permits credentials and
 * names the exact origin.
 */
export function corsHeaders(request: IncomingRequest, guard: Guard): Record<string, string> {
  const origin = request.headers.get("origin");
  if (origin === null || guard.check("receive", request)?.status === 403) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    vary: "Origin",
  };
}

/** Answers a browser's preflight request. */
export function preflightAnswer(request: IncomingRequest, guard: Guard): HttpResponse {
  const cors = corsHeaders(request, guard);
  const isAllowed = "access-control-allow-origin" in cors;
  return {
    status: isAllowed ? 204 : 403,
    headers: {
      ...cors,
      ...isAllowed && {
        "access-control-allow-methods": "POST",
        // Users can configure exporters with any header.
        "access-control-allow-headers": request.headers.get("access-control-request-headers") ??
          "content-type",
        "access-control-max-age": String(MAX_AGE_SECONDS),
      },
    },
  };
}
