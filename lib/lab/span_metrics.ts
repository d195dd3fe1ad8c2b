import { attributesJson, attributeText } from "../otlp/any_value.ts";
import { protobufToJson } from "../otlp/decode.ts";
import { encodeMessage } from "../otlp/encode.ts";
import type { KeyValue, Resource, Span } from "../otlp/json.ts";
import { nanosBetween } from "../otlp/nanos.ts";

/** The settings of a connector `span_metrics`. */
export interface SpanMetricsConfig {
  intervalMillis: number;
  /** Attributes of spans that become attributes of the metrics, too. */
  dimensions: readonly string[];
}

/** The Collector's default buckets, in milliseconds. */
const BOUNDS = [2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1000, 1400, 2000, 5000, 10_000, 15_000];
const NANOS_PER_MILLI = 1_000_000;
const KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];
const STATUSES = ["UNSET", "OK", "ERROR"];
/** OTLP's AGGREGATION_TEMPORALITY_CUMULATIVE. */
const CUMULATIVE = 2;

interface Series {
  attributes: KeyValue[];
  count: number;
  sumMillis: number;
  buckets: number[];
}

/**
 * Counts spans and their durations, as the Collector's connector does.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export class SpanMetrics {
  readonly #startedAt = unixNano(Date.now());
  readonly #dimensions: readonly string[];
  /** By resource, and then by attributes, each as JSON. */
  readonly #resources = new Map<string, { resource: Resource; series: Map<string, Series> }>();

  constructor({ dimensions }: SpanMetricsConfig) {
    this.#dimensions = dimensions;
  }

  /**
   * Counts the spans of an export request in protobuf.
   *
   * @throws {MalformedError} If the bytes are not such a request.
   */
  add(request: Uint8Array<ArrayBuffer>): void {
    const { resourceSpans = [] } = protobufToJson("TracesData", request);
    for (const { resource = {}, scopeSpans = [] } of resourceSpans) {
      const key = attributesJson(resource.attributes);
      const known = this.#resources.get(key) ?? { resource, series: new Map<string, Series>() };
      this.#resources.set(key, known);
      for (const span of scopeSpans.flatMap(({ spans = [] }) => spans)) {
        count(span, this.#attributesOf(span, resource), known.series);
      }
    }
  }

  /** An export request with everything counted so far, in protobuf; undefined if that is nothing. */
  encode(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#resources.size === 0) return undefined;
    const times = { startTimeUnixNano: this.#startedAt, timeUnixNano: unixNano(Date.now()) };
    return encodeMessage("MetricsData", {
      resourceMetrics: [...this.#resources.values()].map(({ resource, series }) => ({
        resource,
        scopeMetrics: [{
          scope: { name: "spanmetricsconnector" },
          metrics: metricsOf([...series.values()], times),
        }],
      })),
    });
  }

  #attributesOf(span: Span, { attributes }: Resource): KeyValue[] {
    return Object.entries({
      "service.name": attributeText(attributes, "service.name"),
      "span.name": span.name ?? "",
      "span.kind": `SPAN_KIND_${KINDS[span.kind ?? 0] ?? KINDS[0]}`,
      "status.code": `STATUS_CODE_${STATUSES[span.status?.code ?? 0] ?? STATUSES[0]}`,
      ...Object.fromEntries(
        this.#dimensions.map((name) => [name, attributeText(span.attributes, name)]),
      ),
    }).flatMap(([key, stringValue]) =>
      stringValue === undefined ? [] : { key, value: { stringValue } }
    );
  }
}

function count(span: Span, attributes: KeyValue[], all: Map<string, Series>): void {
  const key = attributesJson(attributes);
  const series = all.get(key) ??
    { attributes, count: 0, sumMillis: 0, buckets: [...BOUNDS, Infinity].map(() => 0) };
  all.set(key, series);
  const nanos = nanosBetween(span.startTimeUnixNano, span.endTimeUnixNano) ?? 0;
  const millis = Math.max(0, nanos / NANOS_PER_MILLI);
  series.count++;
  series.sumMillis += millis;
  const bucket = BOUNDS.findIndex((bound) => millis <= bound);
  series.buckets[bucket < 0 ? BOUNDS.length : bucket]!++;
}

function metricsOf(
  series: readonly Series[],
  times: Record<"startTimeUnixNano" | "timeUnixNano", string>,
) {
  return [
    {
      name: "traces.span.metrics.calls",
      sum: {
        aggregationTemporality: CUMULATIVE,
        isMonotonic: true,
        dataPoints: series.map(({ attributes, count }) => ({
          ...times,
          attributes,
          asInt: String(count),
        })),
      },
    },
    {
      name: "traces.span.metrics.duration",
      unit: "ms",
      histogram: {
        aggregationTemporality: CUMULATIVE,
        dataPoints: series.map(({ attributes, count, sumMillis, buckets }) => ({
          ...times,
          attributes,
          count: String(count),
          sum: sumMillis,
          explicitBounds: BOUNDS,
          bucketCounts: buckets.map(String),
        })),
      },
    },
  ];
}

function unixNano(millis: number): string {
  return String(BigInt(millis) * BigInt(NANOS_PER_MILLI));
}
