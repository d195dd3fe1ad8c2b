import { hidePoint, type MetricPlace, MetricScanner, POINT_WORDS } from "../scan/metric_scanner.ts";
import type { MetricStream } from "../scan/metric_stream.ts";
import { RecordRing } from "../tables/record_ring.ts";
import type { SegmentBytes } from "../segments/segment_bytes.ts";
import type { MakeRoom } from "./growth.ts";
import { PointRows } from "./point_rows.ts";
import { isSamePoint } from "./same_point.ts";
import { SignalCounts } from "./signal_counts.ts";
import type { AddResult } from "../store.ts";
import type { TakeOptions } from "./take_options.ts";
import { itemCount } from "../../../otlp/signal.ts";
import { ITEM_PATHS } from "../../../otlp/item_paths.ts";
import { isPart, keptItems } from "../scan/kept_items.ts";

/** Beyond this, a new series replaces the one that has gone longest without a new point. */
export const MAX_SERIES = 5000;
/** Beyond this, the oldest points are evicted. */
export const MAX_POINTS_PER_SERIES = 200;

/** Which word of a data point's row holds what. */
export const POINT = {
  time: 0,
  segment: 2,
  /** The number of its series; 0 if the point is evicted. */
  series: 3,
  /** Where its messages are in the segment. */
  start: 4,
  end: 5,
  metricStart: 6,
  metricEnd: 7,
  scopeStart: 8,
  scopeEnd: 9,
  resourceStart: 10,
  resourceEnd: 11,
} as const;

/** Estimated memory of a series and its entries in the maps. */
const BYTES_PER_SERIES = 600;

/** A point is new by its time or an attribute. Each takes this much at least, with its tag. */
const MIN_POINT_BYTES = 10;

/** Words of a segment: how many points it has, and how many are kept. */
const ROW_COUNT = 0;
const LIVE_COUNT = 1;

/**
 * Keeps metrics: their bytes as received, and a row for each data point, grouped into series. A segment
 * is removed when none of its points is kept, or when it is the oldest and space is needed.
 */
export class MetricStore {
  /** Tells stores apart, since the numbers of series are unique only within one. */
  readonly id = crypto.randomUUID();
  readonly rows = new RecordRing(POINT_WORDS);
  readonly counts = new SignalCounts();
  readonly bytes: SegmentBytes;
  /** Keyed by {@linkcode Series.key}. */
  readonly series = new Map<string, Series>();
  makeRoom: MakeRoom = () => {};
  /** How many series were evicted for new ones. */
  evictedSeries = 0;
  /** Names of metrics that changed since the set was last cleared. */
  readonly changedNames = new Set<string>();
  readonly #segments: RecordRing;
  readonly #byNumber = new Map<number, Series>();
  readonly #scanner = new MetricScanner();
  /** Where the rejected points of the last request begin. */
  readonly #rejectedStarts: number[] = [];
  #lastSeries = 0;
  /** Series, most recently written first, each with its newest point at the time of listing. */
  #candidates: { series: Series; newest: number }[] = [];
  /** Series to which the last request added points beyond the limit. */
  readonly #overfull: Series[] = [];
  /** Rows by time of series to which one request adds too many points for a linear search. */
  readonly #rowsByTime = new Map<Series, Map<bigint, number[]>>();

  constructor(bytes: SegmentBytes) {
    this.bytes = bytes;
    this.#segments = new RecordRing(2, bytes.first);
  }

  /** What everything but the bytes takes. */
  get indexBytes(): number {
    return this.rows.byteLength + this.#segments.byteLength +
      this.series.size * BYTES_PER_SERIES + this.bytes.indexBytes;
  }

