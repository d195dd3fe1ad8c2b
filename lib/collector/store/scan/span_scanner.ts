import type { MessageType } from "../../../otlp/message_type.ts";
import { MESSAGES } from "../../../otlp/messages.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { validateField } from "../../../otlp/validate.ts";
import type { Interner } from "../tables/interner.ts";
import { idFault } from "./id_lengths.ts";
import { RepeatedKeys } from "./repeated_keys.ts";
import { ScannedRecords } from "../tables/scanned_records.ts";
import { readTime, readWord } from "../tables/words.ts";
import { readServiceName } from "./scanning.ts";
import {
  IS_ERROR,
  SCANNED,
  SCANNED_SCOPE_WORDS,
  SCANNED_WORDS,
  STATUS_SHIFT,
} from "../tables/span_layout.ts";

/** Tags: field number and wire type, as encoded. */
const TAG = {
  resourceSpans: 1 << 3 | 2,
  scopeSpans: 2 << 3 | 2,
  spans: 2 << 3 | 2,
  traceId: 1 << 3 | 2,
  spanId: 2 << 3 | 2,
  parentSpanId: 4 << 3 | 2,
  name: 5 << 3 | 2,
  kind: 6 << 3,
  start: 7 << 3 | 1,
  end: 8 << 3 | 1,
  attributes: 9 << 3 | 2,
  links: 13 << 3 | 2,
  status: 15 << 3 | 2,
  statusCode: 3 << 3,
} as const;

const LINK_IDS = { traceId: TAG.traceId, spanId: TAG.spanId };

/**
 * Reads an export request of traces in one pass. Checks it from start to end and records, for each span,
 * the fields that queries search, without creating an object per span. Reused for the next request.
 */
export class SpanScanner {
  readonly spans = new ScannedRecords(SCANNED_WORDS);
  readonly scopes = new ScannedRecords(SCANNED_SCOPE_WORDS);
  readonly repeatedKeys = new RepeatedKeys();
  /** `service.name` of each resource. */
  serviceNames = new Set<string>();
  rejected = 0;
  /** What is wrong with the first rejected span. */
  fault: string | undefined;
  readonly #names: Interner;
  readonly #serviceTexts: Interner;
  #reader = new ProtobufReader(new Uint8Array());
  #isChecked = false;

  constructor(names: Interner, services: Interner) {
    this.#names = names;
    this.#serviceTexts = services;
  }

