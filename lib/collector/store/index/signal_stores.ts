import type { LogStore } from "./log_store.ts";
import type { MetricStore } from "./metric_store.ts";
import type { SpanStore } from "./span_store.ts";

/** One store per signal. */
export interface SignalStores {
  traces: SpanStore;
  logs: LogStore;
  metrics: MetricStore;
}
