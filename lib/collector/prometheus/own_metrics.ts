import type { CollectorStats, ConnectionStats } from "../model.ts";
import type { Signal } from "../../otlp/signal.ts";

const ITEMS: Record<Signal, string> = {
  traces: "spans",
  metrics: "metric_points",
  logs: "log_records",
};

/**
 * The collector's own counters in Prometheus's text format. Those that the OpenTelemetry Collector also
 * has use the same names, so that its dashboards work here, too. Only counters that it doesn't have end
 * in `_total`.
 *
 * @see https://opentelemetry.io/docs/collector/internal-telemetry/#lists-of-internal-metrics
 */
export function ownMetrics(stats: CollectorStats): string {
  return ownFamilies(stats).map(({ name, type, help, value }) =>
    `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`
  ).join("");
}

/** Connection metrics, summed over all ports. */
const CONNECTIONS: (Omit<Family, "value"> & { count: keyof ConnectionStats })[] = [
  { name: "otelkit_connections", type: "gauge", help: "Open connections", count: "open" },
  {
    name: "otelkit_connections_accepted_total",
    type: "counter",
    help: "Accepted connections",
    count: "accepted",
  },
  {
    name: "otelkit_connections_evicted_total",
    type: "counter",
    help: "Connections closed to make room for others",
    count: "evicted",
  },
  {
    name: "otelkit_connections_timed_out_total",
    type: "counter",
    help: "Connections closed for being idle or too slow",
    count: "timedOut",
  },
  {
    name: "otelkit_connections_refused_total",
    type: "counter",
    help: "Connections closed for violations",
    count: "refused",
  },
  {
    name: "otelkit_connections_lost_total",
    type: "counter",
    help: "Connections ended by a network error",
    count: "lost",
  },
  {
    name: "otelkit_accept_pauses_total",
    type: "counter",
    help: "Pauses of accepting because files or memory ran out",
    count: "pauses",
  },
];

/** One of the collector's own metrics. */
export interface Family {
  name: string;
  type: "counter" | "gauge";
  help: string;
  value: number;
}

/** The input of {@linkcode ownMetrics}. */
export function ownFamilies({ store, forward, connections }: CollectorStats): Family[] {
  const families = Object.entries(ITEMS).flatMap(([signal, items]): Family[] => {
    const { received, rejected, kept, evicted } = store.signals[signal as Signal];
    return [
      counter(`otelcol_receiver_accepted_${items}`, received, "Accepted by the receivers"),
      counter(`otelcol_receiver_refused_${items}`, rejected, "Refused as invalid"),
      counter(`otelkit_store_evicted_${items}_total`, evicted, "Evicted for newer ones"),
      gauge(`otelkit_store_${items}`, kept, "Kept"),
    ];
  });
  families.push(
    gauge("otelkit_store_bytes", store.bytes, "Bytes used, including indexes"),
    gauge("otelkit_store_traces", store.traces.kept, "Traces kept"),
    gauge("otelkit_store_series", store.series.kept, "Metric series kept"),
    counter("otelkit_store_failures_total", store.failures?.count ?? 0, "Failures of the store"),
  );
  families.push(...CONNECTIONS.map(({ name, type, help, count }) => {
    const value = Object.values(connections).reduce((sum, stats) => sum + stats[count], 0);
    return { name, type, help, value };
  }));
  if (forward) {
    families.push(
      counter("otelkit_forward_sent_requests_total", forward.sentRequests, "Forwarded requests"),
      counter(
        "otelkit_forward_failed_requests_total",
        forward.failedRequests,
        "Requests that the endpoint did not accept",
      ),
      counter(
        "otelkit_forward_dropped_requests_total",
        forward.droppedRequests,
        "Requests dropped because the queue was full",
      ),
      ...Object.entries(ITEMS).map(([signal, items]) =>
        counter(
          `otelkit_forward_rejected_${items}_total`,
          forward.rejectedItems[signal as Signal],
          "Rejected by the endpoint, in requests that it accepted",
        )
      ),
      gauge("otelkit_forward_queued_bytes", forward.queuedBytes, "Waiting to be forwarded"),
    );
  }
  return families;
}

function counter(name: string, value: number, help: string): Family {
  return { name, type: "counter", help, value };
}

function gauge(name: string, value: number, help: string): Family {
  return { name, type: "gauge", help, value };
}
