import type { MetricData, MetricPoint, MetricSeries } from "../model.ts";
import { canonicalNumber } from "./bucket_label.ts";
import { exponentialBuckets } from "./exponential_buckets.ts";
import { prometheusName } from "./names.ts";
import { labelsOfSeries, targetLabels } from "./series_labels.ts";
import { type Labels, NAME, type SampleSeries } from "./promql/values.ts";
import { labelsKey } from "./promql/labels.ts";

const DELTA = 1;
const NANOS_PER_MILLI = 1e6;

/**
 * Converts a metric to series in Prometheus's model. Delta points are left out, as in a Prometheus server
 * that receives OTLP, because a single one does not give the total.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export function samplesOf(metric: MetricData): SampleSeries[] {
  return metric.series.flatMap((series) => {
    if (series.aggregationTemporality === DELTA) return [];
    const writer = new SeriesWriter(
      prometheusName({ ...series, name: metric.name }),
      labelsOfSeries(series),
      series.points,
    );
    writer.write(series);
    return writer.series();
  });
}

/** The `target_info` series of each resource, at the times of its points. */
export function targetsOf(metrics: readonly MetricData[]): SampleSeries[] {
  const times = new Map<string, { labels: Labels; times: Set<number> }>();
  for (const { resource, points } of metrics.flatMap(({ series }) => series)) {
    const labels = targetLabels(resource);
    if (!labels.has("job") && !labels.has("instance")) continue;
    const key = labelsKey(labels);
    const target = times.get(key) ?? { labels, times: new Set() };
    times.set(key, target);
    for (const point of points) target.times.add(millisOf(point));
  }
  return [...times.values()].map(({ labels, times }) => ({
    labels,
    times: Float64Array.from(times).sort(),
    values: new Float64Array(times.size).fill(1),
    ends: new Float64Array(times.size).fill(Infinity),
  }));
}

/** Creates the samples of all parts of a metric's series. */
class SeriesWriter {
  readonly #name: string;
  readonly #labels: Labels;
  readonly #points: readonly MetricPoint[];
  /** When each point stops being valid. */
  readonly #ends: number[];
  readonly #parts = new Map<string, Part>();

  constructor(name: string, labels: Labels, points: readonly MetricPoint[]) {
    this.#name = name;
    this.#labels = labels;
    this.#points = points;
    this.#ends = endsOf(points);
  }

  write({ type }: Pick<MetricSeries, "type">): void {
    const classic = type === "exponentialHistogram" ? exponentialBuckets(this.#points) : [];
    for (const [i, point] of this.#points.entries()) {
      if (point.hasNoRecordedValue) continue;
      if (point.value !== undefined) this.#add(i, "", point.value);
      if (point.count === undefined) continue;
      this.#add(i, "_count", point.count);
      if (point.sum !== undefined) this.#add(i, "_sum", point.sum);
      if (type === "summary") this.#addQuantiles(i, point);
      else if (type === "histogram") this.#addBuckets(i, explicitBuckets(point), point.count);
      else this.#addBuckets(i, classic[i]!, point.count);
    }
  }

  series(): SampleSeries[] {
    return [...this.#parts.values()].map(({ labels, indexes, values }) => ({
      labels,
      times: Float64Array.from(indexes, (i) => millisOf(this.#points[i]!)),
      values: Float64Array.from(values),
      ends: Float64Array.from(indexes, (i) => this.#ends[i]!),
    }));
  }

  #addQuantiles(i: number, { quantiles = [] }: MetricPoint): void {
    for (const { quantile, value } of quantiles) {
      this.#add(i, "", value, ["quantile", canonicalNumber(quantile)]);
    }
  }

  #addBuckets(i: number, buckets: Iterable<[number, number]>, total: number): void {
    for (const [bound, count] of buckets) {
      if (bound !== Infinity) this.#add(i, "_bucket", count, ["le", canonicalNumber(bound)]);
    }
    this.#add(i, "_bucket", total, ["le", "+Inf"]);
  }

  #add(i: number, suffix: string, value: number, label?: [string, string]): void {
    const key = `${suffix} ${label?.[1]}`;
    let part = this.#parts.get(key);
    if (!part) {
      const labels = new Map(this.#labels).set(NAME, `${this.#name}${suffix}`);
      if (label) labels.set(...label);
      this.#parts.set(key, part = { labels, indexes: [], values: [] });
    }
    part.indexes.push(i);
    part.values.push(value);
  }
}

/** A series name with its labels, and the points that have a value for it. */
interface Part {
  labels: Labels;
  indexes: number[];
  values: number[];
}

function* explicitBuckets(
  { explicitBounds = [], bucketCounts = [] }: MetricPoint,
): Generator<[number, number]> {
  let total = 0;
  for (const [i, bound] of explicitBounds.entries()) {
    total += bucketCounts[i] ?? 0;
    yield [bound, total];
  }
}

/** For each point, when the next point without a value ends the series; Infinity if none does. */
function endsOf(points: readonly MetricPoint[]): number[] {
  let end = Infinity;
  return points.map((_, i) => points.length - 1 - i).map((i) => {
    end = points[i]!.hasNoRecordedValue ? millisOf(points[i]!) : end;
    return end;
  }).reverse();
}

function millisOf({ timeUnixNano }: MetricPoint): number {
  return Math.floor(Number(timeUnixNano) / NANOS_PER_MILLI);
}
