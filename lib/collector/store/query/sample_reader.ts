import type { SeriesIdentity } from "../../model.ts";
import type { PointPeriod } from "../store.ts";
import type { KnownSeries, MetricColumns, MetricSamples, SeriesSamples } from "../metric_forms.ts";

/** Beyond this, all known series are forgotten, since most of them may be evicted by now. */
const MAX_KNOWN = 20_000;

type ColumnsOf = (
  name: string,
  period: PointPeriod,
  known: KnownSeries | undefined,
) => Promise<MetricColumns | undefined>;

/** Reads samples from a store in another thread, and the identities of series only once. */
export class SampleReader {
  readonly #columnsOf: ColumnsOf;
  readonly #known = new Map<string, KnownMetric>();
  #knownCount = 0;

  constructor(columnsOf: ColumnsOf) {
    this.#columnsOf = columnsOf;
  }

  /** A metric with the points in a period; undefined if it is not kept. */
  async read(name: string, period: PointPeriod): Promise<MetricSamples | undefined> {
    const before = this.#known.get(name);
    const columns = await this.#columnsOf(name, period, before?.known);
    if (!columns) {
      this.#forget(name);
      return undefined;
    }
    const identities = this.#remember(name, columns, before);
    return { summary: columns.summary, series: seriesOf(columns, identities) };
  }

  #remember(
    name: string,
    { known, identities }: MetricColumns,
    before: KnownMetric | undefined,
  ): Map<number, SeriesIdentity> {
    const isSame = before?.known.storeId === known.storeId;
    const all = isSame ? before.identities : new Map<number, SeriesIdentity>();
    for (const [number, identity] of identities) if (!all.has(number)) all.set(number, identity);
    this.#forget(name);
    if (this.#knownCount + all.size > MAX_KNOWN) {
      this.#known.clear();
      this.#knownCount = 0;
    }
    this.#known.set(name, { known, identities: all, count: all.size });
    this.#knownCount += all.size;
    return all;
  }

  #forget(name: string): void {
    this.#knownCount -= this.#known.get(name)?.count ?? 0;
    this.#known.delete(name);
  }
}

interface KnownMetric {
  known: KnownSeries;
  identities: Map<number, SeriesIdentity>;
  /** The number of identities when they were counted. */
  count: number;
}

function seriesOf(
  { numbers, counts, times, values, states, points }: MetricColumns,
  identities: ReadonlyMap<number, SeriesIdentity>,
): SeriesSamples[] {
  const series: SeriesSamples[] = [];
  let start = 0;
  for (const [i, number] of numbers.entries()) {
    const end = start + counts[i]!;
    const own = points.get(number);
    series.push({
      identity: identities.get(number)!,
      times: times.subarray(start, end),
      values: values.subarray(start, end),
      states: states.subarray(start, end),
      ...own && { points: own },
    });
    start = end;
  }
  return series;
}
