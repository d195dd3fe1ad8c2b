import type { MetricPoint, SeriesIdentity } from "../../model.ts";
import type { MetricStore, Series } from "../index/metric_store.ts";
import { POINT } from "../index/metric_store.ts";
import { type KnownSeries, type MetricColumns, POINT_STATE } from "../metric_forms.ts";
import type { PointPeriod } from "../store.ts";
import { millisOfWords } from "../tables/words.ts";
import { seriesNamed, summaryOf } from "./metric_view.ts";
import { NumberPoints } from "./number_points.ts";
import { rowsByTime, SeriesView } from "./series_view.ts";

/** A metric with the points in a period; undefined if it is not kept. */
export function metricColumns(
  store: MetricStore,
  name: string,
  period: PointPeriod,
  known: KnownSeries | undefined,
): MetricColumns | undefined {
  const series = seriesNamed(store, name);
  if (series.length === 0) return undefined;
  const selected = series.map((one) => ({ one, rows: rowsByTime(store, one, period) }))
    .filter(({ rows }) => rows.length > 0);
  const last = known?.storeId === store.id ? known.lastNumber : 0;
  const view = new SeriesView(store);
  const points = new Map<number, MetricPoint[]>();
  const identities = new Map<number, SeriesIdentity>();
  for (const { one, rows } of selected) {
    if (!isNumber(one)) points.set(one.number, view.pointsOf(one, rows));
  }
  for (const one of series) if (one.number > last) identities.set(one.number, view.identityOf(one));
  return {
    summary: summaryOf(store, name, series),
    known: { storeId: store.id, lastNumber: Math.max(...series.map(({ number }) => number)) },
    identities,
    numbers: Float64Array.from(selected, ({ one }) => one.number),
    points,
    ...columnsOf(store, selected),
  };
}

function columnsOf(
  store: MetricStore,
  selected: readonly { one: Series; rows: readonly number[] }[],
): Pick<MetricColumns, "counts" | "times" | "values" | "states"> {
  const counts = Uint32Array.from(selected, ({ one, rows }) => isNumber(one) ? rows.length : 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [times, values] = [new Float64Array(total), new Float64Array(total)];
  const states = new Uint8Array(total);
  const point = new NumberPoints(store);
  let i = 0;
  for (const { one, rows } of selected) {
    if (!isNumber(one)) continue;
    for (const row of rows) {
      point.read(row);
      times[i] = millisOfWords(store.rows.words, store.rows.at(row) + POINT.time);
      values[i] = point.value ?? 0;
      states[i] = point.isEnd
        ? POINT_STATE.end
        : point.value === undefined
        ? POINT_STATE.none
        : POINT_STATE.value;
      i++;
    }
  }
  return { counts, times, values, states };
}

function isNumber({ type }: Pick<Series, "type">): boolean {
  return type === "gauge" || type === "sum";
}
