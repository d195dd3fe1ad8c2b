import { attributeText } from "../../../otlp/any_value.ts";
import type { MetricPoint, SeriesIdentity } from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { Resource, ScopeMetrics } from "../../../otlp/json.ts";
import { withoutContents } from "../scan/message_parts.ts";
import { pointOf } from "../index/metric_point.ts";
import { type MetricStore, POINT, type Series } from "../index/metric_store.ts";
import type { PointPeriod } from "../store.ts";
import { millisOfWords } from "../tables/words.ts";

/** Decodes series. Series of the same resource or scope in a request share one object. */
export class SeriesView {
  readonly #store: MetricStore;
  readonly #resources = new Map<string, Resource | undefined>();
  readonly #scopes = new Map<string, ScopeMetrics>();

  constructor(store: MetricStore) {
    this.#store = store;
  }

  /** Everything about a series but its points. */
  identityOf(series: Series): SeriesIdentity {
    const last = series.points.last;
    const resource = this.#resourceOf(last);
    const { scope, schemaUrl = "" } = this.#scopeOf(last);
    return {
      unit: series.unit,
      type: series.type,
      aggregationTemporality: series.aggregationTemporality,
      isMonotonic: series.isMonotonic,
      serviceName: series.serviceName,
      serviceInstanceId: attributeText(resource?.attributes, "service.instance.id") ?? "",
      resource: resource?.attributes ?? [],
      scopeName: scope?.name ?? "",
      scopeVersion: scope?.version ?? "",
      scopeSchemaUrl: schemaUrl,
      scopeAttributes: scope?.attributes ?? [],
      attributes: pointOf(series.type, this.#bytesOf(last)).attributes,
    };
  }

  /** Points of a series, in ascending order of time. */
  pointsOf(
    series: Series,
    rows: readonly number[] = rowsByTime(this.#store, series),
  ): MetricPoint[] {
    return rows.map((row) => pointOf(series.type, this.#bytesOf(row)).point);
  }

  #bytesOf(row: number): Uint8Array {
    return this.#store.part(row, POINT.start, POINT.end);
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

/**
 * The rows of a series' points in ascending order of time, or of those in a period. In a period, the first of
 * several points with one time counts, as in Prometheus.
 */
export function rowsByTime(
  { rows }: MetricStore,
  { points, overlaps }: Series,
  period?: PointPeriod,
): readonly number[] {
  const { words } = rows;
  const all = points.toArray();
  const inside = period ? all.filter((row) => isIn(period, words, rows.at(row))) : all;
  const byTime = (a: number, b: number) => {
    const [first, second] = [rows.at(a) + POINT.time, rows.at(b) + POINT.time];
    return words[first]! - words[second]! || words[first + 1]! - words[second + 1]!;
  };
  const isSorted = inside.every((row, i) => i === 0 || byTime(inside[i - 1]!, row) <= 0);
  const sorted = isSorted ? inside : inside.toSorted(byTime);
  const single = period && overlaps > 0
    ? sorted.filter((row, i) => i === 0 || byTime(sorted[i - 1]!, row) < 0)
    : sorted;
  return period?.isNewestOnly ? single.slice(-1) : single;
}

function isIn({ from, to }: PointPeriod, words: Uint32Array, at: number): boolean {
  const time = millisOfWords(words, at + POINT.time);
  return time >= from && time <= to;
}
