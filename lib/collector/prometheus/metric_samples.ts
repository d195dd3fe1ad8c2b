import { wholeMillis } from "../../otlp/nanos.ts";
import type { MetricPoint, SeriesIdentity } from "../model.ts";
import { type MetricSamples, POINT_STATE, type SeriesSamples } from "../store/metric_forms.ts";
import { canonicalNumber } from "./bucket_label.ts";
import { type BucketLayout, bucketLayout, classicBuckets } from "./exponential_buckets.ts";
import { prometheusName } from "./names.ts";
import { labelsOfSeries, targetLabels } from "./series_labels.ts";
import { BUCKET, type Labels, NAME, type SampleSeries } from "./promql/values.ts";
import { labelsKey } from "./promql/labels.ts";

const DELTA = 1;

/**
 * Converts a metric to series in Prometheus's model. Delta points are left out, as in a Prometheus server
 * that receives OTLP, because a single one does not give the total.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export function samplesOf({ summary, series }: MetricSamples): SampleSeries[] {
  const endless = new Float64Array(Math.max(0, ...series.map(({ times }) => times.length)))
    .fill(Infinity);
  const exponential = series.filter(({ identity }) => identity.type === "exponentialHistogram");
  const layout = bucketLayout(exponential.flatMap(({ points = [] }) => points));
  return series.flatMap((one): SampleSeries[] => {
    if (isDelta(one.identity)) return [];
    const own = labelsOf(one.identity, summary.name);
    if (!one.points) return numberSeries(one, own.labels, endless);
    const writer = new PartsWriter(own, one.points, layout);
    writer.write(one.identity);
    return writer.series();
  });
}

/** Whether the points of a series hold only what happened since the last one. */
export function isDelta({ aggregationTemporality }: SeriesIdentity): boolean {
  return aggregationTemporality === DELTA;
}

/** The labels of a series, and of its parts by suffix and label, so that a later query finds the same. */
interface OwnLabels {
  labels: Labels;
  ofParts: Map<string, Labels>;
}

const labelsBySeries = new WeakMap<SeriesIdentity, OwnLabels>();

function labelsOf(identity: SeriesIdentity, metricName: string): OwnLabels {
  let own = labelsBySeries.get(identity);
  if (own === undefined) {
    const name = prometheusName({ ...identity, name: metricName });
    own = { labels: labelsOfSeries(identity).set(NAME, name), ofParts: new Map() };
    labelsBySeries.set(identity, own);
  }
  return own;
}

/** The series of a gauge or a sum; none without a value. */
function numberSeries(
  { times, values, states }: SeriesSamples,
  labels: Labels,
  endless: Float64Array,
): SampleSeries[] {
  if (states.every((state) => state === POINT_STATE.value)) {
    return [{ labels, times, values, ends: endless.subarray(0, times.length) }];
  }
  const kept = [...states.keys()].filter((i) => states[i] === POINT_STATE.value);
  if (kept.length === 0) return [];
  const ends = endsOf([...times], (i) => states[i] === POINT_STATE.end);
  return [{
    labels,
    times: Float64Array.from(kept, (i) => times[i]!),
    values: Float64Array.from(kept, (i) => values[i]!),
    ends: Float64Array.from(kept, (i) => ends[i]!),
  }];
}

/** The `target_info` series of each resource, at the times of its points. */
export function targetsOf(metrics: readonly MetricSamples[]): SampleSeries[] {
  const targets = new Map<string, { labels: Labels; times: Set<number> }>();
  for (const { identity, times, points } of metrics.flatMap(({ series }) => series)) {
    const labels = targetLabels(identity.resource);
    if (!labels.has("job") && !labels.has("instance")) continue;
    const key = labelsKey(labels);
    const target = targets.get(key) ?? { labels, times: new Set() };
    targets.set(key, target);
    for (const time of points?.map(millisOf) ?? times) target.times.add(time);
  }
  return [...targets.values()].map(({ labels, times }) => ({
    labels,
    times: Float64Array.from(times).sort(),
    values: new Float64Array(times.size).fill(1),
    ends: new Float64Array(times.size).fill(Infinity),
  }));
}

