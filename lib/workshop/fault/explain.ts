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
        } swallows the error: the customer gets 200, and yesterday's answer.`,
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
    case "memory-growth":
      return explainMemoryGrowth(fault);
    case "retry-storm":
      return explainRetryStorm(fault);
    case "repeated-calls":
      return explainRepeatedCalls(fault);
    case "wrong-sampling":
      return explainWrongSampling(fault);
    case "cardinality":
      return explainCardinality(fault);
    case "clock-skew":
      return explainClockSkew(fault);
    case "blocked-collector":
      return [
        "The fault: blocked-collector. The shop is healthy; the gateway between it and the Collector " +
        (fault.blockade === "silent"
          ? "accepts every export and never responds."
          : "answers every export with 503 and Retry-After, and forwards nothing."),
        "How to recognize it: the shop works, but no new traces arrive, and the Collector doesn't get a " +
        "single request. `otel-kit doctor --endpoint` reports a failure at the gateway's address, but " +
        "none at the Collector's: the link between them is broken. Usually, the exporter's messages " +
        "in the app's own log say so, too. This shop keeps them back.",
        "How to fix it: unblock or restart the gateway. Until then, the exporter retries. Its queue is " +
        "bounded, and drops what exceeds it. Watch otelcol_exporter_send_failed_spans and the " +
        "queue size at every hop, and never let an export block the app.",
      ];
  }
}

type Of<Kind extends Fault["kind"]> = Extract<Fault, { kind: Kind }>;

function explainMemoryGrowth({ route, every }: Of<"memory-growth">): string[] {
  return [
    `The fault: memory-growth. One in ${every} answers of ${
      named(route)
    } stays in its cache forever.`,
    `How to recognize it: process.memory.usage of ${route.service} rises with the requests and never ` +
    "falls, while that of the other services levels off. In the traces, shop.cache.entries of this " +
    "route grows from request to request; every other route stops at the same small number.",
    "How to fix it: give every cache a limit and an expiry. Set an alert on the slope of the memory, " +
    "not on a level: a restart hides a leak for a while, and then it is back.",
  ];
}

function explainRetryStorm({ call: { from, to }, every, failures }: Of<"retry-storm">): string[] {
  return [
    `The fault: retry-storm. Once in ${every} requests, ${named(to)} has a weak moment, and ` +
    `${named(from)} calls it up to ${failures + 1} times in a row, without a pause.`,
    "How to recognize it: in such a trace, one span of the caller has a row of client spans for the " +
    "same address. All but the last failed, and none waited for the one before to recover. Count the " +
    "requests: the called service gets more of them than the shop has customers.",
    "How to fix it: wait before each retry, longer each time and by a random amount, limit the share " +
    "of retries, and retry at one level only. Record http.request.resend_count, so that retries can " +
    "be counted.",
  ];
}

function explainRepeatedCalls({ call: { from, to }, most }: Of<"repeated-calls">): string[] {
  return [
    `The fault: repeated-calls. ${named(from)} calls ${
      named(to)
    } once for each of its items, and ` +
    `gets more of them with every request, up to ${most}.`,
    "How to recognize it: one span of the caller has a row of client spans for the same route, one " +
    "after the other. All of them are fast, and none failed, so no single span is at fault. Compare " +
    "an early trace with a late one: the row grows, and with it the request's duration.",
    "How to fix it: ask for all items in one request, or in one query: with a database, this is the " +
    "N+1 problem. Until then, send the requests side by side, and limit their number. Watch the " +
    "number of client spans per request, which rises before anyone notices the time.",
  ];
}

function explainWrongSampling({ service, every }: Of<"wrong-sampling">): string[] {
  return [
    `The fault: wrong-sampling. ${service} keeps one in ${every} requests by its own decision, ` +
    "instead of its caller's.",
    `How to recognize it: many traces end at a client span that calls ${service}, and nothing begins ` +
    "elsewhere at that time, as it would with a lost context. The metrics count all requests: " +
    `http.server.request.duration of ${service} has more of them than there are spans.`,
    "How to fix it: use the same sampler everywhere, one that follows the parent: parentbased_always_on " +
    "or parentbased_traceidratio. Only the first service decides; the sampled flag in traceparent " +
    "tells the others.",
  ];
}

function explainCardinality({ route }: Of<"cardinality">): string[] {
  return [
    `The fault: cardinality. ${
      named(route)
    } counts its visits with an attribute that has another ` +
    "value each time, the ID of the trace.",
    "How to recognize it: shop.visits has one series per route, but a new one with every request to " +
    `this one: group it by visit.id. A store of metrics keeps each of them, with its index and its ` +
    "memory, and each is 1 forever.",
    "How to fix it: remove the attribute, in the app, with a view of the SDK, or in the Collector. " +
    "An attribute of a metric needs few values that are known beforehand. What differs with each " +
    "request belongs on a span; exemplars lead from the metric to a trace.",
  ];
}

function explainClockSkew({ service, skewMillis }: Of<"clock-skew">): string[] {
  const seconds = Math.abs(skewMillis) / 1000;
  return [
    `The fault: clock-skew. The clock of ${service} is ${seconds} s ${
      skewMillis > 0 ? "fast" : "slow"
    }.`,
    `How to recognize it: spans of ${service} begin before their parent, or after it has ended, all ` +
    "by the same amount. Their durations are right, because each has both times from one clock. The " +
    "other services agree with each other.",
    "How to fix it: synchronize the clocks (NTP), also in virtual machines that were suspended. " +
    "Some tools correct such times for display. Don't rely on it: log records, and a search by time, " +
    "are wrong all the same.",
  ];
}

function named(route: Route): string {
  return `${route.service} "${spanOf(route)}"`;
}
