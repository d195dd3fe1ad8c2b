/**
 * What the SDK has not sent yet. Its own flush is asynchronous, which is too late when the process exits, so this
 * reads the queues of its processors, which no API offers. What is not found, because a version of the SDK
 * keeps it elsewhere, is lost as it would be without this.
 */

/** An exporter of the SDK. */
export interface SdkExporter {
  export(items: object, done: (result: { code: number }) => void): void;
}

/** A processor of spans or log records, with the names that the SDK gives its parts. */
interface Processor extends Partial<Record<Flush, () => unknown>> {
  _exporter?: SdkExporter;
  _finishedSpans?: object[];
  _finishedLogRecords?: object[];
  /** The export of log records that is under way. */
  _currentExport?: { exportCompleted: Promise<unknown> } | null;
}

/** A method that takes items out of the queue. Its promise resolves when they are sent. */
type Flush = "_flushOneBatch" | "_exportOneBatch" | "_flushAll";

/** A part of the SDK's meter provider that collects for one reader. */
interface Collector {
  _metricReader: { _exporter?: SdkExporter; _shutdown?: boolean };
}

interface Meters {
  resource: object;
  metricCollectors: Collector[];
  meterSharedStates: Map<string, {
    _instrumentationScope: object;
    metricStorageRegistry: {
      getStorages(
        collector: Collector,
      ): { collect(collector: Collector, time: number[]): unknown }[];
    };
  }>;
}

/** The providers of the SDK, with the names that it gives their parts. */
export interface SdkProviders {
  tracers: { _activeSpanProcessor?: Processor & { _spanProcessors?: Processor[] } } | undefined;
  loggers:
    | { _sharedState?: { activeProcessor?: Processor & { processors?: Processor[] } } }
    | undefined;
  meters: { _sharedState?: Partial<Meters> } | undefined;
}

/** Items for an exporter, in the shape that it exports. */
export interface Batch {
  exporter: SdkExporter;
  items: object;
}

/**
 * Follows the SDK's exports from now on.
 *
 * @returns A function that takes what is queued, and what is being sent: its answer cannot arrive any more. A
 * server may get the latter twice.
 */
export function followExports(providers: SdkProviders): () => Batch[] {
  const inFlight = new Set<Batch>();
  const processors = processorsOf(providers);
  for (const processor of processors) followFlushes(processor, inFlight);
  return () => [...processors.flatMap(takeQueued), ...inFlight, ...collect(providers)];
}

/** Notes what each flush takes out of the queue until it is sent or lost. */
function followFlushes(processor: Processor, inFlight: Set<Batch>): void {
  const { _exporter: exporter } = processor;
  if (!exporter) return;
  // Where the first exists, it does the work of the others.
  const flushes: Flush[] = processor._flushOneBatch
    ? ["_flushOneBatch"]
    : ["_exportOneBatch", "_flushAll"];
  for (const name of flushes) {
    const flush = processor[name];
    if (!flush) continue;
    const followed = () => {
      const queued = [...queueOf(processor)];
      const flushed = flush.call(processor);
      const items = queued.slice(0, queued.length - queueOf(processor).length);
      const end = flushed ?? processor._currentExport?.exportCompleted;
      if (items.length === 0 || !(end instanceof Promise)) return flushed;
      const batch = { exporter, items };
      inFlight.add(batch);
      const forget = () => void inFlight.delete(batch);
      end.then(forget, forget);
      return flushed;
    };
    Object.assign(processor, { [name]: followed });
  }
}

function processorsOf({ tracers, loggers }: SdkProviders): Processor[] {
  const spans = tracers?._activeSpanProcessor;
  const records = loggers?._sharedState?.activeProcessor;
  return [
    ...spans?._spanProcessors ?? (spans ? [spans] : []),
    ...records?.processors ?? (records ? [records] : []),
  ];
}

function queueOf({ _finishedSpans, _finishedLogRecords }: Processor): object[] {
  return _finishedSpans ?? _finishedLogRecords ?? [];
}

function takeQueued(processor: Processor): Batch[] {
  const { _exporter: exporter } = processor;
  const items = queueOf(processor).splice(0);
  return exporter && items.length > 0 ? [{ exporter, items }] : [];
}

function collectorsOf({ meters }: SdkProviders): Collector[] {
  return meters?._sharedState?.metricCollectors ?? [];
}

/** The values of all synchronous instruments: the callbacks of the others are asynchronous. */
function collect(providers: SdkProviders): Batch[] {
  const { resource, meterSharedStates } = providers.meters?._sharedState ?? {};
  if (!resource || !meterSharedStates) return [];
  const now = Date.now();
  const time = [Math.floor(now / 1000), now % 1000 * 1e6];
  return collectorsOf(providers).flatMap((collector) => {
    const { _exporter: exporter, _shutdown: isShutDown } = collector._metricReader;
    if (!exporter || isShutDown) return [];
    const scopeMetrics = [...meterSharedStates.values()].map((meter) => ({
      scope: meter._instrumentationScope,
      metrics: meter.metricStorageRegistry.getStorages(collector)
        .map((storage) => storage.collect(collector, time))
        .filter(Boolean),
    })).filter(({ metrics }) => metrics.length > 0);
    return scopeMetrics.length > 0 ? [{ exporter, items: { resource, scopeMetrics } }] : [];
  });
}
