import { attributeText } from "../../../otlp/any_value.ts";
import type { LogEntry, LogList, LogQuery, LogVolume } from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { LogRecord, ResourceLogs, ScopeLogs } from "../../../otlp/json.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { LOG_TEXTS } from "../scan/text_layouts.ts";
import { ITEM_PATHS } from "../../../otlp/item_paths.ts";
import { itemCount } from "../../../otlp/signal.ts";
import { isPart, keptItems } from "../scan/kept_items.ts";
import { RecordRing } from "../tables/record_ring.ts";
import { severityName } from "../../../otlp/severity.ts";
import { TextSearch } from "../scan/text_search.ts";
import { LogScanner, SCANNED_LOG, SCANNED_LOG_WORDS } from "../scan/log_scanner.ts";
import { hexOfWords, millisOfWords, timeOfWords, wordsOfHex } from "../tables/words.ts";
import type { SegmentBytes } from "../segments/segment_bytes.ts";
import type { MakeRoom } from "./growth.ts";
import { LogVolumeCounter } from "./log_volume.ts";
import { SignalCounts } from "./signal_counts.ts";
import type { AddResult } from "../store.ts";
import type { TakeOptions } from "./take_options.ts";
import { TimeSlice } from "../../time_slice.ts";
import { withoutContents } from "../scan/message_parts.ts";

/** A record's row: the scanned words, and its segment. */
const SEGMENT = SCANNED_LOG_WORDS;
const ROW_WORDS = SCANNED_LOG_WORDS + 1;

/**
 * Keeps log records: their bytes as received, and a row for each. The oldest requests are evicted first.
 */
export class LogStore {
  readonly rows = new RecordRing(ROW_WORDS, 1);
  readonly counts = new SignalCounts();
  readonly bytes: SegmentBytes;
  makeRoom: MakeRoom = () => {};
  /** How many rows each segment has. */
  readonly #segments: RecordRing;
  readonly #scanner = new LogScanner();

  constructor(bytes: SegmentBytes) {
    this.bytes = bytes;
    this.#segments = new RecordRing(1, bytes.first);
  }

  /** What everything but the bytes takes. */
  get indexBytes(): number {
    return this.rows.byteLength + this.#segments.byteLength + this.bytes.indexBytes;
  }

  /** The newest record's sequence number. */
  get lastSequence(): number {
    return this.rows.end - 1;
  }

