import type { CallRule, LogQuery, TraceQuery } from "../../lib/collector/model.ts";
import type { ExportCursor } from "../../lib/collector/store/query/export_part.ts";
import { SampleReader } from "../../lib/collector/store/query/sample_reader.ts";
import { spanParts } from "../../lib/collector/store/query/span_parts.ts";
import type {
  AddOptions,
  AddResult,
  CallPeriod,
  PointPeriod,
  Store,
  StoreChanges,
} from "../../lib/collector/store/store.ts";
import { StoreEngine } from "../../lib/collector/store/worker/store_engine.ts";
import { MalformedError } from "../../lib/otlp/malformed_error.ts";
import type { Signal } from "../../lib/otlp/signal.ts";

/** The store's limits. */
export const LIMITS = { maxTraces: 1_000, maxBytes: 64 * 1024 * 1024 };

/** The real store without its worker. It records queries, and reports changes on demand. */
export class EngineStore implements Store {
  readonly pendingBytes = 0;
  /** The queries, as they reached the store. */
  readonly queries: unknown[] = [];
  readonly listeners = new Set<(changes: StoreChanges) => void>();
  readonly #engine = new StoreEngine(LIMITS);
  readonly #samples = new SampleReader(this.#engine.columns);

  async add(
    signal: Signal,
    bytes: Uint8Array<ArrayBuffer>,
    options: AddOptions = {},
  ): Promise<AddResult> {
    const [outcome] = await this.#engine.add([{ signal, bytes, ...options }]);
    if ("result" in outcome!) return outcome.result;
    const { message, byteOffset } = outcome!.error;
    throw new MalformedError(message, byteOffset);
  }

  services = () => this.#engine.services();
  operations = (serviceName: string) => this.#engine.operations(serviceName);
  findTraces = (query: TraceQuery) => this.#engine.findTraces(this.#noted(query));
  findSpans = (query: TraceQuery) => {
    this.#noted(query);
    return spanParts((cursor) => this.#engine.spansFrom(query, cursor));
  };
  trace = (traceId: string) => spanParts((cursor) => this.#engine.spansFrom(traceId, cursor));
  traceSummary = (traceId: string) => this.#engine.traceSummary(traceId);
  orphanCounts = (traceIds: readonly string[]) => this.#engine.orphanCounts(traceIds);
  serviceStats = (seconds: number) => this.#engine.serviceStats(this.#noted(seconds));
  spanFields = () => this.#engine.spanFields();
  serviceCalls = (period: CallPeriod, rule: CallRule) =>
    this.#engine.serviceCalls(this.#noted(period), rule);
  remoteServices = (serviceName: string) => this.#engine.remoteServices(serviceName);
  findLogs = (query: LogQuery) => this.#engine.findLogs(this.#noted(query));
  logVolume = (query: LogQuery) => this.#engine.logVolume(this.#noted(query));
  metrics = () => this.#engine.metrics();
  metricJson = (name: string) => this.#engine.metricJson(name);
  samples = (name: string, period: PointPeriod) => this.#samples.read(name, period);
  stats = () => this.#engine.stats();
  clear = (traceId?: string) => this.#engine.clear(traceId);

  subscribe(listener: (changes: StoreChanges) => void): Disposable {
    this.listeners.add(listener);
    this.#engine.watch(true);
    return {
      [Symbol.dispose]: () => {
        this.listeners.delete(listener);
        this.#engine.watch(this.listeners.size > 0);
      },
    };
  }

  /** Notifies subscribers of changes, which the worker does on a timer. */
  tell(): void {
    const changes = this.#engine.takeChanges();
    if (!changes) return;
    for (const listener of this.listeners) listener(changes);
  }

  exportLines(signal: Signal): ReadableStream<Uint8Array<ArrayBuffer>> {
    const engine = this.#engine;
    return ReadableStream.from(async function* () {
      let cursor: ExportCursor | undefined;
      do {
        const { lines, next } = await engine.exportFrom(signal, cursor);
        yield lines;
        cursor = next;
      } while (cursor !== undefined);
    }());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine.close();
  }

  #noted<Question>(question: Question): Question {
    this.queries.push(question);
    return question;
  }
}
