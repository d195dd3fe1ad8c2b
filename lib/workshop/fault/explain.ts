import type { Fault } from "./fault.ts";
import { type Route, spanOf } from "./routes.ts";

/** What the fault was, what shows it, and how one would mend it: a paragraph each. */
export function explain(fault: Fault): string[] {
  switch (fault.kind) {
    case "slow-route": {
      const { from, to } = fault.call;
      return [
        `The fault: slow-route. One in ${fault.every} requests of ${named(to)} takes ` +
        `${fault.delayMillis} ms longer.`,
        `What shows it: in a slow trace every span above it is long as well, but they all wait: ` +
        `${named(from)} for its client span, and that one for ${named(to)}, which is the lowest ` +
        "long span and has no child that explains its time.",
        "How to mend it: look into that handler (a lock, a query, a cold cache), give the caller a " +
        "timeout, and watch the 99th percentile of http.server.request.duration by http.route: a " +
        "mean hides what happens now and then.",
      ];
    }
    case "failing-dependency": {
      const { from, to } = fault.call;
      return [
        `The fault: failing-dependency. One in ${fault.every} requests of ${
          named(to)
        } is answered ` +
        `503, and ${named(from)} swallows that: the customer gets 200 with a part left out.`,
        `What shows it: the span of ${to.service} has status ERROR and an exception event; the ` +
        `client span of ${from.service} above it has status ERROR and http.response.status_code ` +
        "503; the spans above that are unset. Search for traces with an error, not for failed " +
        "requests.",
        "How to mend it: repair the dependency. Keep the fallback, and tell of it: an event or an " +
        "attribute on the caller's span, and a metric that somebody is alerted by.",
      ];
    }
    case "lost-context": {
      const { from, to } = fault.call;
      return [
        `The fault: lost-context. ${
          named(from)
        } asks ${to.service} without the header traceparent.`,
        `What shows it: a trace of ${from.service} has a client span with nothing below it, and at ` +
        `the same moment a second trace begins with ${named(to)}: a server span without parent, ` +
        "though no customer asks there.",
        "How to mend it: inject the context into every request that goes out, best by an " +
        "instrumented client; and let proxies and lists of allowed headers pass traceparent and " +
        "tracestate.",
      ];
    }
    case "blocked-collector":
      return [
        "The fault: blocked-collector. The shop is well; the gateway between it and the Collector " +
        (fault.blockade === "silent"
          ? "takes every export and never answers."
          : "answers every export 503 with Retry-After, and hands nothing on."),
        "What shows it: customers are served, and no new trace arrives. The exporter of the shop says " +
        "so in its own terminal, with the address and the reason, and counts what it lost at the " +
        "end. `otel-kit doctor --endpoint` with the address of the gateway finds it, and with that " +
        "of the Collector it finds nothing: so the link between is broken.",
        "How to mend it: free or restart the gateway. Until then the exporter retries, its queue is " +
        "bounded, and what does not fit is dropped: watch otelcol_exporter_send_failed_spans and " +
        "the queue's size at every hop, and let no export block the app.",
      ];
  }
}

function named(route: Route): string {
  return `${route.service} "${spanOf(route)}"`;
}
