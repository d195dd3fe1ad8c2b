import type { Fault } from "./fault.ts";
import { type Route, spanOf } from "./routes.ts";

/** What the fault was, how to recognize it, and how to fix it: a paragraph each. */
export function explain(fault: Fault): string[] {
  switch (fault.kind) {
    case "slow-route": {
      const { from, to } = fault.call;
      return [
        `The fault: slow-route. One in ${fault.every} requests of ${named(to)} takes ` +
        `${fault.delayMillis} ms longer.`,
        `How to recognize it: in a slow trace, every span above it is long, too, but they all wait: ` +
        `${named(from)} for its client span, which waits for ${
          named(to)
        }. That is the lowest long ` +
        "span, and it has no child that explains its time.",
        "How to fix it: look for a lock, a query, or a cold cache in that handler, and give the caller a " +
        "timeout. Watch the 99th percentile of http.server.request.duration by http.route: a mean " +
        "hides occasional delays.",
      ];
    }
    case "failing-dependency": {
      const { from, to } = fault.call;
      return [
        `The fault: failing-dependency. One in ${fault.every} requests of ${named(to)} fails ` +
        `with 503, and ${
          named(from)
        } swallows the error: the customer gets 200 with a part missing.`,
        `How to recognize it: the span of ${to.service} has status ERROR and an exception event; the ` +
        `client span of ${from.service} above it has status ERROR and http.response.status_code ` +
        "503; the status of the spans above it is unset. Search for traces with an error, not for " +
        "failed requests.",
        "How to fix it: repair the dependency. Keep the fallback, but record it: add an event or an " +
        "attribute to the caller's span, and a metric with an alert.",
      ];
    }
    case "lost-context": {
      const { from, to } = fault.call;
      return [
        `The fault: lost-context. ${
          named(from)
        } calls ${to.service} without the header traceparent.`,
        `How to recognize it: a trace of ${from.service} has a client span with nothing below it. At the ` +
        `same moment, a second trace begins with ${named(to)}: a server span without a parent, ` +
        "although no customer calls that service.",
        "How to fix it: inject the context into every outgoing request, ideally with an instrumented " +
        "client. Make sure that proxies and lists of allowed headers pass traceparent and " +
        "tracestate.",
      ];
    }
    case "blocked-collector":
      return [
        "The fault: blocked-collector. The shop is healthy; the gateway between it and the Collector " +
        (fault.blockade === "silent"
          ? "accepts every export and never responds."
          : "answers every export with 503 and Retry-After, and forwards nothing."),
        "How to recognize it: the shop works, but no new traces arrive. The shop's exporter reports the " +
        "address and the reason in its own terminal, and at the end the number of lost items. " +
        "`otel-kit doctor --endpoint` reports a failure at the gateway's address, but none at the " +
        "Collector's: the link between them is broken.",
        "How to fix it: unblock or restart the gateway. Until then, the exporter retries. Its queue is " +
        "bounded, and drops what exceeds it. Watch otelcol_exporter_send_failed_spans and the " +
        "queue size at every hop, and never let an export block the app.",
      ];
  }
}

function named(route: Route): string {
  return `${route.service} "${spanOf(route)}"`;
}
