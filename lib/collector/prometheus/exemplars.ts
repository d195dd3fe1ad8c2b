import { valueText } from "../../otlp/any_value.ts";
import { wholeMillis } from "../../otlp/nanos.ts";
import type { Exemplar, MetricData, MetricSeries } from "../model.ts";
import type { Store } from "../store/store.ts";
import { canonicalNumber } from "./bucket_label.ts";
import { type BucketLayout, bucketLayout, classicBuckets } from "./exponential_buckets.ts";
import { namesOf } from "./metric_names.ts";
import { isDelta } from "./metric_samples.ts";
import { prometheusLabel, prometheusName } from "./names.ts";
import { formatValue } from "./promql/format.ts";
import { Budget } from "./promql/limits.ts";
import { compileMatchers } from "./promql/matchers.ts";
import { parseQuery } from "./promql/parse.ts";
import { selectorsOf } from "./promql/selectors_of.ts";
import { BUCKET, type Labels, NAME } from "./promql/values.ts";
import { labelsOfSeries } from "./series_labels.ts";

/** The exemplars of a series, in the form of Prometheus's JSON. */
export interface SeriesExemplars {
  seriesLabels: Record<string, string>;
  exemplars: {
    labels: Record<string, string>;
    value: string;
    /** Seconds since 1970. */
    timestamp: number;
  }[];
}

const decoder = new TextDecoder();

/**
 * The exemplars of all series that a query selects. Those of a histogram belong to the bucket of their
 * value.
 *
 * @throws {QueryError} If the query is invalid.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#querying-exemplars
 */
export async function findExemplars(
  store: Pick<Store, "metrics" | "metricJson">,
  { query, start, end }: { query: string; start: number; end: number },
): Promise<SeriesExemplars[]> {
  const budget = new Budget();
  const selectors = selectorsOf(parseQuery(query, { start, end }));
  const isSelected = selectors.map(({ matchers }) => compileMatchers(matchers, budget));
  const isNamed = selectors.map(({ matchers }) =>
    compileMatchers(matchers.filter(({ label }) => label === NAME), budget)
  );
  const found: SeriesExemplars[] = [];
  for (const summary of await store.metrics()) {
    const names = namesOf(summary).map((name) => new Map([[NAME, name]]));
    if (!names.some((labels) => isNamed.some((test) => test(labels)))) continue;
    const metric = await store.metricJson(summary.name);
    if (!metric) continue;
    const { series }: MetricData = JSON.parse(decoder.decode(metric.json));
    const exponential = series.filter(({ type }) => type === "exponentialHistogram");
    const layout = bucketLayout(exponential.flatMap(({ points }) => points));
    const all = series.flatMap((one) => exemplarsOf(one, summary.name, layout));
    for (const [labels, exemplars] of all) {
      if (!isSelected.some((test) => test(labels))) continue;
      const inside = exemplars.map(answerOf)
        .filter(({ timestamp }) => timestamp * 1000 >= start && timestamp * 1000 <= end);
      if (inside.length > 0) {
        found.push({ seriesLabels: Object.fromEntries(labels), exemplars: inside });
      }
    }
  }
  return found;
}

/** The exemplars of a series by the labels of the part that they belong to. */
function exemplarsOf(
  series: MetricSeries,
  metricName: string,
  layout: BucketLayout,
): [Labels, Exemplar[]][] {
  if (isDelta(series)) return [];
  const boundsOf = boundsBySeries(series, layout);
  const name = prometheusName({ ...series, name: metricName });
  const byBound = new Map<string, Exemplar[]>();
  for (const [i, { exemplars = [] }] of series.points.entries()) {
    for (const exemplar of exemplars) {
      if (exemplar.value === undefined || exemplar.timeUnixNano === undefined) continue;
      const value = Number(exemplar.value);
      const bound = boundsOf && (boundsOf(i).find((bound) => value <= bound) ?? Infinity);
      const le = bound === undefined ? "" : canonicalNumber(bound);
      byBound.set(le, [...byBound.get(le) ?? [], exemplar]);
    }
  }
  const labels = labelsOfSeries(series);
  return [...byBound].map(([le, exemplars]) => [
    le === ""
      ? new Map(labels).set(NAME, name)
      : new Map(labels).set(NAME, `${name}_bucket`).set(BUCKET, le),
    exemplars,
  ]);
}

/** The upper bounds of the buckets of each point; undefined for series without buckets. */
function boundsBySeries(
  { type, points }: MetricSeries,
  layout: BucketLayout,
): ((i: number) => number[]) | undefined {
  if (type === "histogram") return (i) => (points[i]!.explicitBounds ?? []).map(Number);
  if (type !== "exponentialHistogram") return undefined;
  return (i) => [...classicBuckets(points[i]!, layout).keys()];
}

function answerOf(exemplar: Exemplar): SeriesExemplars["exemplars"][number] {
  const { timeUnixNano = "0", value, traceId, spanId, filteredAttributes } = exemplar;
  const labels = new Map(
    filteredAttributes.map(({ key = "", value }) => [prometheusLabel(key), valueText(value)]),
  );
  if (traceId) labels.set("trace_id", traceId);
  if (spanId) labels.set("span_id", spanId);
  return {
    labels: Object.fromEntries(labels),
    value: formatValue(Number(value)),
    timestamp: wholeMillis(timeUnixNano) / 1000,
  };
}
