import type { LogStore } from "./log_store.ts";
import type { MetricStore } from "./metric_store.ts";
import type { SpanStore } from "./span_store.ts";

/** A store of each signal. */
export interface SignalStores {
  traces: SpanStore;
  logs: LogStore;
  metrics: MetricStore;
}
