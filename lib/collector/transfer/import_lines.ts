import { completenessOf } from "../../otlp/json_request.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { GrowingBytes } from "../growing_bytes.ts";
import type { BodyDecoder } from "../decode/body_decoder.ts";
import type { ImportResult } from "../model.ts";
import type { Store } from "../store/store.ts";
import { TimeSlice } from "../time_slice.ts";
import { type Line, readLines } from "./read_lines.ts";
import { uncompressed } from "./uncompressed.ts";

/** The maximum size of a line, the same as for a received request. */
const MAX_DOCUMENT_BYTES = 64 * 2 ** 20;
/** The first line of a multi-line document is shorter than this. */
const MAX_FIRST_LINE_BYTES = 64 * 1024;
/** The number of errors that are reported in full. */
const MAX_FAULTS = 3;
/** A file with this many unreadable lines is probably of another format. */
const MAX_BROKEN_LINES = 5_000;
const MAX_START_BYTES = 100;
const MIN_DOCUMENT_BYTES = '{"resourceLogs":[]}'.length;
const DOCUMENT_START = /^\s*\{\s*"resource(Spans|Logs|Metrics)"/;
const LINE_FEED = 10;

/**
 * Imports OTLP JSON, plain or compressed with gzip. The file holds one document per line, as the
 * Collector's file exporter writes it, or a single document over many lines. Documents may contain any
 * signals. Invalid lines are skipped and reported, because the file of a killed process ends in the
 * middle of a line. After several thousand of them, the rest of the file is skipped, too.
 *
 * @throws {MalformedError} If nothing could be read.
 */
export async function importLines(
  store: Pick<Store, "add">,
  decoder: Pick<BodyDecoder, "decode">,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<ImportResult> {
  const lines = new LineImport(store, decoder);
  try {
    const parts = uncompressed(body.values({ preventCancel: true }));
    for await (const line of readLines(parts, MAX_DOCUMENT_BYTES)) {
      // Most lines of a long document are only buffered.
      const adding = lines.add(line);
      if (adding) await adding;
      if (lines.isGivenUp) break;
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    lines.noteEnd(error.message);
  }
  // A client that is still sending would not see the response, so read the rest.
  for await (const _ of body) { /* It is dropped. */ }
  return await lines.end();
}

class LineImport {
  readonly #store: Pick<Store, "add">;
  readonly #decoder: Pick<BodyDecoder, "decode">;
  /** Buffered lines of a multi-line document, or lines after a truncated first one. */
  #open: OpenLines | undefined;
  #documents = 0;
  readonly #counts = { accepted: 0, rejected: 0, duplicated: 0 };
  readonly #faults: string[] = [];
  #otherFaults = 0;
  #brokenLines = 0;

  constructor(store: Pick<Store, "add">, decoder: Pick<BodyDecoder, "decode">) {
    this.#store = store;
    this.#decoder = decoder;
  }

  /** Whether the rest is skipped because too many lines were invalid. */
  get isGivenUp(): boolean {
    return this.#brokenLines >= MAX_BROKEN_LINES;
  }

  /** Returns nothing if it finishes synchronously. */
  add(line: Line): Promise<void> | undefined {
    const { bytes } = line;
    const isFirst = this.#documents === 0 && this.#faults.length === 0;
    const mayOpen = isFirst && !this.#open && bytes !== undefined &&
      bytes.length <= MAX_FIRST_LINE_BYTES && completenessOf(bytes) === "incomplete";
    if (mayOpen) this.#open = new OpenLines(line.number);
    const open = this.#open;
    if (!open) return this.#addLine(line);
    // If a line is a complete document, the lines before it don't belong to one.
    const isOver = !open.add(line) || (!mayOpen && bytes !== undefined && isDocument(bytes));
    if (!isOver) return undefined;
    this.#open = undefined;
    return this.#addOpenLines(open, line);
  }

  /** Call this if the file can't be read further. */
  noteEnd(reason: string): void {
    this.#note("the end", reason);
  }

  /** @throws {MalformedError} If nothing could be read. */
  async end(): Promise<ImportResult> {
    if (this.#open) await this.#addDocument(this.#open.take(), "the document");
    const others = this.#otherFaults > 0 ? [`and ${this.#otherFaults} more`] : [];
    const end = this.isGivenUp
      ? [`${this.#brokenLines} lines cannot be read, so the rest was left out`]
      : [];
    if (this.#documents === 0 && this.#faults.length > 0) {
      throw new MalformedError([this.#faults[0]!, ...end].join("; "));
    }
    const message = [...this.#faults, ...others, ...end].join("; ");
    return { ...this.#counts, ...message !== "" && { message } };
  }

  async #addOpenLines(open: OpenLines, last: Line): Promise<void> {
    const slice = new TimeSlice();
    for await (const line of open.lines()) {
      if (this.isGivenUp) return;
      await this.#addLine(line);
      if (slice.isOver) await slice.pause();
    }
    if (!open.hasAdded(last)) await this.#addLine(last);
  }

  async #addLine({ number, bytes }: Line): Promise<void> {
    const place = `line ${number}`;
    if (bytes) return await this.#addDocument(bytes, place);
    this.#brokenLines++;
    this.#note(place, `It is longer than ${MAX_DOCUMENT_BYTES} bytes: split it`);
  }

  async #addDocument(document: Uint8Array<ArrayBuffer>, place: string): Promise<void> {
    try {
      const { parts } = await this.#decoder.decode({
        signal: undefined,
        encoding: "json",
        bytes: document,
        compression: "none",
        limitBytes: MAX_DOCUMENT_BYTES,
      });
      for (const { signal, body, rejected, message, misspelled } of parts) {
        const result = await this.#store.add(signal, body);
        this.#counts.accepted += result.accepted;
        this.#counts.rejected += rejected + result.rejected;
        this.#counts.duplicated += result.duplicated;
        this.#note(place, message ?? result.message ?? misspelled);
      }
      this.#documents++;
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.#brokenLines++;
      this.#note(place, `Cannot read it as OTLP JSON: ${error.message}`);
    }
  }

  #note(place: string, fault: string | undefined): void {
    if (fault === undefined) return;
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(`${place}: ${fault}`);
    else this.#otherFaults++;
  }
}

/** Lines that may form one document, stored as one text because there may be millions of them. */
class OpenLines {
  readonly #firstNumber: number;
  #lastNumber: number;
  readonly #text = new GrowingBytes();

  constructor(firstNumber: number) {
    this.#firstNumber = firstNumber;
    this.#lastNumber = firstNumber - 1;
  }

  /** Adds a line, unless the total would be too long for a document. */
  add({ number, bytes }: Line): boolean {
    const blankLines = number - this.#lastNumber - 1;
    const length = blankLines + (bytes?.length ?? Infinity) + 1;
    if (this.#text.length + length > MAX_DOCUMENT_BYTES) return false;
    // Blank lines keep the line numbers right.
    if (blankLines > 0) this.#text.add(new Uint8Array(blankLines).fill(LINE_FEED));
    this.#text.add(bytes!);
    this.#text.add(Uint8Array.of(LINE_FEED));
    this.#lastNumber = number;
    return true;
  }

  hasAdded({ number }: Line): boolean {
    return number <= this.#lastNumber;
  }

  /** All lines as one text. Nothing can be added afterward. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#text.take();
  }

  /** The lines as they were added. Nothing can be added afterward. */
  async *lines(): AsyncGenerator<Line> {
    for await (const { number, bytes } of readLines([this.take()], MAX_DOCUMENT_BYTES)) {
      yield { number: this.#firstNumber - 1 + number, bytes };
    }
  }
}

/** Whether it begins like a one-line OTLP JSON document, and not like a line of a longer one. */
function isDocument(bytes: Uint8Array): boolean {
  if (bytes.length < MIN_DOCUMENT_BYTES) return false;
  return DOCUMENT_START.test(new TextDecoder().decode(bytes.subarray(0, MAX_START_BYTES)));
}
