import { context, type Span } from "@opentelemetry/api";
import { subscribe } from "node:diagnostics_channel";
import { findReportedSpan } from "../../../instrumentation/foreign_span.ts";
import { recordUnhandled } from "../../../instrumentation/outcome.ts";
import { type FastifyRequest, observeFastify } from "../../deno/preload/fastify_hooks.ts";
import { captureNodeHeaders } from "../../deno/preload/node_headers.ts";
import type { PreloadSettings } from "../../deno/preload/settings.ts";

/** A request whose span is known, and what was thrown for it. */
interface EnrichedRequest {
  span: Span;
  thrown?: unknown;
}

/** Adds route, exceptions and headers to the server spans of all Fastify apps of the program. */
export function enrichFastify(http: PreloadSettings["http"]): void {
  const headers = captureNodeHeaders(http);
  const requests = new WeakMap<FastifyRequest, EnrichedRequest>();

  observeFastify(subscribe, {
    start(request, route) {
      const found = findReportedSpan(context.active());
      if (!found) return;
      const { span } = found;
      if (route) found.setRoute?.(route);
      headers.addRequest(span, request.headers);
      requests.set(request, { span });
    },
    fail(request, thrown) {
      const enriched = requests.get(request);
      if (enriched) enriched.thrown = thrown;
    },
    answer(request, reply) {
      const enriched = requests.get(request);
      if (!enriched) return;
      recordUnhandled(enriched.span, reply.statusCode, enriched.thrown);
      headers.addResponse(enriched.span, () => reply.getHeaders());
    },
  });
}
