import type { SpansCursor, SpansPart, SpansQuestion } from "../query/span_parts.ts";
import type { ExportCursor, ExportPart } from "../query/export_part.ts";
import type { Signal } from "../../../otlp/signal.ts";
import type { DatabaseTrouble } from "../database_error.ts";
import type { PulseWords } from "./pulse.ts";
import type { KnownSeries, MetricColumns } from "../metric_forms.ts";
import type {
  AddOptions,
  AddResult,
  PointPeriod,
  Store,
  StoreChanges,
  StoreOptions,
} from "../store.ts";

/** The worker's methods, with their arguments and results. */
export type StoreMethods =
  & Pick<
    Store,
    | "services"
    | "operations"
    | "findTraces"
    | "traceSummary"
    | "orphanCounts"
    | "serviceStats"
    | "spanFields"
    | "serviceCalls"
    | "remoteServices"
    | "findLogs"
    | "logVolume"
    | "metrics"
    | "metricJson"
    | "stats"
    | "clear"
  >
  & {
    /** After this call, the worker reports in the words of a {@linkcode Pulse}. */
    open(options: Omit<StoreOptions, "onProgress" | "onNotice">, pulse: PulseWords): Promise<void>;
    /** Requests that waited at the same time are stored together, in one transaction. */
    add(requests: AddRequest[]): Promise<AddOutcome[]>;
    /** Whether to send changes. */
    watch(isOn: boolean): Promise<void>;
    /** The next spans of a trace, or of the matching traces; undefined if there are none. */
    spansFrom(question: SpansQuestion, cursor: SpansCursor | undefined): Promise<
      SpansPart | undefined
    >;
    columns(
      name: string,
      period: PointPeriod,
      known: KnownSeries | undefined,
    ): Promise<MetricColumns | undefined>;
    exportFrom(signal: Signal, cursor: ExportCursor | undefined): Promise<ExportPart>;
    close(): Promise<void>;
  };

export type StoreMethod = keyof StoreMethods;

/** A request to store. */
export interface AddRequest extends AddOptions {
  signal: Signal;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The outcome of storing a request. */
export type AddOutcome = { result: AddResult } | { error: CallError };

/** An error, in the form in which the worker sends it. */
export interface CallError {
  message: string;
  /** Only for a body that is not a valid request. */
  isMalformed: boolean;
  byteOffset?: number | undefined;
  /** Only for a database file that cannot be used. */
  database?: { path: string; trouble: DatabaseTrouble; reason: string };
  /** For any other error: where it was thrown. */
  stack?: string | undefined;
}

/** A message to the worker. */
export interface StoreCall {
  id: number;
  method: StoreMethod;
  args: unknown[];
}

/** A message from the worker. */
export type StoreMessage =
  | { id: number; result: unknown }
  | { id: number; error: CallError }
  | { changes: StoreChanges }
  | { progress: { segments: number; total: number } }
  | { notice: string };
