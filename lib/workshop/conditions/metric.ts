import type { MetricSummary } from "../../collector/model.ts";
import { prometheusName } from "../../collector/prometheus/names.ts";
import { askForJson } from "../backends/ask.ts";
import {
  findPeaks,
  findSeries,
  isOfService,
  type SeriesValue,
  serviceOf,
} from "../backends/prometheus.ts";
import type { MetricCheck } from "../course/check.ts";
import { besides, growth, ownSpansSince } from "./growth.ts";
import {
  type CheckContext,
  type Finding,
  listed,
  type Look,
  met,
  notMet,
  type Reading,
} from "./outcome.ts";

/** The suffixes that Prometheus adds to the names of counters and histograms. */
const SUFFIX = /_(total|count|sum|bucket)$/;

/** The Collector's counter that the guide's own test spans are part of. */
const WITH_OWN_SPANS = /^otelcol_receiver_accepted_spans(_total)?$/;

/** Looks for series in Prometheus, and checks their sum and their growth. */
export const lookAtMetric: Look<MetricCheck> = async (check, context, conditionId) => {
  const { name, service, labels = {}, atLeast, grew, seriesAtMost } = check;
  const all = await findSeries(context.backends.prometheusUrl, name);
  if (all.length === 0) return notMet("no-metric", `Prometheus has no series ${name}`);
  const series = all.filter((one) => isMeant(check, one));
  if (series.length === 0) {
    const wanted = [service, ...Object.entries(labels).map(([key, value]) => `${key}="${value}"`)];
    const found = `${name} is in Prometheus, but not with ${wanted.filter(Boolean).join(", ")}`;
    const others = new Set(all.map(serviceOf));
    return notMet(
      "no-series",
      service === undefined || others.has(service)
        ? `${found}: ${listed(all.map(nameOf), 3)}`
        : `${found}, but from ${listed([...others], 3)}`,
    );
  }
  if (check.peak !== undefined) return await judgePeak(check, check.peak, series, context);
  if (seriesAtMost !== undefined) return judgeCardinality(check, seriesAtMost, series);
  const sum = total(series);
  if (atLeast !== undefined && sum < atLeast) {
    return notMet("too-low", `${name} is ${sum}; at least ${atLeast} required`);
  }
  if (grew) {
    const { before, more } = growth(readingOf(series), context, conditionId);
    const own = WITH_OWN_SPANS.test(name) ? await ownSpansSince(context) : 0;
    if (more <= own) {
      return notMet(
        "not-grown",
        `${name} is ${sum}, unchanged since the step began${besides(own)}`,
      );
    }
    return met({
      ...await evidence(),
      text: `${name} grew from ${before} to ${sum}${besides(own)}`,
    });
  }
  return met({ ...await evidence(), text: `${name} is ${sum}` });

  async function evidence() {
    return { series: nameOf(series[0]!), ...await metricOf(name, context) };
  }
};

/** A series that was as high as wanted must have come down itself: a new process starts a new one. */
async function judgePeak(
  check: MetricCheck,
  wanted: number,
  series: readonly SeriesValue[],
  { backends, startedAt }: CheckContext,
): Promise<Finding> {
  const { name, atMost } = check;
  const seconds = Math.ceil((Date.now() - startedAt) / 1000);
  const found = seconds < 1 ? [] : await findPeaks(backends.prometheusUrl, name, seconds);
  const peaks = found.filter((one) => isMeant(check, one));
  const highest = Math.max(0, ...peaks.map(({ value }) => value));
  if (highest < wanted) {
    return notMet("too-low", `${name} was at most ${highest}; ${wanted} required`);
  }
  const keyOf = ({ labels: { __name__, ...labels } }: SeriesValue) =>
    JSON.stringify(Object.entries(labels).toSorted());
  const high = new Set(peaks.filter(({ value }) => value >= wanted).map(keyOf));
  const now = series.filter((one) => high.has(keyOf(one)));
  const reached = now.find(({ value }) => atMost === undefined || value <= atMost);
  if (reached) {
    return met({
      series: nameOf(reached),
      text: `${name} was ${highest}, and is ${reached.value}`,
    });
  }
  const values = now.map(({ value }) => value).join(", ") || "gone";
  return notMet("too-high", `${name} was ${highest}, and is ${values}; at most ${atMost} allowed`);
}

/** Earlier processes may have had too many series; these stay in Prometheus for a while. */
function judgeCardinality(
  { name, atLeast = 0 }: MetricCheck,
  seriesAtMost: number,
  series: readonly SeriesValue[],
): Finding {
  const ofProcesses = [...Map.groupBy(series, processOf).values()];
  const busy = ofProcesses.filter((ofOne) => total(ofOne) >= atLeast);
  if (busy.length === 0) {
    const most = Math.max(...ofProcesses.map(total));
    return notMet("too-low", `${name} is at most ${most} in one process; ${atLeast} required`);
  }
  const least = busy.reduce((a, b) => b.length < a.length ? b : a);
  const text = `${name} has ${least.length} series for a sum of ${total(least)}`;
  return least.length > seriesAtMost
    ? notMet("too-many", `${text}; at most ${seriesAtMost} are allowed`)
    : met({ series: nameOf(least[0]!), text });
}

/** The instance of the service; a Prometheus that scrapes a Collector has renamed it. */
function processOf({ labels }: SeriesValue): string {
  return labels["exported_instance"] ?? labels["instance"] ?? "";
}

/** The current values of a check's series. */
export async function readMetric(
  check: MetricCheck,
  { backends }: Pick<CheckContext, "backends">,
): Promise<Reading> {
  const all = await findSeries(backends.prometheusUrl, check.name);
  return readingOf(all.filter((one) => isMeant(check, one)));
}

/** Series of the same name and labels are added up. */
function readingOf(series: readonly SeriesValue[]): Reading {
  const reading = new Map<string, number>();
  for (const one of series) {
    const name = nameOf(one);
    if (Number.isFinite(one.value)) reading.set(name, (reading.get(name) ?? 0) + one.value);
  }
  return Object.fromEntries(reading);
}

/** The app's name for the metric. Our collector keeps it; Prometheus doesn't. */
async function metricOf(
  series: string,
  { backends: { kitUrl } }: Pick<CheckContext, "backends">,
): Promise<{ metric?: string }> {
  if (kitUrl === undefined) return {};
  const metrics = await askForJson("The collector", `${kitUrl}/api/kit/metrics`) as MetricSummary[];
  const stem = series.replace(SUFFIX, "");
  const metric = metrics.find((summary) => prometheusName(summary).replace(SUFFIX, "") === stem);
  return metric ? { metric: metric.name } : {};
}

function isMeant({ service, labels = {} }: MetricCheck, series: SeriesValue): boolean {
  if (service !== undefined && !isOfService(series, service)) return false;
  return Object.entries(labels).every(([key, wanted]) => {
    const value = series.labels[key];
    return wanted === "*" ? Boolean(value) : value === wanted;
  });
}

function total(series: readonly SeriesValue[]): number {
  return series.reduce((sum, { value }) => sum + value, 0);
}

/** The series as Prometheus's page shows it. */
function nameOf({ labels: { __name__ = "", ...labels } }: SeriesValue): string {
  const shown = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return `${__name__}{${shown.join(",")}}`;
}