  /** Checks a request, unless it is already checked, then stores and indexes it. */
  add(
    request: Uint8Array<ArrayBuffer>,
    { returnsKept = false, isChecked = false }: TakeOptions = {},
  ): AddResult {
    this.#scanner.scan(request, isChecked);
    const { rejected, fault } = this.#scanner;
    const serviceNames = [...this.#scanner.serviceNames];
    // Rejected records are not stored, so that they are not exported either.
    if (rejected > 0) request = this.#withoutRejected(request);
    const accepted = this.#scanner.logs.count;
    const result: AddResult = { accepted, rejected, duplicated: 0, serviceNames };
    if (rejected > 0) result.message = `${itemCount(rejected, "logs")} rejected: ${fault}`;
    if (returnsKept && isPart(result)) result.kept = request.slice();
    if (accepted > 0) {
      this.#makeRoom(request.length);
      this.#insert();
      this.bytes.append(request);
    }
    this.counts.add(result);
    return result;
  }

  /**
   * Indexes a segment that is already stored. Call it in the order of segment numbers. Returns the names
   * of the services.
   */
  restore(segment: Uint8Array): Iterable<string> {
    this.#scanner.scan(segment);
    this.#makeRoom(0);
    this.#insert();
    this.counts.received += this.#scanner.logs.count;
    return this.#scanner.serviceNames;
  }

  /** Evicts the oldest segment. Returns false if there is none. */
  evictOldest(): boolean {
    if (this.#segments.size === 0) return false;
    const count = this.#segments.words[this.#segments.at(this.#segments.first)]!;
    this.rows.shift(count);
    this.counts.evicted += count;
    this.#segments.shift();
    this.bytes.shift();
    return true;
  }

  clear(): void {
    this.bytes.clear();
    this.rows.clear();
    this.#segments.clear();
    this.counts.clear();
  }

  /** Finds records, most recently received first. */
  async find(query: LogQuery): Promise<LogList> {
    const logs: LogEntry[] = [];
    const matches = this.#filter(query);
    const slice = new TimeSlice();
    const start = Math.min(query.before ?? Infinity, this.rows.end) - 1;
    for (let row = start; logs.length < query.limit && this.rows.has(row); row--) {
      if (matches(row)) logs.push(this.#entry(row));
      if ((row & 255) === 0 && slice.isOver) await slice.pause();
    }
    return { logs, kept: this.rows.size };
  }

  /** Counts the records that match, over time and by severity. */
  async volume(query: LogQuery): Promise<LogVolume> {
    const counter = new LogVolumeCounter(query);
    const matches = this.#filter(query);
    const slice = new TimeSlice();
    for (let row = this.rows.end - 1; !counter.isFull && this.rows.has(row); row--) {
      if (matches(row)) {
        const at = this.rows.at(row);
        const { words } = this.rows;
        counter.add(millisOfWords(words, at + SCANNED_LOG.time), words[at + SCANNED_LOG.severity]!);
      }
      if ((row & 255) === 0 && slice.isOver) await slice.pause();
    }
    return counter.volume();
  }

  /** Removes rejected records from a request. Scans the result again, to record the new positions. */
  #withoutRejected(request: Uint8Array): Uint8Array<ArrayBuffer> {
    const { logs } = this.#scanner;
    const starts = new Set<number>();
    for (let i = 0; i < logs.count; i++) {
      starts.add(logs.words[i * SCANNED_LOG_WORDS + SCANNED_LOG.start]!);
    }
    const kept = keptItems(request, ITEM_PATHS.logs, starts);
    this.#scanner.scan(kept, true);
    return kept;
  }

  /** Makes room for the scanned request. @param bytes What it adds to the stored bytes. */
  #makeRoom(bytes: number): void {
    const { logs } = this.#scanner;
    this.makeRoom(() => ({
      bytes,
      indexBytes: this.rows.growthFor(logs.count) + this.#segments.growthFor(1),
    }));
  }

  #filter(query: LogQuery): (row: number) => boolean {
    const { minSeverityNumber = 0, serviceName } = query;
    const traceId = query.traceId === undefined ? undefined : wordsOfHex(query.traceId, 4);
    const spanId = query.spanId === undefined ? undefined : wordsOfHex(query.spanId, 2);
    const isNoId = query.traceId !== undefined && !traceId ||
      query.spanId !== undefined && !spanId;
    if (isNoId) return () => false;
    const text = query.text ? new TextSearch(query.text) : undefined;
    const inTime = timeFilter(this.rows, query);
    const hasWords = (at: number, words: number[] | undefined) =>
      words?.every((word, i) => this.rows.words[at + i] === word) ?? true;
    return (row) => {
      const at = this.rows.at(row);
      return this.rows.words[at + SCANNED_LOG.severity]! >= minSeverityNumber && inTime(at) &&
        hasWords(at + SCANNED_LOG.traceId, traceId) && hasWords(at + SCANNED_LOG.spanId, spanId) &&
        (serviceName === undefined || this.#serviceAt(at) === serviceName) &&
        (text === undefined || this.#hasText(at, text));
    };
  }

  #serviceAt(at: number): string {
    return attributeText(this.#resourceLogs(at).resource?.attributes, "service.name") ?? "";
  }

  #hasText(at: number, text: TextSearch): boolean {
    const record = this.#part(at, SCANNED_LOG.start, SCANNED_LOG.end);
    const found: boolean[] = [];
    const severity = severityName(this.rows.words[at + SCANNED_LOG.severity]!) ?? "";
    return text.inText(severity, found) ||
      text.inMessage(new ProtobufReader(record), record.length, LOG_TEXTS, found);
  }

  #entry(row: number): LogEntry {
    const at = this.rows.at(row);
    const { words } = this.rows;
    const { resource, schemaUrl: resourceSchemaUrl } = this.#resourceLogs(at);
    const { scope, schemaUrl: scopeSchemaUrl } = this.#scopeLogs(at);
    const record: LogRecord = protobufToJson(
      "LogRecord",
      this.#part(at, SCANNED_LOG.start, SCANNED_LOG.end),
    );
    const has = (offset: number, count: number) =>
      words.subarray(at + offset, at + offset + count).some((word) => word !== 0);
    return {
      sequence: row,
      ...has(SCANNED_LOG.time, 2) && {
        timeUnixNano: timeOfWords(words, at + SCANNED_LOG.time),
      },
      severityNumber: record.severityNumber ?? 0,
      severityText: record.severityText ?? "",
      body: record.body ?? {},
      eventName: record.eventName ?? "",
      attributes: record.attributes ?? [],
      traceId: has(SCANNED_LOG.traceId, 4) ? hexOfWords(words, at + SCANNED_LOG.traceId, 4) : "",
      spanId: has(SCANNED_LOG.spanId, 2) ? hexOfWords(words, at + SCANNED_LOG.spanId, 2) : "",
      serviceName: attributeText(resource?.attributes, "service.name") ?? "",
      scopeName: scope?.name ?? "",
      scopeVersion: scope?.version ?? "",
      scopeAttributes: scope?.attributes ?? [],
      resource: resource?.attributes ?? [],
      ...rareFieldsOf(record),
      ...scopeSchemaUrl && { scopeSchemaUrl },
      ...resourceSchemaUrl && { resourceSchemaUrl },
      ...resource?.entityRefs && { entityRefs: resource.entityRefs },
    };
  }

