import { jsonDouble, nonFiniteAsText } from "../../../otlp/non_finite.ts";
import type { MetricJson } from "../metric_forms.ts";
import { type MetricStore, POINT, type Series } from "../index/metric_store.ts";
import { pointOf } from "../index/metric_point.ts";
import { timeOfWords } from "../tables/words.ts";
import { seriesNamed, summaryOf } from "./metric_view.ts";
import { NumberPoints } from "./number_points.ts";
import { rowsByTime, SeriesView } from "./series_view.ts";

/** How many times are kept as text, for each upper half: about four seconds. */
const MAX_TIMES = 1_000;

const encoder = new TextEncoder();

/** A metric with its series and all of their points; undefined if it is not kept. */
export function metricJson(store: MetricStore, name: string): MetricJson | undefined {
  const series = seriesNamed(store, name);
  if (series.length === 0) return undefined;
  const summary = summaryOf(store, name, series);
  const writer = new SeriesWriter(store);
  const text = `${JSON.stringify(summary).slice(0, -1)},"series":[` +
    `${series.map((one) => writer.write(one)).join(",")}]}`;
  const { conflicts, overlaps } = summary;
  return { name, conflicts, overlaps, json: encoder.encode(text) };
}

/** The JSON of a series without its last brace and its points; it never changes. */
const beginnings = new WeakMap<Series, string>();

/** Writes series as JSON; points of gauges and sums without decoding them to objects. */
class SeriesWriter {
  readonly #store: MetricStore;
  readonly #view: SeriesView;
  readonly #point: NumberPoints;
  /** By upper half, then by lower half. */
  readonly #times = new Map<number, Map<number, string>>();

  constructor(store: MetricStore) {
    this.#store = store;
    this.#view = new SeriesView(store);
    this.#point = new NumberPoints(store);
  }

  write(series: Series): string {
    let beginning = beginnings.get(series);
    if (beginning === undefined) {
      beginning = JSON.stringify(this.#view.identityOf(series), nonFiniteAsText).slice(0, -1);
      beginnings.set(series, beginning);
    }
    const isNumber = series.type === "gauge" || series.type === "sum";
    const points = rowsByTime(this.#store, series)
      .map((row) => isNumber ? this.#number(series, row) : this.#any(series, row));
    return `${beginning},"points":[${points.join(",")}]}`;
  }

  #any({ type }: Series, row: number): string {
    const { point } = pointOf(type, this.#store.part(row, POINT.start, POINT.end));
    return JSON.stringify(point, nonFiniteAsText);
  }

  #number(series: Series, row: number): string {
    const point = this.#point;
    point.read(row);
    if (point.hasExemplars) return this.#any(series, row);
    const { rows } = this.#store;
    const members = [
      this.#time("startTimeUnixNano", point.start, 0),
      this.#time("timeUnixNano", rows.words, rows.at(row) + POINT.time),
    ];
    const { value } = point;
    if (point.isEnd) members.push('"hasNoRecordedValue":true');
    else if (value !== undefined) {
      const written = jsonDouble(value);
      members.push(`"value":${Number.isFinite(value) ? written : `"${written}"`}`);
    }
    return `{${members.filter((member) => member !== "").join(",")}}`;
  }

  /** A member with a time in nanoseconds; empty if there is none. Many points have the same time. */
  #time(name: string, words: Uint32Array, at: number): string {
    const [upper, lower] = [words[at]!, words[at + 1]!];
    if (upper === 0 && lower === 0) return "";
    let texts = this.#times.get(upper);
    if (texts === undefined || texts.size >= MAX_TIMES) {
      this.#times.set(upper, texts = new Map());
    }
    let text = texts.get(lower);
    if (text === undefined) texts.set(lower, text = timeOfWords(words, at));
    return `"${name}":"${text}"`;
  }
}
