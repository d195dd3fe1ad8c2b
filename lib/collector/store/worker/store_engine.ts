import type { CallRule, LogQuery, StoreStats, TraceQuery } from "../../model.ts";
import { type Signal, SIGNALS } from "../../../otlp/signal.ts";
import { freeBytes } from "../../../large_bytes.ts";
import { ChangeTracker } from "./change_tracker.ts";
import { exportPart } from "../query/export_part.ts";
import { checkItemCount } from "../scan/item_limit.ts";
import { findTraces } from "../query/find_traces.ts";
import { traceNumber } from "../query/trace_order.ts";
import { type SpansCursor, spansPart, type SpansQuestion } from "../query/span_parts.ts";
import { evictToFit, SHARES, storedBytes } from "./eviction.ts";
import { LogStore } from "../index/log_store.ts";
import { MemorySegments } from "../segments/memory_segments.ts";
import { MetricStore } from "../index/metric_store.ts";
import type { SignalStores } from "../index/signal_stores.ts";
import type { KnownSeries } from "../metric_forms.ts";
import { metricColumns } from "../query/metric_columns.ts";
import { metricJson } from "../query/metric_json.ts";
import { metricData, metricSummaries } from "../query/metric_view.ts";
import { orphanCounts } from "../query/orphan_counts.ts";
import { remoteServices, serviceCalls } from "../query/service_calls.ts";
import { operations, serviceNames, serviceStats } from "../query/service_stats.ts";
import { spanFields } from "../query/span_fields.ts";
import { SpanStore } from "../index/span_store.ts";
import { openFile } from "../salvage/open_file.ts";
import { removeDatabase } from "../salvage/salvage.ts";
import { SqliteFile } from "../segments/sqlite_file.ts";
import { DatabaseError } from "../database_error.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import type { AddResult, CallPeriod, PointPeriod, StoreChanges, StoreOptions } from "../store.ts";
import type { ExportCursor } from "../query/export_part.ts";
import { KnownServices } from "./known_services.ts";
import type { StoredBytes } from "./stored_bytes.ts";
import type { AddOutcome, AddRequest, StoreMethods } from "./store_calls.ts";
import { type CheckedRequest, isLong, takeLongRequest } from "./long_requests.ts";
import { restoreStores } from "./restore_stores.ts";
import { summarizeTrace } from "../query/trace_summary.ts";

/** The largest share of the stored bytes in memory that the rows of spans may take. */
const MAX_ROWS_SHARE = 0.75;

/**
 * After a failure, the file is left alone for at least this long, or this many times what the failure
 * took.
 */
const MIN_PAUSE_MS = 1000;
const PAUSE_FACTOR = 10;

/** The store itself, which runs in the worker. */
export class StoreEngine implements Omit<StoreMethods, "open" | "watch"> {
  #stores: SignalStores;
  readonly #options: StoreOptions;
  #file: SqliteFile | undefined;
  readonly #changes = new ChangeTracker();
  readonly #services = new KnownServices();
  /** Long requests that are not fully stored yet. */
  readonly #adding = new Set<Promise<unknown>>();

  readonly #limits: StoredBytes;
  /** Why nothing can be answered: memory no longer matches the file. */
  #broken: unknown;
  /** Why the file could not be written last time, and when to try again. */
  #failure: { error: unknown; until: number } | undefined;

