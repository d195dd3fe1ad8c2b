import { decodeUtf8, ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { severityOfText } from "../../../otlp/severity.ts";
import { validate } from "../../../otlp/validate.ts";
import { ScannedRecords } from "../tables/scanned_records.ts";
import { readTime, readWord } from "../tables/words.ts";
import { lengthFault, SPAN_ID_BYTES, TRACE_ID_BYTES } from "./id_lengths.ts";
import { eachMessage, readServiceName } from "./scanning.ts";

/** Which word of a scanned log record holds what. */
export const SCANNED_LOG = {
  /** When it happened, or else when it was observed. */
  time: 0,
  /** By its number, or else by its text. */
  severity: 2,
  /** Zero if it has none. */
  traceId: 3,
  spanId: 7,
  /** Where the messages lie in the segment. */
  start: 9,
  end: 10,
  scopeStart: 11,
  scopeEnd: 12,
  resourceStart: 13,
  resourceEnd: 14,
} as const;
export const SCANNED_LOG_WORDS = 15;

/** Tags: field number and wire type, as encoded. */
const TAG = {
  resourceLogs: 1 << 3 | 2,
  scopeLogs: 2 << 3 | 2,
  logRecords: 2 << 3 | 2,
  time: 1 << 3 | 1,
  severity: 2 << 3,
  severityText: 3 << 3 | 2,
  traceId: 9 << 3 | 2,
  spanId: 10 << 3 | 2,
  observedTime: 11 << 3 | 1,
} as const;

/** No name of a severity is longer. */
const MAX_SEVERITY_BYTES = 8;

/** Checks an export request of logs and records, for each log record, the fields that queries search. */
export class LogScanner {
  readonly logs = new ScannedRecords(SCANNED_LOG_WORDS);
  /** `service.name` of each resource. */
  readonly serviceNames = new Set<string>();
  rejected = 0;
  /** What is wrong with the first rejected record. */
  fault: string | undefined;

  /**
   * Records with an id of the wrong length are counted as rejected and left out.
   *
   * @param isChecked Whether the bytes are known to be such a request.
   * @throws {MalformedError} If they are not.
   */
  scan(bytes: Uint8Array, isChecked = false): void {
    this.logs.count = this.rejected = 0;
    this.fault = undefined;
    this.serviceNames.clear();
    if (!isChecked) validate("LogsData", bytes);
    const reader = new ProtobufReader(bytes);
    eachMessage(reader, bytes.length, TAG.resourceLogs, (resourceEnd) => {
      const resourceStart = reader.position;
      this.serviceNames.add(readServiceName(reader, resourceEnd).text);
      reader.position = resourceStart;
      eachMessage(reader, resourceEnd, TAG.scopeLogs, (scopeEnd) => {
        const scopeStart = reader.position;
        eachMessage(reader, scopeEnd, TAG.logRecords, (end) => {
          const at = this.#record(reader, end);
          if (at === undefined) return;
          this.logs.words.set(
            [scopeStart, scopeEnd, resourceStart, resourceEnd],
            at + SCANNED_LOG.scopeStart,
          );
        });
      });
    });
  }

  /** Releases the memory that a large request needed. */
  shrink(): void {
    this.logs.shrink();
  }

  /** Returns where in the words the record is; undefined if it is rejected. */
  #record(reader: ProtobufReader, end: number): number | undefined {
    const at = this.logs.add();
    const { words } = this.logs;
    words.fill(0, at, at + SCANNED_LOG_WORDS);
    words[at + SCANNED_LOG.start] = reader.position;
    words[at + SCANNED_LOG.end] = end;
    let observed = 0;
    let severityText = 0;
    let fault: string | undefined;
    while (reader.position < end) {
      const tag = reader.tag(end);
      const { position } = reader;
      if (tag === TAG.severity) words[at + SCANNED_LOG.severity] = Math.max(0, reader.int32(end));
      else if (tag === TAG.traceId) {
        const length = readId(reader, end, words, at + SCANNED_LOG.traceId, TRACE_ID_BYTES);
        fault ??= lengthFault("trace_id", length);
      } else if (tag === TAG.spanId) {
        const length = readId(reader, end, words, at + SCANNED_LOG.spanId, SPAN_ID_BYTES);
        fault ??= lengthFault("span_id", length);
      } else {
        reader.skip(tag, end);
        if (tag === TAG.time) readTime(reader.bytes, position, words, at + SCANNED_LOG.time);
        else if (tag === TAG.observedTime) observed = position;
        else if (tag === TAG.severityText) severityText = position;
      }
    }
    if (fault !== undefined) {
      this.rejected++;
      this.fault ??= fault;
      this.logs.count--;
      return undefined;
    }
    if (severityText > 0 && words[at + SCANNED_LOG.severity] === 0) {
      words[at + SCANNED_LOG.severity] = readSeverity(reader, severityText, end);
    }
    const hasTime = words[at + SCANNED_LOG.time] !== 0 || words[at + SCANNED_LOG.time + 1] !== 0;
    if (!hasTime && observed > 0) readTime(reader.bytes, observed, words, at + SCANNED_LOG.time);
    return at;
  }
}

/** The severity that a text stands for. */
function readSeverity(reader: ProtobufReader, position: number, end: number): number {
  const { position: next } = reader;
  reader.position = position;
  const textEnd = reader.lengthDelimited(end);
  const text = decodeUtf8(
    reader.bytes,
    reader.position,
    Math.min(textEnd, reader.position + MAX_SEVERITY_BYTES),
  );
  reader.position = next;
  return severityOfText(text);
}

/** Returns the id's length; an id of the wrong length counts as none. */
function readId(
  reader: ProtobufReader,
  limit: number,
  words: Uint32Array,
  at: number,
  length: number,
): number {
  const end = reader.lengthDelimited(limit);
  const actual = end - reader.position;
  const isId = actual === length;
  for (let i = 0; i < length; i += 4) {
    words[at + i / 4] = isId ? readWord(reader.bytes, reader.position + i) : 0;
  }
  reader.position = end;
  return actual;
}