/** Creates the samples of all parts of a histogram's or summary's series. */
class PartsWriter {
  readonly #own: OwnLabels;
  readonly #points: readonly MetricPoint[];
  /** For exponential histograms: the same for all series of the metric, so that they can be added. */
  readonly #layout: BucketLayout;
  /** When each point begins to be valid, and when it stops. */
  readonly #times: number[];
  readonly #ends: number[];
  readonly #parts = new Map<string, Part>();

  constructor(own: OwnLabels, points: readonly MetricPoint[], layout: BucketLayout) {
    this.#own = own;
    this.#points = points;
    this.#layout = layout;
    this.#times = points.map(millisOf);
    this.#ends = endsOf(this.#times, (i) => points[i]!.hasNoRecordedValue === true);
  }

  write({ type }: Pick<SeriesIdentity, "type">): void {
    for (const [i, point] of this.#points.entries()) {
      if (point.hasNoRecordedValue || point.count === undefined) continue;
      this.#add(i, "_count", point.count);
      if (point.sum !== undefined) this.#add(i, "_sum", point.sum);
      if (type === "summary") this.#addQuantiles(i, point);
      else if (type === "histogram") this.#addBuckets(i, explicitBuckets(point), point.count);
      else this.#addBuckets(i, classicBuckets(point, this.#layout), point.count);
    }
  }

  series(): SampleSeries[] {
    const [times, ends] = [Float64Array.from(this.#times), Float64Array.from(this.#ends)];
    return [...this.#parts.values()].map(({ labels, indexes, values }) => {
      const own = { labels, values: Float64Array.from(values) };
      return indexes.length === times.length ? { ...own, times, ends } : {
        ...own,
        times: Float64Array.from(indexes, (i) => times[i]!),
        ends: Float64Array.from(indexes, (i) => ends[i]!),
      };
    });
  }

  #addQuantiles(i: number, { quantiles = [] }: MetricPoint): void {
    for (const { quantile, value } of quantiles) {
      this.#add(i, "", value, ["quantile", canonicalNumber(quantile)]);
    }
  }

  #addBuckets(i: number, buckets: Iterable<[number, number]>, total: number): void {
    for (const [bound, count] of buckets) {
      if (bound !== Infinity) this.#add(i, "_bucket", count, [BUCKET, canonicalNumber(bound)]);
    }
    this.#add(i, "_bucket", total, [BUCKET, "+Inf"]);
  }

  #add(i: number, suffix: string, value: number, label?: [string, string]): void {
    const key = `${suffix} ${label?.[1]}`;
    let part = this.#parts.get(key);
    if (!part) {
      this.#parts.set(
        key,
        part = { labels: this.#labelsOf(key, suffix, label), indexes: [], values: [] },
      );
    }
    part.indexes.push(i);
    part.values.push(value);
  }

  #labelsOf(key: string, suffix: string, label: [string, string] | undefined): Labels {
    let known = this.#own.ofParts.get(key);
    if (known === undefined) {
      const { labels } = this.#own;
      const own = new Map(labels).set(NAME, `${labels.get(NAME)}${suffix}`);
      if (label) own.set(...label);
      this.#own.ofParts.set(key, known = own);
    }
    return known;
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

/** For each time, that of the next point which ends the series; Infinity if none does. */
function endsOf(times: readonly number[], isEnd: (i: number) => boolean): number[] {
  const ends: number[] = [];
  let end = Infinity;
  for (let i = times.length - 1; i >= 0; i--) {
    if (isEnd(i)) end = times[i]!;
    ends[i] = end;
  }
  return ends;
}

function millisOf({ timeUnixNano = "0" }: MetricPoint): number {
  return wholeMillis(timeUnixNano);
}
