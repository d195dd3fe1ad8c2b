import { completenessOf } from "../../otlp/json_request.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { GrowingBytes } from "../growing_bytes.ts";
import type { BodyDecoder } from "../decode/body_decoder.ts";
import type { ImportResult } from "../model.ts";
import type { Store } from "../store/store.ts";
import { TimeSlice } from "../time_slice.ts";
import { type Line, readLines } from "./read_lines.ts";

/** A request that is received is not longer either. */
const MAX_DOCUMENT_BYTES = 64 * 2 ** 20;
/** A document over many lines begins with a shorter one. */
const MAX_FIRST_LINE_BYTES = 64 * 1024;
/** How many faults are told in full. */
const MAX_FAULTS = 3;
const MAX_START_BYTES = 100;
const DOCUMENT_START = /^\s*\{\s*"resource(Spans|Logs|Metrics)"/;
const LINE_FEED = Uint8Array.of(10);

/**
 * Stores OTLP's JSON: a document a line, as the Collector's file exporter writes, or a single
 * document over many lines. Documents may hold any signals. A line that is none is left out and
 * named, because a file of a process that was killed ends in the middle of one.
 *
 * @throws {MalformedError} If nothing at all could be read.
 */
export async function importLines(
  store: Pick<Store, "add">,
  decoder: Pick<BodyDecoder, "decode">,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<ImportResult> {
  const lines = new LineImport(store, decoder);
  for await (const line of readLines(body, MAX_DOCUMENT_BYTES)) await lines.add(line);
  return await lines.end();
}

class LineImport {
  readonly #store: Pick<Store, "add">;
  readonly #decoder: Pick<BodyDecoder, "decode">;
  /** Of a document over many lines, or of lines of which the first is cut off. */
  #open: Line[] = [];
  #openBytes = 0;
  #documents = 0;
  readonly #counts = { accepted: 0, rejected: 0, duplicated: 0 };
  readonly #faults: string[] = [];
  #otherFaults = 0;

  constructor(store: Pick<Store, "add">, decoder: Pick<BodyDecoder, "decode">) {
    this.#store = store;
    this.#decoder = decoder;
  }

  async add(line: Line): Promise<void> {
    const { bytes } = line;
    const isFirst = this.#documents === 0 && this.#faults.length === 0;
    const mayOpen = isFirst && this.#open.length === 0 && bytes !== undefined &&
      bytes.length <= MAX_FIRST_LINE_BYTES && completenessOf(bytes) === "incomplete";
    if (!mayOpen && this.#open.length === 0) return await this.#addLine(line);
    this.#open.push(line);
    this.#openBytes += bytes?.length ?? Infinity;
    // A line that is a document of its own shows that those before it are no part of one.
    const isOver: boolean | undefined = this.#openBytes > MAX_DOCUMENT_BYTES ||
      (!mayOpen && bytes && isDocument(bytes));
    if (isOver) await this.#addOpenLines();
  }

  /** @throws {MalformedError} If nothing at all could be read. */
  async end(): Promise<ImportResult> {
    if (this.#open.length > 0) {
      const document = new GrowingBytes(this.#openBytes + this.#open.length);
      for (const { bytes = LINE_FEED } of this.#open) {
        document.add(bytes);
        document.add(LINE_FEED);
      }
      await this.#addDocument(document.take(), "the document");
    }
    if (this.#documents === 0 && this.#faults.length > 0) {
      throw new MalformedError(this.#faults[0]!);
    }
    const others = this.#otherFaults > 0 ? [`and ${this.#otherFaults} more`] : [];
    const message = [...this.#faults, ...others].join("; ");
    return { ...this.#counts, ...message !== "" && { message } };
  }

  async #addOpenLines(): Promise<void> {
    const lines = this.#open;
    this.#open = [];
    this.#openBytes = 0;
    const slice = new TimeSlice();
    for (const line of lines) {
      await this.#addLine(line);
      if (slice.isOver) await slice.pause();
    }
  }

  async #addLine({ number, bytes }: Line): Promise<void> {
    const place = `line ${number}`;
    if (bytes) return await this.#addDocument(bytes, place);
    this.#note(place, `It is longer than ${MAX_DOCUMENT_BYTES} bytes: split it`);
  }

  async #addDocument(document: Uint8Array<ArrayBuffer>, place: string): Promise<void> {
    try {
      const { parts } = await this.#decoder.decode({
        signal: undefined,
        encoding: "json",
        bytes: document,
        isGzip: false,
        limitBytes: MAX_DOCUMENT_BYTES,
      });
      for (const { signal, body, rejected, message } of parts) {
        const result = await this.#store.add(signal, body);
        this.#counts.accepted += result.accepted;
        this.#counts.rejected += rejected + result.rejected;
        this.#counts.duplicated += result.duplicated;
        this.#note(place, message ?? result.message);
      }
      this.#documents++;
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.#note(place, `Cannot read it as OTLP JSON: ${error.message}`);
    }
  }

  #note(place: string, fault: string | undefined): void {
    if (fault === undefined) return;
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(`${place}: ${fault}`);
    else this.#otherFaults++;
  }
}

/** Whether it begins as a line of OTLP's JSON does, and a line of a longer document does not. */
function isDocument(bytes: Uint8Array): boolean {
  return DOCUMENT_START.test(new TextDecoder().decode(bytes.subarray(0, MAX_START_BYTES)));
}