  /**
   * @param isChecked Whether the bytes are known to be such a request.
   * @throws {MalformedError} If they are not.
   */
  scan(bytes: Uint8Array, isChecked = false): void {
    this.#isChecked = isChecked;
    this.spans.count = this.scopes.count = this.rejected = 0;
    this.serviceNames.clear();
    this.fault = undefined;
    this.repeatedKeys.reset();
    const reader = this.#reader = new ProtobufReader(bytes);
    const end = bytes.length;
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.tag(end);
      if (tag === TAG.resourceSpans) this.#resourceSpans(reader, reader.lengthDelimited(end));
      else this.#pass(reader, tag, tagStart, end, MESSAGES.TracesData, 1);
    }
  }

  /** Releases the memory that a large request needed. */
  shrink(): void {
    this.spans.shrink();
    this.scopes.shrink();
    this.#reader = new ProtobufReader(new Uint8Array());
  }

  #resourceSpans(reader: ProtobufReader, end: number): void {
    const start = reader.position;
    const name = readServiceName(reader, end);
    this.serviceNames.add(name.text);
    const service = this.#serviceTexts.intern(name.bytes, name.start, name.end);
    reader.position = start;
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.tag(end);
      if (tag === TAG.scopeSpans) {
        this.#scopeSpans(reader, reader.lengthDelimited(end), start, end, service);
      } else this.#pass(reader, tag, tagStart, end, MESSAGES.ResourceSpans, 2);
    }
  }

  #scopeSpans(
    reader: ProtobufReader,
    end: number,
    resourceStart: number,
    resourceEnd: number,
    service: number,
  ): void {
    const at = this.scopes.add();
    const scope = this.scopes.count - 1;
    this.scopes.words[at] = resourceStart;
    this.scopes.words[at + 1] = resourceEnd;
    this.scopes.words[at + 2] = reader.position;
    this.scopes.words[at + 3] = end;
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.tag(end);
      if (tag === TAG.spans) this.#span(reader, reader.lengthDelimited(end), scope, service);
      else this.#pass(reader, tag, tagStart, end, MESSAGES.ScopeSpans, 3);
    }
  }

  #span(reader: ProtobufReader, end: number, scope: number, service: number): void {
    const at = this.spans.add();
    const { words } = this.spans;
    words.fill(0, at, at + SCANNED_WORDS);
    words[at + SCANNED.scope] = scope;
    words[at + SCANNED.service] = service;
    words[at + SCANNED.offset] = reader.position;
    words[at + SCANNED.length] = end - reader.position;
    let nameStart = 0;
    let nameEnd = 0;
    let fault: string | undefined = undefined;
    let hasTraceId = false;
    let hasSpanId = false;
    this.repeatedKeys.startRecord();
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.tag(end);
      switch (tag) {
        case TAG.traceId:
          hasTraceId = this.#id(end, words, at + SCANNED.traceId, 16);
          break;
        case TAG.spanId:
          hasSpanId = this.#id(end, words, at + SCANNED.spanId, 8);
          break;
        case TAG.parentSpanId: {
          const start = reader.position;
          if (!this.#id(end, words, at + SCANNED.parentSpanId, 8)) {
            const length = reader.position - start - 1;
            if (length !== 0 && length !== 8) fault = "parent_span_id must be empty or 8 bytes";
          }
          break;
        }
        case TAG.name:
          nameEnd = reader.lengthDelimited(end);
          nameStart = reader.position;
          reader.position = nameEnd;
          break;
        case TAG.kind: {
          const kind = reader.int32(end);
          words[at + SCANNED.facts]! &= ~0xff;
          if (kind > 0 && kind <= 0xff) words[at + SCANNED.facts]! |= kind;
          break;
        }
        case TAG.start:
          this.#time(tag, end, words, at + SCANNED.start);
          break;
        case TAG.end:
          this.#time(tag, end, words, at + SCANNED.end);
          break;
        case TAG.status:
          this.#status(reader.lengthDelimited(end), words, at + SCANNED.facts);
          break;
        case TAG.attributes:
          this.repeatedKeys.see(reader.bytes, reader.position);
          this.#pass(reader, tag, tagStart, end, MESSAGES.Span, 4);
          break;
        case TAG.links:
          this.#pass(reader, tag, tagStart, end, MESSAGES.Span, 4);
          fault ??= this.#linkFault(tagStart);
          break;
        default:
          this.#pass(reader, tag, tagStart, end, MESSAGES.Span, 4);
      }
    }
    if (!hasTraceId) fault = "trace_id must be 16 bytes and not all zero";
    else if (!hasSpanId) fault = "span_id must be 8 bytes and not all zero";
    if (fault !== undefined) {
      this.rejected++;
      this.fault ??= fault;
      this.spans.count--;
      return;
    }
    words[at + SCANNED.name] = this.#names.intern(reader.bytes, nameStart, nameEnd);
  }

  /** Skips a field that is not recorded, and checks it unless that was done before. */
  #pass(
    reader: ProtobufReader,
    tag: number,
    start: number,
    end: number,
    type: MessageType,
    depth: number,
  ): void {
    if (this.#isChecked) reader.skip(tag, end, depth);
    else validateField(reader, tag, start, end, type, depth);
  }

  /** Returns what is wrong with the ids of the link that began at `tagStart` and was just skipped. */
  #linkFault(tagStart: number): string | undefined {
    const reader = this.#reader;
    const end = reader.position;
    reader.position = tagStart;
    reader.tag(end);
    const fault = idFault(reader, reader.lengthDelimited(end), LINK_IDS);
    return fault && `${fault} in links`;
  }

  /** Whether the id has the right length and is not all zero. */
  #id(limit: number, words: Uint32Array, at: number, length: 8 | 16): boolean {
    const reader = this.#reader;
    const end = reader.lengthDelimited(limit);
    const start = reader.position;
    reader.position = end;
    const isLong = end - start === length;
    let any = 0;
    for (let i = 0; i < length; i += 4) {
      const word = isLong ? readWord(reader.bytes, start + i) : 0;
      words[at + (i >> 2)] = word;
      any |= word;
    }
    return any !== 0;
  }

  #time(tag: number, end: number, words: Uint32Array, at: number): void {
    const { bytes, position } = this.#reader;
    this.#reader.skip(tag, end);
    readTime(bytes, position, words, at);
  }

  #status(end: number, words: Uint32Array, at: number): void {
    const reader = this.#reader;
    while (reader.position < end) {
      const tagStart = reader.position;
      const tag = reader.tag(end);
      if (tag !== TAG.statusCode) this.#pass(reader, tag, tagStart, end, MESSAGES.SpanStatus, 5);
      else {
        const code = reader.int32(end);
        words[at]! &= ~(0xff << STATUS_SHIFT);
        if (code === 1 || code === 2) {
          words[at]! |= code << STATUS_SHIFT & (IS_ERROR | 1 << STATUS_SHIFT);
        }
      }
    }
  }
}
