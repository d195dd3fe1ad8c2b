import { encodeMessage } from "../otlp/encode.ts";
import type { Signal } from "../otlp/signal.ts";

/** The queue of an exporter for one signal. Numbers are requests. */
export interface QueueState {
  exporter: string;
  signal: Signal;
  length: number;
  capacity: number;
}

/** What the lab reports about itself. */
export interface OwnState {
  queues: readonly QueueState[];
  /** The spans that each filter has dropped, by its ID. */
  dropped: ReadonlyMap<string, number>;
}

/** The lab's own resource. Each process has its own series, as with the Collector. */
const RESOURCE = {
  attributes: [
    { key: "service.name", value: { stringValue: "otel-kit-lab" } },
    { key: "service.instance.id", value: { stringValue: crypto.randomUUID() } },
  ],
};
const NANOS_PER_MILLI = 1_000_000n;
/** OTLP's AGGREGATION_TEMPORALITY_CUMULATIVE. */
const CUMULATIVE = 2;

/**
 * An export request with the lengths and the limits of queues, and what filters dropped, under the names of the
 * Collector's own metrics.
 *
 * @param atMillis The time of the points, since 1970.
 * @see https://opentelemetry.io/docs/collector/internal-telemetry/#lists-of-internal-metrics
 */
export function ownMetrics(
  { queues, dropped }: OwnState,
  atMillis: number,
): Uint8Array<ArrayBuffer> {
  const timeUnixNano = String(BigInt(atMillis) * NANOS_PER_MILLI);
  const gauge = (name: string, description: string, read: (queue: QueueState) => number) => ({
    name,
    description,
    unit: "{batches}",
    gauge: {
      dataPoints: queues.map((queue) => ({
        timeUnixNano,
        asInt: String(read(queue)),
        attributes: [
          { key: "exporter", value: { stringValue: queue.exporter } },
          { key: "data_type", value: { stringValue: queue.signal } },
        ],
      })),
    },
  });
  const filtered = {
    name: "otelcol_processor_filter_spans.filtered",
    description: "Spans that a filter dropped",
    unit: "{spans}",
    sum: {
      aggregationTemporality: CUMULATIVE,
      isMonotonic: true,
      dataPoints: [...dropped].map(([id, count]) => ({
        timeUnixNano,
        asInt: String(count),
        attributes: [{ key: "filter", value: { stringValue: id } }],
      })),
    },
  };
  return encodeMessage("MetricsData", {
    resourceMetrics: [{
      resource: RESOURCE,
      scopeMetrics: [{
        scope: { name: "otel-kit" },
        metrics: [
          gauge("otelcol_exporter_queue_size", "Requests in the queue", ({ length }) => length),
          gauge(
            "otelcol_exporter_queue_capacity",
            "Most requests in the queue",
            ({ capacity }) => capacity,
          ),
          ...dropped.size > 0 ? [filtered] : [],
        ],
      }],
    }],
  });
}
