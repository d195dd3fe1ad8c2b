import { protobufToJson } from "../../../otlp/decode.ts";
import { ITEM_PATHS } from "../../../otlp/item_paths.ts";
import type { ResourceSpans } from "../../../otlp/json.ts";
import { decodeUtf8, ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { Interner, NOT_INTERNED } from "../tables/interner.ts";
import { RecordRing } from "../tables/record_ring.ts";
import { RowTable } from "../tables/row_table.ts";
import { readServiceName } from "../scan/scanning.ts";
import type { SegmentBytes } from "../segments/segment_bytes.ts";
import {
  ROW,
  ROW_WORDS,
  SCOPE,
  SCOPE_WORDS,
  SEGMENT,
  SEGMENT_WORDS,
  TRACE,
} from "../tables/span_layout.ts";
import { SCANNED, SCANNED_SCOPE_WORDS, SCANNED_WORDS } from "../tables/span_layout.ts";
import { SpanScanner } from "../scan/span_scanner.ts";
import { rejectionMessage } from "../scan/rejection_message.ts";
import { readSpanName } from "../scan/span_text.ts";
import type { MakeRoom } from "./growth.ts";
import { SignalCounts } from "./signal_counts.ts";
import type { AddResult } from "../store.ts";
import type { TakeOptions } from "./take_options.ts";
import { isPart, keptItems } from "../scan/kept_items.ts";
import { withoutContents } from "../scan/message_parts.ts";
import { TraceTable } from "../tables/trace_table.ts";

const MAX_NAMES = 2 ** 16;
const MAX_NAME_BYTES = 4 * 2 ** 20;
const MAX_SERVICES = 2 ** 12;
const MAX_SERVICE_BYTES = 2 ** 18;

/** A row and its slots in the hash table. */
const BYTES_PER_ROW = ROW_WORDS * 4 + 8;

/**
 * Keeps spans: their bytes as received, and a row for each. Traces are evicted whole, in the order in
 * which they first arrived. Everything kept in the oldest segment therefore belongs to traces that began
 * in it, so the segment and those traces can be evicted together. The spans of those traces in later
 * segments are dead and are removed with their segment. So data never has to be moved.
 */
export class SpanStore {
  readonly traces = new TraceTable();
  readonly rows = new RowTable(this.traces);
  readonly scopes = new RecordRing(SCOPE_WORDS);
  readonly names = new Interner(MAX_NAMES, MAX_NAME_BYTES);
  readonly services = new Interner(MAX_SERVICES, MAX_SERVICE_BYTES);
  readonly counts = new SignalCounts();
  readonly bytes: SegmentBytes;
  evictedTraces = 0;
  /** How many kept spans each service has, indexed by its number. */
  spansOfService: number[] = [];
  /** Traces that changed since the list was last cleared, without repeats; see {@linkcode markEpoch}. */
  changedTraces: number[] = [];
  markEpoch = 1;
  /** Called when a trace is removed while a segment that holds a part of it is kept. */
  onTraceGone: ((id: string, lastSegment: number) => void) | undefined;
  makeRoom: MakeRoom = () => {};
  readonly #segments: RecordRing;
  readonly #scanner = new SpanScanner(this.names, this.services);
  readonly #maxTraces: number;
  readonly #maxRows: number;

  /** @param maxIndexBytes The limit for the rows. */
  constructor(bytes: SegmentBytes, maxTraces: number, maxIndexBytes: number) {
    this.bytes = bytes;
    this.#maxTraces = maxTraces;
    this.#maxRows = 2 ** Math.max(6, Math.floor(Math.log2(maxIndexBytes / BYTES_PER_ROW)));
    this.#segments = new RecordRing(SEGMENT_WORDS, bytes.first);
  }

  /** What everything but the bytes takes. */
  get indexBytes(): number {
    return this.rows.byteLength + this.traces.byteLength + this.scopes.byteLength +
      this.#segments.byteLength + this.names.byteLength + this.services.byteLength +
      this.bytes.indexBytes;
  }

  /** Checks a request, unless it is already checked, then stores and indexes it. */
  add(
    request: Uint8Array<ArrayBuffer>,
    { returnsKept = false, isChecked = false }: TakeOptions = {},
  ): AddResult {
    const scanner = this.#scanner;
    scanner.scan(request, isChecked);
    if (scanner.spans.count > 0) this.#makeRoom(request.length);
    const result = this.#insert(scanner, undefined);
    if (returnsKept && isPart(result)) {
      result.kept = keptItems(request, ITEM_PATHS.traces, this.rows.lastOffsets(result.accepted));
    }
    if (result.accepted > 0) this.bytes.append(request);
    this.counts.add(result);
    this.#enforceMaxTraces();
    scanner.shrink();
    return result;
  }

  /**
   * Indexes a segment that is already stored. Call it in the order of segment numbers. Leaves out the
   * traces whose ids `isGone` accepts. Returns the names of the services.
   */
  restore(
    segment: Uint8Array,
    isGone: (traceId: Uint32Array, at: number) => boolean,
  ): Iterable<string> {
    this.#scanner.scan(segment);
    this.#makeRoom(0);
    const result = this.#insert(this.#scanner, isGone);
    this.counts.add({ ...result, rejected: 0, duplicated: 0 });
    return result.serviceNames;
  }

  /** Evicts the oldest segment and the traces that began in it. Returns false if there is none. */
  evictOldest(): boolean {
    if (this.#segments.size === 0) return false;
    const segment = this.#segments.first;
    while (this.#segments.first === segment && this.#segments.size > 0) {
      const trace = this.traces.oldest();
      if (trace === undefined) this.#dropDeadSegments();
      else this.evict(trace);
    }
    return true;
  }

  /** Evicts a trace. */
  evict(trace: number): void {
    this.counts.evicted += this.#remove(trace);
    this.evictedTraces++;
    this.#dropDeadSegments();
  }

  /** Deletes a trace; it then counts as never received. */
  forget(trace: number): void {
    this.counts.received -= this.#remove(trace);
    this.#dropDeadSegments();
  }

  clear(): void {
    this.bytes.clear();
    this.#segments.clear();
    this.rows.clear();
    this.traces.clear();
    this.scopes.clear();
    this.counts.clear();
    this.evictedTraces = 0;
    this.spansOfService = [];
    this.changedTraces = [];
  }

  /** Row numbers of a trace, in order of arrival. */
  rowsOf(trace: number): Generator<number> {
    return this.rowsFrom(this.firstRowOf(trace), this.spanCountOf(trace));
  }

  firstRowOf(trace: number): number {
    const { ring } = this.traces;
    return this.rows.ring.numberOf(ring.words[ring.at(trace) + TRACE.firstRow]!);
  }

  spanCountOf(trace: number): number {
    const { ring } = this.traces;
    return ring.words[ring.at(trace) + TRACE.spanCount]!;
  }

  /** The next `left` row numbers of a trace, starting with `row`. */
  *rowsFrom(row: number, left: number): Generator<number> {
    const { ring } = this.rows;
    for (; left > 0; left--) {
      yield row;
      row = ring.numberOf(ring.words[ring.at(row) + ROW.next]!);
    }
  }

  /** The name of the span whose row begins at `at`. */
  nameAt(at: number): string {
    const { words } = this.rows.ring;
    const name = words[at + ROW.name]!;
    return name === NOT_INTERNED ? readSpanName(this.spanBytes(at)) : this.names.text(name);
  }

  serviceAt(at: number): string {
    const { words } = this.rows.ring;
    const service = words[at + ROW.service]!;
    if (service !== NOT_INTERNED) return this.services.text(service);
    const resource = this.resourceSpansBytes(this.scopes.numberOf(words[at + ROW.scope]!));
    const found = readServiceName(new ProtobufReader(resource), resource.length);
    return decodeUtf8(resource, found.start, found.end);
  }

  /** A span's `Span` message. */
  spanBytes(at: number): Uint8Array {
    const { words } = this.rows.ring;
    const offset = words[at + ROW.offset]!;
    return this.bytes.read(this.segmentOf(at)).subarray(offset, offset + words[at + ROW.length]!);
  }

  /** The number of a span's segment. */
  segmentOf(at: number): number {
    const scope = this.scopes.at(this.rows.ring.words[at + ROW.scope]!);
    return this.#segments.numberOf(this.scopes.words[scope + SCOPE.segment]!);
  }

  /** The `ResourceSpans` message that contains a scope. */
  resourceSpansBytes(scope: number): Uint8Array {
    return this.#partOf(scope, SCOPE.resourceStart, SCOPE.resourceEnd);
  }

  /** A scope's `ScopeSpans` message. */
  scopeSpansBytes(scope: number): Uint8Array {
    return this.#partOf(scope, SCOPE.scopeStart, SCOPE.scopeEnd);
  }

  /** A scope's resource, and the schema URL. */
  resourceOf(scope: number): ResourceSpans {
    return protobufToJson("ResourceSpans", withoutContents(this.resourceSpansBytes(scope)));
  }

  /** The first row of a segment, and its number of rows. */
  rowsOfSegment(segment: number): { first: number; count: number } {
    const at = this.#segments.at(segment);
    const { words } = this.#segments;
    return {
      first: this.rows.ring.numberOf(words[at + SEGMENT.firstRow]!),
      count: words[at + SEGMENT.rowCount]!,
    };
  }

  /** Makes room for the scanned request. @param bytes What it adds to the stored bytes. */
  #makeRoom(bytes: number): void {
    const { spans, scopes } = this.#scanner;
    const count = Math.min(spans.count, this.#maxRows);
    this.makeRoom(() => ({
      bytes,
      indexBytes: this.rows.growthFor(count) + this.traces.growthFor(count) +
        this.scopes.growthFor(scopes.count) + this.#segments.growthFor(1),
    }));
  }

  #partOf(scope: number, start: number, end: number): Uint8Array {
    const at = this.scopes.at(scope);
    const { words } = this.scopes;
    const segment = this.#segments.numberOf(words[at + SCOPE.segment]!);
    return this.bytes.read(segment).subarray(words[at + start]!, words[at + end]!);
  }

  #insert(
    scanner: SpanScanner,
    isGone: ((traceId: Uint32Array, at: number) => boolean) | undefined,
  ): AddResult {
    const { spans, scopes } = scanner;
    const count = Math.min(spans.count, this.#maxRows);
    while (this.rows.ring.size + count > this.#maxRows) this.evictOldest();
    const segment = this.#segments.push();
    const firstScope = this.#addScopes(scopes.words, scopes.count, segment);
    const firstRow = this.rows.ring.end;
    let duplicated = 0;
    let trace = -1;
    let traceAt = -1;
    const scanned = spans.words;
    for (let i = 0, from = 0; i < count; i++, from += SCANNED_WORDS) {
      if (isGone?.(scanned, from)) continue;
      if (traceAt < 0 || !isSameId(scanned, from, traceAt)) {
        trace = this.traces.find(scanned, from) ?? this.traces.add(scanned, from);
        traceAt = from;
      }
      if (this.rows.isRepeated(trace, scanned, from)) duplicated++;
      else this.#addRow(trace, scanned, from, firstScope);
    }
    const accepted = this.rows.ring.end - firstRow;
    this.#closeSegment(segment, firstRow, accepted, scopes.count, isGone === undefined);
    const tooMany = spans.count - count;
    const message = rejectionMessage(scanner, tooMany, this.#maxRows);
    return {
      accepted,
      rejected: scanner.rejected + tooMany,
      duplicated,
      serviceNames: [...scanner.serviceNames],
      ...message !== undefined && { message },
    };
  }

  #addScopes(scanned: Uint32Array, count: number, segment: number): number {
    const first = this.scopes.end;
    for (let i = 0; i < count; i++) {
      const at = this.scopes.at(this.scopes.push());
      const { words } = this.scopes;
      words[at + SCOPE.segment] = segment;
      for (let j = 0; j < SCANNED_SCOPE_WORDS; j++) {
        words[at + SCOPE.resourceStart + j] = scanned[i * SCANNED_SCOPE_WORDS + j]!;
      }
    }
    return first;
  }

  #addRow(trace: number, scanned: Uint32Array, from: number, firstScope: number): void {
    this.rows.add(trace, scanned, from, firstScope);
    const service = scanned[from + SCANNED.service]!;
    this.spansOfService[service] = (this.spansOfService[service] ?? 0) + 1;
    const traces = this.traces.ring.words;
    const traceAt = this.traces.ring.at(trace);
    if (traces[traceAt + TRACE.mark] !== this.markEpoch) {
      traces[traceAt + TRACE.mark] = this.markEpoch;
      this.changedTraces.push(trace);
    }
  }

  /** Stores the segment, unless none of it is kept or it is already stored. */
  #closeSegment(
    segment: number,
    firstRow: number,
    rowCount: number,
    scopeCount: number,
    isNew: boolean,
  ): void {
    if (rowCount === 0) {
      this.scopes.pop(scopeCount);
      scopeCount = 0;
      if (isNew) {
        this.#segments.pop();
        return;
      }
    }
    const at = this.#segments.at(segment);
    const { words } = this.#segments;
    words[at + SEGMENT.firstRow] = firstRow;
    words[at + SEGMENT.rowCount] = words[at + SEGMENT.liveCount] = rowCount;
    words[at + SEGMENT.scopeCount] = scopeCount;
  }

  #enforceMaxTraces(): void {
    while (this.traces.liveCount > this.#maxTraces) this.evict(this.traces.oldest()!);
  }

  /** Marks a trace's rows as dead and returns how many there were. */
  #remove(trace: number): number {
    const { ring } = this.rows;
    const { words } = ring;
    const traceAt = this.traces.ring.at(trace);
    const count = this.traces.ring.words[traceAt + TRACE.spanCount]!;
    let row = ring.numberOf(this.traces.ring.words[traceAt + TRACE.firstRow]!);
    let segment = 0;
    for (let left = count; left > 0; left--) {
      const at = ring.at(row);
      this.rows.kill(row);
      this.spansOfService[words[at + ROW.service]!]!--;
      segment = this.scopes.words[this.scopes.at(words[at + ROW.scope]!) + SCOPE.segment]!;
      this.#segments.words[this.#segments.at(segment) + SEGMENT.liveCount]!--;
      row = ring.numberOf(words[at + ROW.next]!);
    }
    this.onTraceGone?.(this.traces.idOf(trace), this.#segments.numberOf(segment));
    this.traces.remove(trace);
    this.traces.oldest();
    return count;
  }

  #dropDeadSegments(): void {
    while (this.#segments.size > 0) {
      const at = this.#segments.at(this.#segments.first);
      const { words } = this.#segments;
      if (words[at + SEGMENT.liveCount] !== 0) return;
      this.rows.shift(words[at + SEGMENT.rowCount]!);
      this.scopes.shift(words[at + SEGMENT.scopeCount]!);
      this.#segments.shift();
      this.bytes.shift();
    }
  }
}

function isSameId(words: Uint32Array, a: number, b: number): boolean {
  return words[a] === words[b] && words[a + 1] === words[b + 1] &&
    words[a + 2] === words[b + 2] && words[a + 3] === words[b + 3];
}