  /** @throws {Error} If the file cannot be used. */
  constructor(
    options: StoreOptions,
    limits: StoredBytes = { all: options.maxBytes, inMemory: options.maxBytes },
  ) {
    this.#options = options;
    this.#limits = limits;
    const { file: path, isRecovering = false, onNotice: report = () => {} } = options;
    this.#stores = path === undefined ? this.#openStores() : openFile(
      { path, isRecovering, report },
      (file) => {
        this.#file = file;
        return this.#openStores();
      },
    );
  }

  /**
   * Checks and stores long requests part by part, and does other work in between. If the file fails
   * during one, the parts already stored go, so that nothing is there twice if it is sent again.
   */
  async add(requests: AddRequest[]): Promise<AddOutcome[]> {
    if (!requests.some(({ bytes }) => isLong(bytes))) return this.#take(requests);
    const adding = this.#addInTurn(requests);
    this.#adding.add(adding);
    return await adding.finally(() => this.#adding.delete(adding));
  }

  /**
   * Call this before any other method.
   *
   * @throws {Error} If memory no longer matches the file, and the file cannot be read again.
   */
  check(): void {
    if (this.#broken && performance.now() >= (this.#failure?.until ?? 0)) this.#reopenStores();
    if (this.#broken) throw this.#broken;
  }

  services = () => Promise.resolve(serviceNames(this.#stores.traces));
  operations = (name: string) => Promise.resolve(operations(this.#stores.traces, name));
  findTraces = (query: TraceQuery) => findTraces(this.#stores.traces, query);
  spansFrom = (question: SpansQuestion, cursor?: SpansCursor) =>
    spansPart(this.#stores.traces, question, cursor);
  orphanCounts = (traceIds: readonly string[]) =>
    Promise.resolve(orphanCounts(this.#stores.traces, traceIds));
  serviceStats = (seconds: number) => serviceStats(this.#stores.traces, seconds, Date.now());
  spanFields = () => spanFields(this.#stores.traces);
  serviceCalls = (period: CallPeriod, rule: CallRule) =>
    serviceCalls(this.#stores.traces, period, rule);
  remoteServices = (serviceName: string) => remoteServices(this.#stores.traces, serviceName);
  findLogs = (query: LogQuery) => this.#stores.logs.find(query);
  logVolume = (query: LogQuery) => this.#stores.logs.volume(query);
  metrics = () => Promise.resolve(metricSummaries(this.#stores.metrics));
  metric = (name: string) => Promise.resolve(metricData(this.#stores.metrics, name));
  metricJson = (name: string) => Promise.resolve(metricJson(this.#stores.metrics, name));
  columns = (name: string, period: PointPeriod, known?: KnownSeries) =>
    Promise.resolve(metricColumns(this.#stores.metrics, name, period, known));
  stats = () => Promise.resolve(this.#stats());

  traceSummary(traceId: string) {
    const trace = traceNumber(this.#stores.traces, traceId);
    return Promise.resolve(
      trace === undefined ? trace : summarizeTrace(this.#stores.traces, trace),
    );
  }

  exportFrom(signal: Signal, cursor: ExportCursor | undefined) {
    const { bytes } = this.#stores[signal];
    return Promise.resolve(exportPart(signal, bytes, this.#stores.traces, cursor));
  }

  // deno-lint-ignore require-await -- a failure is to reject, as with the other methods.
  async clear(traceId?: string): Promise<void> {
    const { traces } = this.#stores;
    if (traceId === undefined) this.#clearAll();
    else {
      const trace = traceNumber(traces, traceId);
      if (trace !== undefined) this.#transaction(() => traces.forget(trace));
    }
    this.#changes.note(traces);
  }

  /** Checks whether the file is gone. Returns the error the first time. */
  checkPlace(): DatabaseError | undefined {
    if (this.#failure?.until === Infinity) return undefined;
    try {
      this.#file?.checkPlace();
      return undefined;
    } catch (error) {
      this.#failure = { error, until: Infinity };
      return error as DatabaseError;
    }
  }

  /** First finishes the requests that are in progress. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#adding);
    this.#file?.close();
  }

  /** Whether to collect changes for {@linkcode takeChanges}. */
  watch(isOn: boolean): void {
    this.#changes.watch(isOn, this.#stores.traces, this.#stores.logs);
  }

  /** What changed since the last call; undefined if nothing did. */
  takeChanges(): StoreChanges | undefined {
    return this.#changes.take(this.#stores, () => this.#stats());
  }

  #openStores(): SignalStores {
    const { maxBytes, maxTraces } = this.#options;
    const bytesOf = (signal: Signal) =>
      this.#file?.segments(signal) ?? new MemorySegments(maxBytes * SHARES[signal]);
    const stores = {
      traces: new SpanStore(bytesOf("traces"), maxTraces, this.#limits.inMemory * MAX_ROWS_SHARE),
      logs: new LogStore(bytesOf("logs")),
      metrics: new MetricStore(bytesOf("metrics")),
    };
    this.#stores = stores;
    this.#services.clear();
    // Evict before a request is kept. Otherwise, it and the data it replaces would briefly coexist.
    for (const signal of SIGNALS) {
      stores[signal].makeRoom = (growth) => evictToFit(stores, this.#limits, { signal, growth });
    }
    const file = this.#file;
    if (file) {
      stores.traces.onTraceGone = (id, segment) => file.noteGone(id, segment);
      file.abandonUnfinished();
      file.transaction(() =>
        restoreStores(
          file,
          stores,
          () => evictToFit(this.#stores, this.#limits),
          this.#services,
          this.#options.onProgress,
        )
      );
    }
    return stores;
  }

  async #addInTurn(requests: AddRequest[]): Promise<AddOutcome[]> {
    const outcomes: AddOutcome[] = [];
    for (const request of requests) {
      const stores = this.#stores;
      const unfinished: number[] = [];
      const parts = takeLongRequest(request, (part, isLast = true) => {
        // The file may have failed meanwhile.
        this.check();
        if (this.#stores !== stores) throw this.#interrupted();
        return this.#takePart(part, isLast, unfinished);
      });
      outcomes.push(await parts);
    }
    return outcomes;
  }

  /** The error for a request whose earlier parts are gone. */
  #interrupted(): unknown {
    const reason = "it could not be written while a long request was stored";
    return this.#failure?.error ?? new DatabaseError(this.#options.file ?? "", "other", reason);
  }

  /**
   * Stores a part of a request.
   *
   * @param unfinished The segments of earlier parts; the new ones are added.
   */
  #takePart(part: CheckedRequest, isLast: boolean, unfinished: number[]): AddOutcome {
    return this.#change(() => {
      const segments = this.#file?.segments(part.signal);
      const start = segments?.end ?? 0;
      const outcome = this.#takeOne(part);
      if (isLast) segments?.finish(unfinished);
      else if (segments) unfinished.push(...segments.markUnfinished(start));
      return outcome;
    });
  }

  #take(requests: CheckedRequest[]): AddOutcome[] {
    return this.#change(() => requests.map((request) => this.#takeOne(request)));
  }

  /** @throws {Error} If the file cannot be written now. */
  #change<Result>(work: () => Result): Result {
    if (this.#failure && performance.now() < this.#failure.until) throw this.#failure.error;
    const result = this.#transaction(() => {
      this.#file?.emptyAbandoned();
      return work();
    });
    this.#changes.note(this.#stores.traces);
    return result;
  }

  #takeOne({ signal, bytes, fault, ...options }: CheckedRequest): AddOutcome {
    try {
      if (fault) throw fault;
      if (!options.isChecked) checkItemCount(signal, bytes);
      const result: AddResult = this.#stores[signal].add(bytes, options);
      this.#services.add(result.serviceNames);
      evictToFit(this.#stores, this.#limits);
      return { result };
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      const { message, byteOffset } = error;
      return { error: { message, isMalformed: true, byteOffset } };
    } finally {
      freeBytes(bytes);
    }
  }

  /**
   * Works even if the file is damaged, or if the disk is full: deleting rows would first need more room.
   */
  #clearAll(): void {
    this.#services.clear();
    try {
      this.#transaction(() => Object.values(this.#stores).forEach((store) => store.clear()));
      this.#file?.vacuum();
    } catch (error) {
      const { file } = this.#options;
      const isBeyondRepair = error instanceof DatabaseError &&
        (error.trouble === "full" || error.trouble === "damaged" || error.trouble === "gone");
      // If another file has taken its place, it is not ours to delete.
      if (file === undefined || !isBeyondRepair || this.#file?.isReplaced) throw error;
      this.#file?.close();
      removeDatabase(file);
      this.#file = new SqliteFile(file);
      this.#reopenStores();
    }
    this.#failure = undefined;
  }

  /** Runs the work in a transaction of the file. If it fails, memory is restored as well. */
  #transaction<Result>(work: () => Result): Result {
    if (!this.#file) return work();
    try {
      const result = this.#file.transaction(work);
      this.#failure = undefined;
      return result;
    } catch (error) {
      const start = performance.now();
      if (isLost(error)) {
        // What is still readable is incomplete, but would look complete.
        if (error.trouble === "damaged") this.#broken = error;
        this.#failure = { error, until: Infinity };
        throw error;
      }
      this.#reopenStores();
      const end = performance.now();
      // Reading the file again takes time, and questions must be answered, too.
      this.#failure = { error, until: end + Math.max(MIN_PAUSE_MS, PAUSE_FACTOR * (end - start)) };
      throw error;
    }
  }

  #reopenStores(): void {
    this.#broken = undefined;
    try {
      this.#openStores();
    } catch (error) {
      this.#broken = error;
    }
  }

  #stats(): StoreStats {
    const { traces, logs, metrics } = this.#stores;
    const { maxBytes, maxTraces, file } = this.#options;
    return {
      signals: {
        traces: traces.counts.stats(),
        metrics: metrics.counts.stats(),
        logs: logs.counts.stats(),
      },
      traces: { kept: traces.traces.liveCount, evicted: traces.evictedTraces },
      series: { kept: metrics.series.size, evicted: metrics.evictedSeries },
      bytes: storedBytes(this.#stores),
      maxBytes,
      maxTraces,
      looks: this.#services.looks,
      ...file !== undefined && { file },
    };
  }
}

/** Whether the file can never be written again. */
function isLost(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError &&
    (error.trouble === "damaged" || error.trouble === "gone");
}
