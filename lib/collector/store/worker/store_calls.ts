import type { SpansCursor, SpansPart, SpansQuestion } from "../query/span_parts.ts";
import type { ExportCursor, ExportPart } from "../query/export_part.ts";
import type { Signal } from "../../../otlp/signal.ts";
import type { DatabaseTrouble } from "../database_error.ts";
import type { PulseWords } from "./pulse.ts";
import type { AddOptions, AddResult, Store, StoreChanges, StoreOptions } from "../store.ts";

/** What the worker is asked with arguments and answers with a result. */
export type StoreMethods =
  & Pick<
    Store,
    | "services"
    | "operations"
    | "findTraces"
    | "traceSummary"
    | "serviceStats"
    | "spanFields"
    | "serviceCalls"
    | "remoteServices"
    | "findLogs"
    | "metrics"
    | "metric"
    | "stats"
    | "clear"
  >
  & {
    /** Afterwards the words are those of its {@linkcode Pulse}. */
    open(options: Omit<StoreOptions, "onProgress" | "onNotice">, pulse: PulseWords): Promise<void>;
    /** Requests that waited at the same time: stored together, in one transaction. */
    add(requests: AddRequest[]): Promise<AddOutcome[]>;
    /** Whether changes are to be told. */
    watch(isOn: boolean): Promise<void>;
    /** The next spans of a trace, or of those that match; undefined if there are none. */
    spansFrom(question: SpansQuestion, cursor: SpansCursor | undefined): Promise<
      SpansPart | undefined
    >;
    exportFrom(signal: Signal, cursor: ExportCursor | undefined): Promise<ExportPart>;
    close(): Promise<void>;
  };

export type StoreMethod = keyof StoreMethods;

/** A request to store. */
export interface AddRequest extends AddOptions {
  signal: Signal;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What became of it. */
export type AddOutcome = { result: AddResult } | { error: CallError };

/** An error as it crosses from the worker. */
export interface CallError {
  message: string;
  /** Only of a body that is no request. */
  isMalformed: boolean;
  byteOffset?: number | undefined;
  /** Only of a database file that cannot be used. */
  database?: { path: string; trouble: DatabaseTrouble; reason: string };
  /** Of any other error: where it was thrown. */
  stack?: string | undefined;
}

/** To the worker. */
export interface StoreCall {
  id: number;
  method: StoreMethod;
  args: unknown[];
}

/** From the worker. */
export type StoreMessage =
  | { id: number; result: unknown }
  | { id: number; error: CallError }
  | { changes: StoreChanges }
  | { progress: { segments: number; total: number } }
  | { notice: string };
