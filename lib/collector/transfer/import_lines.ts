import { jsonToProtobuf, parseJson } from "../../otlp/json_request.ts";
import type { Signal } from "../../otlp/signal.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import type { Store } from "../store/store.ts";
import { readLines } from "./read_lines.ts";

/** A request that is received is not longer either. */
const MAX_DOCUMENT_CHARS = 64 * 2 ** 20;

/** What tells the signals apart in a document. */
const LISTS = {
  resourceSpans: "traces",
  resourceMetrics: "metrics",
  resourceLogs: "logs",
} as const satisfies Record<string, Signal>;

/** What became of an import. */
export interface ImportResult {
  /** Spans, log records and data points; repeated ones are not counted. */
  accepted: number;
  rejected: number;
  duplicated: number;
  /** What could not be taken, and why. */
  message?: string;
}

/**
 * Stores OTLP's JSON: a document a line, as the Collector's file exporter writes, or a single
 * document over many lines. Documents may hold any signals. A line that is none is left out and
 * named, because a file of a process that was killed ends in the middle of one.
 *
 * @throws {MalformedError} If nothing at all could be read.
 */
export async function importLines(
  store: Pick<Store, "add">,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<ImportResult> {
  const total = new Total();
  let document: string | undefined;
  let number = 0;
  for await (const line of readLines(body, MAX_DOCUMENT_CHARS)) {
    number++;
    if (document !== undefined) {
      document += `\n${line}`;
      checkLength(document);
    } else if (line.trim() === "") continue;
    else if (total.documents === 0 && total.faults.length === 0 && !isComplete(line)) {
      document = line;
    } else await importDocument(store, line, `line ${number}`, total);
  }
  if (document !== undefined) await importAsWhole(store, document, total);
  if (total.documents === 0 && total.faults.length > 0) throw new MalformedError(total.faults[0]!);
  return total.result();
}

/** What began with an incomplete line is one document, or it is lines of which the first is broken. */
async function importAsWhole(store: Pick<Store, "add">, text: string, total: Total): Promise<void> {
  if (isComplete(text)) return await importDocument(store, text, "the document", total);
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() !== "") await importDocument(store, line, `line ${i + 1}`, total);
  }
}

async function importDocument(
  store: Pick<Store, "add">,
  text: string,
  place: string,
  total: Total,
): Promise<void> {
  try {
    const json = parseJson(text) as Record<string, unknown>;
    const found = Object.entries(LISTS).filter(([key]) => json?.[key] !== undefined);
    const isEmptyObject = JSON.stringify(json) === "{}";
    if (found.length === 0 && !isEmptyObject) {
      throw new MalformedError(`none of ${Object.keys(LISTS).join(", ")} is there`);
    }
    for (const [key, signal] of found) {
      const { body, rejected, message } = jsonToProtobuf(signal, { [key]: json[key] });
      const result = await store.add(signal, body);
      total.accepted += result.accepted;
      total.rejected += rejected + result.rejected;
      total.duplicated += result.duplicated;
      total.note(place, message ?? result.message);
    }
    total.documents++;
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    total.note(place, `Cannot read it as OTLP JSON: ${error.message}`);
  }
}

function isComplete(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkLength(document: string): void {
  if (document.length <= MAX_DOCUMENT_CHARS) return;
  throw new MalformedError(
    `The document is longer than ${MAX_DOCUMENT_CHARS} characters: import a document a line instead`,
  );
}

class Total {
  documents = 0;
  accepted = 0;
  rejected = 0;
  duplicated = 0;
  /** The first ones. */
  readonly faults: string[] = [];
  #otherFaults = 0;

  note(place: string, fault: string | undefined): void {
    if (fault === undefined) return;
    if (this.faults.length < 3) this.faults.push(`${place}: ${fault}`);
    else this.#otherFaults++;
  }

  result(): ImportResult {
    const { accepted, rejected, duplicated } = this;
    const others = this.#otherFaults > 0 ? [`and ${this.#otherFaults} more`] : [];
    const message = [...this.faults, ...others].join("; ");
    return { accepted, rejected, duplicated, ...message !== "" && { message } };
  }
}