  /** Checks a request, unless it is already checked, then stores and indexes it. */
  add(
    request: Uint8Array<ArrayBuffer>,
    { returnsKept = false, isChecked = false }: TakeOptions = {},
  ): AddResult {
    if (!isChecked) this.#scanner.check(request);
    this.#makeRoom(request, request.length);
    const result = this.#insert(request, true);
    if (returnsKept && isPart(result)) {
      result.kept = keptItems(request, ITEM_PATHS.metrics, this.#lastStarts(result.accepted));
    }
    // What is rejected is not exported either.
    for (const start of this.#rejectedStarts) hidePoint(request, start);
    if (result.accepted > 0) this.bytes.append(request);
    this.counts.add(result);
    this.#dropDeadSegments();
    return result;
  }

  /**
   * Indexes a segment that is already stored. Call it in the order of segment numbers. Returns the names
   * of the services.
   */
  restore(segment: Uint8Array): Iterable<string> {
    this.#scanner.check(segment);
    this.#makeRoom(segment, 0);
    const { accepted, serviceNames } = this.#insert(segment, false);
    this.counts.received += accepted;
    return serviceNames;
  }

  /** Evicts the oldest segment. Returns false if there is none. */
  evictOldest(): boolean {
    if (this.#segments.size === 0) return false;
    const { first } = this.rows;
    const count = this.#segments.words[this.#segments.at(this.#segments.first) + ROW_COUNT]!;
    for (let row = first; row < first + count; row++) {
      if (this.rows.words[this.rows.at(row) + POINT.series] !== 0) this.#evictPoint(row);
    }
    this.#dropDeadSegments();
    return true;
  }

  clear(): void {
    this.bytes.clear();
    this.rows.clear();
    this.#segments.clear();
    this.counts.clear();
    this.series.clear();
    this.#byNumber.clear();
    this.#candidates = [];
    this.evictedSeries = 0;
  }

  /** Reads a part of a point's segment. */
  part(row: number, start: number, end: number): Uint8Array {
    const { words } = this.rows;
    const at = this.rows.at(row);
    return this.bytes.read(this.segmentOf(row)).subarray(words[at + start]!, words[at + end]!);
  }

  /** The number of a point's segment. */
  segmentOf(row: number): number {
    return this.#segments.numberOf(this.rows.words[this.rows.at(row) + POINT.segment]!);
  }

  /** Makes room for a request. @param bytes What it adds to the stored bytes. */
  #makeRoom({ length }: Uint8Array, bytes: number): void {
    const mostPoints = Math.floor(length / MIN_POINT_BYTES);
    this.makeRoom(() => ({
      bytes,
      indexBytes: this.rows.growthFor(mostPoints) + this.#segments.growthFor(1),
    }));
  }

  #insert(request: Uint8Array, isNew: boolean): AddResult {
    const segment = this.#segments.push();
    this.#segments.words[this.#segments.at(segment) + LIVE_COUNT] = 0;
    const firstRow = this.rows.end;
    let duplicated = 0;
    let fault: string | undefined;
    this.#rejectedStarts.length = 0;
    this.#scanner.scan(request, (place) => {
      if (place.fault !== undefined) {
        fault ??= place.fault;
        this.#rejectedStarts.push(place.words[POINT.start]!);
        return;
      }
      const series = this.series.get(place.key) ?? this.#addSeries(place);
      const sameTime = this.#rowsAt(series, place);
      if (sameTime.some((row) => this.#isSame(series, request, place, row, firstRow))) duplicated++;
      else {
        if (sameTime.length > 0) series.overlaps++;
        this.#addPoint(series, place, segment);
      }
    });
    this.#rowsByTime.clear();
    const accepted = this.rows.end - firstRow;
    if (accepted === 0 && isNew) this.#segments.pop();
    else {
      const at = this.#segments.at(segment);
      this.#segments.words[at + ROW_COUNT] = accepted;
      this.#limitPoints();
    }
    const rejected = this.#rejectedStarts.length;
    const serviceNames = [...this.#scanner.serviceNames];
    const result: AddResult = { accepted, rejected, duplicated, serviceNames };
    if (rejected > 0) {
      result.message = `${itemCount(rejected, "metrics")} rejected: exemplar: ${fault}`;
    }
    return result;
  }

  /** Where the most recently added points lie in their request. */
  #lastStarts(count: number): Set<number> {
    const starts = new Set<number>();
    for (let row = this.rows.end - count; row < this.rows.end; row++) {
      starts.add(this.rows.words[this.rows.at(row) + POINT.start]!);
    }
    return starts;
  }

  #addSeries({ key, stream }: MetricPlace): Series {
    if (this.series.size >= MAX_SERIES) this.#evictSeries();
    const series: Series = {
      ...stream,
      key,
      number: ++this.#lastSeries,
      points: new PointRows(),
      newest: [0, 0],
      overlaps: 0,
    };
    this.series.set(key, series);
    this.#byNumber.set(series.number, series);
    return series;
  }

