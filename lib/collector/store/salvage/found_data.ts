import { Buffer } from "node:buffer";
import { REQUEST_MESSAGES } from "../../../otlp/messages.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import { type Signal, SIGNALS } from "../../../otlp/signal.ts";
import { validate } from "../../../otlp/validate.ts";
import { checksum } from "../segments/checksum.ts";
import { lastSegments } from "../segments/gone_traces.ts";
import { BOUNDS_TABLE, GONE_TABLE, USUAL_ROOTS } from "../segments/sqlite_format.ts";
import { CHUNK_TABLE, chunkId } from "../segments/long_segments.ts";
import { numberAt } from "../segments/segment_place.ts";
import { segmentTable } from "../segments/sqlite_segments.ts";
import { UNFINISHED_TABLE } from "../segments/unfinished_segments.ts";
import type { DatabasePages } from "./database_pages.ts";
import { findRows, type FoundTable, readRow, type TableRow } from "./table_rows.ts";

const SCHEMA_PAGE = 1;

/** What can be recovered from a damaged file. */
export class FoundData {
  /** Ids of traces that are gone, and the last segment that holds a part of each. */
  readonly gone: ReadonlyMap<string, number>;
  /** Whether some of these ids may be missing. */
  readonly isGoneDamaged: boolean;
  readonly #pages: DatabasePages;
  readonly #parents: ReadonlyMap<number, number>;
  readonly #segments: Record<Signal, FoundSegments>;
  /** What follows the first chunk of long segments. */
  readonly #chunks: FoundTable["places"];

  constructor(pages: DatabasePages) {
    this.#pages = pages;
    this.#parents = pages.readPointerMap();
    const roots = this.#readRoots();
    const gone = this.#find(roots.get(GONE_TABLE));
    this.gone = lastSegments(
      this.#rowsOf(gone).flatMap(({ values: [ids, segment] }) =>
        typeof ids === "string" && typeof segment === "number" ? [[ids, segment] as const] : []
      ),
    );
    this.isGoneDamaged = gone.damagedPages > 0;
    const bounds = new Map(
      this.#rowsOf(this.#find(roots.get(BOUNDS_TABLE))).map(({ values: [signal, first, next] }) =>
        [String(signal), { first: Number(first), next: Number(next) }] as const
      ),
    );
    this.#chunks = this.#find(roots.get(CHUNK_TABLE)).places;
    const unfinished = [...this.#find(roots.get(UNFINISHED_TABLE)).places.keys()];
    this.#segments = Object.fromEntries(
      SIGNALS.map((signal) => {
        const { places } = this.#find(roots.get(segmentTable(signal)));
        const range = boundsOf([...places.keys()], bounds.get(signal));
        const gone = unfinished.map((place) => numberAt(place, signal))
          .filter((number) => number !== undefined && places.delete(number));
        return [signal, { places, ...range, unfinished: gone.length }];
      }),
    ) as Record<Signal, FoundSegments>;
  }

  /** How many requests of a signal were stored, as far as that is known. */
  countOf(signal: Signal): number {
    const { first, next, unfinished } = this.#segments[signal];
    return next - first - unfinished;
  }

  /** The intact requests of a signal, in order. */
  *segments(signal: Signal): Generator<{ number: number; bytes: Uint8Array }> {
    const { places, first } = this.#segments[signal];
    for (const number of [...places.keys()].sort((a, b) => a - b)) {
      // Evicted segments may still be on an outdated page.
      if (number < first) continue;
      const bytes = wholeBytes(signal, number, this.#readSegment(signal, number));
      if (bytes) yield { number, bytes };
    }
  }

  /** Reads a segment's row, with all its bytes. */
  #readSegment(signal: Signal, number: number): TableRow | undefined {
    const row = readRow(this.#pages, this.#segments[signal].places.get(number)!);
    const [id = null, first, ...rest] = row?.values ?? [];
    if (!row || !(first instanceof Uint8Array)) return undefined;
    const chunks = [first];
    for (;;) {
      const place = this.#chunks.get(chunkId(signal, number, chunks.length));
      if (!place) break;
      const chunk = readRow(this.#pages, place)?.values[1];
      if (!(chunk instanceof Uint8Array)) return undefined;
      chunks.push(chunk);
    }
    const bytes = chunks.length > 1 ? Buffer.concat(chunks) : first;
    return { ...row, values: [id, bytes, ...rest] };
  }

  /** Where the tables begin. */
  #readRoots(): Map<string, number> {
    const rows = this.#rowsOf(this.#find(SCHEMA_PAGE));
    const named = rows.map(({ values: [, name, , root] }) => [String(name), Number(root)] as const);
    return new Map([...Object.entries(USUAL_ROOTS), ...named]);
  }

  #find(root = 0): FoundTable {
    return findRows(this.#pages, root, this.#parents);
  }

  #rowsOf({ places }: FoundTable): TableRow[] {
    return [...places.values()].flatMap((place) => readRow(this.#pages, place) ?? []);
  }
}

interface FoundSegments {
  places: FoundTable["places"];
  first: number;
  next: number;
  /** Segments of requests that were not stored completely. They count as neither saved nor lost. */
  unfinished: number;
}

/** The range of expected segments; if it is not stored, it is derived from the segments found. */
function boundsOf(
  numbers: number[],
  { first = Infinity, next = 0 }: { first?: number; next?: number } = {},
): { first: number; next: number } {
  const known = Number.isSafeInteger(first) && Number.isSafeInteger(next) ? { first, next } : {};
  const start = known.first ?? numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const last = numbers.reduce((a, b) => Math.max(a, b), -1);
  const end = Math.max(known.next ?? 0, last + 1);
  return { first: Math.min(start, end), next: end };
}

/** Returns the bytes of a row if they are unchanged. */
function wholeBytes(
  signal: Signal,
  number: number,
  row: TableRow | undefined,
): Uint8Array | undefined {
  const [, bytes, expected = null] = row?.values ?? [];
  if (row?.id !== number || !(bytes instanceof Uint8Array)) return undefined;
  if (expected !== null) {
    return expected === checksum(signal, number, bytes) ? bytes : undefined;
  }
  try {
    // Rows of format 1 have no checksum.
    validate(REQUEST_MESSAGES[signal], bytes);
    return bytes;
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
