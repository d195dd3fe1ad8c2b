import type { CollectorStats } from "../model.ts";
import type { MetricSamples } from "../store/metric_forms.ts";
import type { PointPeriod, Store } from "../store/store.ts";
import { namesOf, otherNamesOf } from "./metric_names.ts";
import { isDelta, samplesOf, targetsOf } from "./metric_samples.ts";
import { ownFamilies } from "./own_metrics.ts";
import type { Budget } from "./promql/limits.ts";
import { labelsKey } from "./promql/labels.ts";
import { compileMatchers } from "./promql/matchers.ts";
import type { Matcher } from "./promql/syntax.ts";
import { NAME, QueryError, type SampleSeries } from "./promql/values.ts";

/** The service name of the collector's own metrics. */
const JOB = "otel-kit";

/** The maximum number of series that a query may select, including the parts of histograms. */
const MAX_SERIES = 200_000;

/** The sources of series. */
export interface SeriesSources {
  store: Pick<Store, "metrics" | "samples">;
  stats: () => Promise<CollectorStats>;
  /** Called with what the user should know about the result. */
  warn?: (message: string) => void;
}

/**
 * Loads the series that the selectors may match, by metric name.
 *
 * @param period The time range that the selectors look at.
 * @param time When the collector's own metrics are sampled, in milliseconds since 1970.
 * @throws {QueryError} If there are too many series.
 */
export async function loadSeries(
  { store, stats, warn }: SeriesSources,
  selectors: readonly (readonly Matcher[])[],
  { budget, time, period }: { budget: Budget; time: number; period: PointPeriod },
): Promise<SampleSeries[]> {
  if (selectors.length === 0) return [];
  const isNamed = selectors.map((matchers) =>
    compileMatchers(matchers.filter(({ label }) => label === NAME), budget)
  );
  const wanted = new Map<string, boolean>();
  const isWanted = (name: string) => {
    let isMeant = wanted.get(name);
    if (isMeant === undefined) {
      const labels = new Map([[NAME, name]]);
      wanted.set(name, isMeant = isNamed.some((test) => test(labels)));
    }
    return isMeant;
  };
  const needsTargets = isWanted("target_info");
  const series = ownSeries(await stats(), time).filter(({ labels }) => isWanted(labels.get(NAME)!));
  const loaded: MetricSamples[] = [];
  const known = new Set<string>();
  const alike = new Set<string>();
  const given = new Set(
    selectors.flatMap((matchers) => matchers.filter(isName)).map(({ value }) => value),
  );
  for (const summary of await store.metrics()) {
    const names = namesOf(summary);
    const isMeant = names.some(isWanted);
    const other = otherNamesOf(summary).find((name) => given.has(name) && !names.includes(name));
    if (other !== undefined) warn?.(otherNameWarning(other, names));
    if (!isMeant && !needsTargets) continue;
    const metric = await store.samples(summary.name, period);
    if (!metric) continue;
    if (needsTargets) loaded.push(metric);
    if (!isMeant) continue;
    if (metric.series.some(({ identity }) => isDelta(identity))) warn?.(deltaWarning(summary.name));
    for (const one of samplesOf(metric)) {
      if (!isWanted(one.labels.get(NAME)!)) continue;
      series.push(one);
      const key = labelsKey(one.labels);
      if (known.has(key)) alike.add(summary.name);
      known.add(key);
    }
    if (series.length > MAX_SERIES) throw tooMany();
  }
  for (const name of alike) warn?.(alikeWarning(name));
  return needsTargets ? [...series, ...targetsOf(loaded)] : series;
}

function isName({ label, operator }: Matcher): boolean {
  return label === NAME && operator === "=";
}

function otherNameWarning(name: string, names: readonly string[]): string {
  return `no series is named "${name}": in PromQL, the names of this metric are ${
    names.join(", ")
  }`;
}

function alikeWarning(name: string): string {
  return `metric "${name}" has series with the same labels: what tells them apart, such as host.name of ` +
    "the resource or the dots of a name, is no label. A Prometheus server would mix them up. Set " +
    "service.instance.id to a different value in each process";
}

function deltaWarning(name: string): string {
  return `metric "${name}" has delta points, which are left out because they have no total. Make ` +
    "the sender use OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative";
}

/** The collector's own metrics, as if a Prometheus server had scraped them. */
function ownSeries(stats: CollectorStats, time: number): SampleSeries[] {
  const families = [{ name: "up", value: 1 }, ...ownFamilies(stats)];
  return families.map(({ name, value }) => ({
    labels: new Map([[NAME, name], ["job", JOB]]),
    times: Float64Array.of(time),
    values: Float64Array.of(value),
    ends: Float64Array.of(Infinity),
  }));
}

function tooMany(): QueryError {
  return new QueryError(
    "execution",
    `Cannot evaluate the query: it selects more than ${MAX_SERIES} series. Name a metric`,
  );
}
