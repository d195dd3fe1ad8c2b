import { attributeText } from "../../../otlp/any_value.ts";
import type {
  MetricConflict,
  MetricData,
  MetricSeries,
  MetricSummary,
  MetricTraits,
} from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { Metric, Resource, ScopeMetrics } from "../../../otlp/json.ts";
import { withoutContents } from "../scan/message_parts.ts";
import { pointOf } from "../index/metric_point.ts";
import { type MetricStore, POINT, type Series } from "../index/metric_store.ts";
import type { PointPeriod } from "../store.ts";
import { millisOfWords, timeOfWords } from "../tables/words.ts";

/** All metrics by name. */
export function metricSummaries(store: MetricStore): MetricSummary[] {
  const byName = new Map<string, Series[]>();
  for (const series of store.series.values()) {
    const list = byName.get(series.name);
    if (list) list.push(series);
    else byName.set(series.name, [series]);
  }
  return [...byName].map(([name, series]) => summaryOf(store, name, series))
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

/** A metric with its series; undefined if it is not kept. */
export function metricData(
  store: MetricStore,
  name: string,
  period?: PointPeriod,
): MetricData | undefined {
  const series = [...store.series.values()].filter((series) => series.name === name);
  if (series.length === 0) return undefined;
  const view = new SeriesView(store);
  const parts = series.flatMap((one) => {
    const points = period ? pointsIn(store, one, period) : one.points;
    return points.length > 0 ? [view.seriesOf(one, points)] : [];
  });
  return { ...summaryOf(store, name, series), series: parts };
}

function summaryOf(store: MetricStore, name: string, series: Series[]): MetricSummary {
  const newest = series.reduce((a, b) => a.points.at(-1)! > b.points.at(-1)! ? a : b);
  return {
    name,
    description: metricOf(store, newest.points.at(-1)!).description ?? "",
    ...traitsOf(newest),
    kinds: kindsOf(series),
    serviceNames: [...new Set(series.map(({ serviceName }) => serviceName))].sort(),
    seriesCount: series.length,
    lastTimeUnixNano: lastTimeOf(series),
    conflicts: conflictsOf(series),
  };
}

function traitsOf({ type, unit, aggregationTemporality, isMonotonic }: MetricTraits): MetricTraits {
  return { type, unit, aggregationTemporality, isMonotonic };
}

function kindsOf(series: readonly Series[]): MetricTraits[] {
  const kinds = series.map(traitsOf);
  return [...new Map(kinds.map((kind) => [Object.values(kind).join("\0"), kind])).values()];
}

/** If a service has several conflicts, the last one represents them all. */
function conflictsOf(series: readonly Series[]): MetricConflict[] {
  const bySource = Map.groupBy(series, ({ source }) => source);
  const conflicts = new Map<string, MetricTraits[]>();
  for (const own of bySource.values()) {
    const kinds = kindsOf(own);
    if (kinds.length > 1) conflicts.set(own[0]!.serviceName, kinds);
  }
  return [...conflicts].map(([serviceName, kinds]) => ({ serviceName, kinds }));
}

/** Reads series. Series of the same resource or scope in a request share one object. */
class SeriesView {
  readonly #store: MetricStore;
  readonly #resources = new Map<string, Resource | undefined>();
  readonly #scopes = new Map<string, ScopeMetrics>();

  constructor(store: MetricStore) {
    this.#store = store;
  }

  seriesOf(series: Series, points: readonly number[]): MetricSeries {
    const { serviceName, type } = series;
    const last = points.at(-1)!;
    const resource = this.#resourceOf(last);
    const { scope, schemaUrl = "" } = this.#scopeOf(last);
    const decoded = points.map((row) =>
      pointOf(type, this.#store.part(row, POINT.start, POINT.end))
    );
    const { attributes } = decoded.at(-1)!;
    if (decoded.length > 1) {
      decoded.sort((a, b) => {
        const difference = BigInt(a.point.timeUnixNano) - BigInt(b.point.timeUnixNano);
        return difference < 0n ? -1 : difference > 0n ? 1 : 0;
      });
    }
    return {
      ...traitsOf(series),
      serviceName,
      serviceInstanceId: attributeText(resource?.attributes, "service.instance.id") ?? "",
      resource: resource?.attributes ?? [],
      scopeName: scope?.name ?? "",
      scopeVersion: scope?.version ?? "",
      scopeSchemaUrl: schemaUrl,
      scopeAttributes: scope?.attributes ?? [],
      attributes,
      points: decoded.map(({ point }) => point),
    };
  }

  #resourceOf(row: number): Resource | undefined {
    const place = this.#placeOf(row, POINT.resourceStart);
    if (!this.#resources.has(place)) {
      const bytes = this.#store.part(row, POINT.resourceStart, POINT.resourceEnd);
      const { resource } = protobufToJson("ResourceMetrics", withoutContents(bytes));
      this.#resources.set(place, resource);
    }
    return this.#resources.get(place);
  }

  #scopeOf(row: number): ScopeMetrics {
    const place = this.#placeOf(row, POINT.scopeStart);
    const known = this.#scopes.get(place);
    if (known) return known;
    const bytes = this.#store.part(row, POINT.scopeStart, POINT.scopeEnd);
    const scope = protobufToJson("ScopeMetrics", withoutContents(bytes));
    this.#scopes.set(place, scope);
    return scope;
  }

  #placeOf(row: number, start: number): string {
    const { rows } = this.#store;
    const at = rows.at(row);
    return `${rows.words[at + POINT.segment]} ${rows.words[at + start]}`;
  }
}

/** The rows of the points in a period, in order of arrival. */
function pointsIn(
  { rows }: MetricStore,
  { points }: Series,
  { from, to, isNewestOnly }: PointPeriod,
): number[] {
  const timeOf = (row: number) => millisOfWords(rows.words, rows.at(row) + POINT.time);
  const inside = points.filter((row) => {
    const time = timeOf(row);
    return time >= from && time <= to;
  });
  if (!isNewestOnly || inside.length < 2) return inside;
  return [inside.reduce((a, b) => timeOf(b) >= timeOf(a) ? b : a)];
}

function metricOf(store: MetricStore, row: number): Metric {
  return protobufToJson("Metric", store.part(row, POINT.metricStart, POINT.metricEnd));
}

function lastTimeOf(series: readonly Series[]): string {
  const last = series.map(({ newest }) => newest)
    .reduce((a, b) => a[0] > b[0] || a[0] === b[0] && a[1] > b[1] ? a : b);
  return timeOfWords(Uint32Array.from(last), 0);
}