  #resourceLogs(at: number): ResourceLogs {
    const message = this.#part(at, SCANNED_LOG.resourceStart, SCANNED_LOG.resourceEnd);
    return protobufToJson("ResourceLogs", withoutContents(message));
  }

  #scopeLogs(at: number): ScopeLogs {
    const message = this.#part(at, SCANNED_LOG.scopeStart, SCANNED_LOG.scopeEnd);
    return protobufToJson("ScopeLogs", withoutContents(message));
  }

  #part(at: number, start: number, end: number): Uint8Array {
    const { words } = this.rows;
    return this.bytes.read(this.#segmentOf(at)).subarray(words[at + start]!, words[at + end]!);
  }

  /** The number of a record's segment. */
  #segmentOf(at: number): number {
    return this.#segments.numberOf(this.rows.words[at + SEGMENT]!);
  }

  #insert(): void {
    const { logs } = this.#scanner;
    const segment = this.#segments.push();
    this.#segments.words[this.#segments.at(segment)] = logs.count;
    for (let i = 0, from = 0; i < logs.count; i++, from += SCANNED_LOG_WORDS) {
      const at = this.rows.at(this.rows.push());
      const { words } = this.rows;
      for (let j = 0; j < SCANNED_LOG_WORDS; j++) words[at + j] = logs.words[from + j]!;
      words[at + SEGMENT] = segment;
    }
    this.#scanner.shrink();
  }
}

function rareFieldsOf({ observedTimeUnixNano, flags, droppedAttributesCount }: LogRecord) {
  return {
    ...observedTimeUnixNano !== undefined && { observedTimeUnixNano },
    ...flags !== undefined && { flags },
    ...droppedAttributesCount !== undefined && { droppedAttributesCount },
  };
}

/** Whether the record whose row begins at a place is within the query's times. */
function timeFilter(
  rows: RecordRing,
  { timeMinUnixNano, timeMaxUnixNano }: LogQuery,
): (at: number) => boolean {
  if (timeMinUnixNano === undefined && timeMaxUnixNano === undefined) return () => true;
  const min = BigInt(timeMinUnixNano ?? 0);
  const max = timeMaxUnixNano === undefined ? undefined : BigInt(timeMaxUnixNano);
  return (at) => {
    const { words } = rows;
    const time = BigInt(words[at + SCANNED_LOG.time]!) << 32n |
      BigInt(words[at + SCANNED_LOG.time + 1]!);
    return time >= min && (max === undefined || time <= max);
  };
}