  /** Evicts the series that has gone longest without a new point. */
  #evictSeries(): void {
    const series = this.#leastRecent();
    this.#dropSeries(series);
    while (series.points.length > 0) this.#countEvicted(series.points.shift());
    this.evictedSeries++;
    this.changedNames.add(series.name);
  }

  #leastRecent(): Series {
    for (;;) {
      const candidate = this.#candidates.pop();
      if (candidate === undefined) {
        this.#candidates = [...this.series.values()]
          .map((series) => ({ series, newest: series.points.last }))
          .sort((a, b) => b.newest - a.newest);
        continue;
      }
      const { series, newest } = candidate;
      if (series.points.last === newest && this.#byNumber.has(series.number)) return series;
    }
  }

  #dropSeries({ key, number }: Series): void {
    this.series.delete(key);
    this.#byNumber.delete(number);
  }

  #addPoint(series: Series, place: MetricPlace, segment: number): void {
    const row = this.rows.push();
    const at = this.rows.at(row);
    const { words } = this.rows;
    // For so few, a loop is faster than `set()`.
    for (let i = 0; i < POINT_WORDS; i++) words[at + i] = place.words[i]!;
    words[at + POINT.segment] = segment;
    words[at + POINT.series] = series.number;
    series.points.push(row);
    if (series.points.length > MAX_POINTS_PER_SERIES) this.#overfull.push(series);
    if (isLater(place.words, series.newest)) {
      series.newest[0] = place.words[POINT.time]!;
      series.newest[1] = place.words[POINT.time + 1]!;
    }
    this.#segments.words[this.#segments.at(segment) + LIVE_COUNT]!++;
    const rows = this.#rowsByTime.get(series);
    if (rows) addTo(rows, this.#timeOf(place.words, POINT.time), row);
    this.changedNames.add(series.name);
  }

  /** Limits the points per series. Points may be evicted only once their segment is complete. */
  #limitPoints(): void {
    for (const { points } of this.#overfull) {
      while (points.length > MAX_POINTS_PER_SERIES) this.#countEvicted(points.shift());
    }
    this.#overfull.length = 0;
  }

  /** The points of a series that have the time of a new one. */
  #rowsAt(series: Series, { words: place }: MetricPlace): readonly number[] {
    const { points, newest } = series;
    if (isLater(place, newest)) return NONE;
    const { words } = this.rows;
    if (points.length > 2 * MAX_POINTS_PER_SERIES) {
      return this.#timesOf(series).get(this.#timeOf(place, POINT.time)) ?? NONE;
    }
    return points.toArray().filter((row) => {
      const at = this.rows.at(row) + POINT.time;
      return words[at] === place[POINT.time] && words[at + 1] === place[POINT.time + 1];
    });
  }

  /** Whether a new point says the same as the one in a row, which was sent before. */
  #isSame(
    { type }: Series,
    request: Uint8Array,
    { words }: MetricPlace,
    row: number,
    firstRow: number,
  ): boolean {
    const at = this.rows.at(row);
    const bytes = request.subarray(words[POINT.start], words[POINT.end]);
    const other = row < firstRow ? this.part(row, POINT.start, POINT.end) : request.subarray(
      this.rows.words[at + POINT.start],
      this.rows.words[at + POINT.end],
    );
    return isSamePoint(type, bytes, other);
  }

  #timesOf(series: Series): Map<bigint, number[]> {
    let times = this.#rowsByTime.get(series);
    if (!times) {
      times = new Map();
      const { words } = this.rows;
      for (const row of series.points.toArray()) {
        addTo(times, this.#timeOf(words, this.rows.at(row) + POINT.time), row);
      }
      this.#rowsByTime.set(series, times);
    }
    return times;
  }

  #timeOf(words: Uint32Array, at: number): bigint {
    return BigInt(words[at]!) << 32n | BigInt(words[at + 1]!);
  }

  #evictPoint(row: number): void {
    const series = this.#byNumber.get(this.rows.words[this.rows.at(row) + POINT.series]!)!;
    series.points.remove(row);
    if (series.points.length === 0) this.#dropSeries(series);
    this.#countEvicted(row);
  }

  /** Counts a point as evicted. */
  #countEvicted(row: number): void {
    const at = this.rows.at(row);
    this.rows.words[at + POINT.series] = 0;
    this.#segments.words[this.#segments.at(this.rows.words[at + POINT.segment]!) + LIVE_COUNT]!--;
    this.counts.evicted++;
  }

  #dropDeadSegments(): void {
    while (this.#segments.size > 0) {
      const at = this.#segments.at(this.#segments.first);
      if (this.#segments.words[at + LIVE_COUNT] !== 0) return;
      this.rows.shift(this.#segments.words[at + ROW_COUNT]!);
      this.#segments.shift();
      this.bytes.shift();
    }
  }
}

/** The points of a metric stream that share one set of attributes. */
export interface Series extends MetricStream {
  key: string;
  number: number;
  readonly points: PointRows;
  /** The latest time of any of its points, kept or not; upper half first. */
  readonly newest: [number, number];
  /** How many points had the time of another, but were not the same: several processes write it. */
  overlaps: number;
}

const NONE: readonly number[] = [];

function addTo(rows: Map<bigint, number[]>, time: bigint, row: number): void {
  const known = rows.get(time);
  if (known) known.push(row);
  else rows.set(time, [row]);
}

function isLater(point: Uint32Array, [upper, lower]: [number, number]): boolean {
  const own = point[POINT.time]!;
  return own > upper || own === upper && point[POINT.time + 1]! > lower;
}
