import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Signal } from "../../../otlp/signal.ts";
import { RecordRing } from "../tables/record_ring.ts";
import type { SegmentBytes } from "./segment_bytes.ts";
import type { DatabaseError } from "../database_error.ts";
import { checksum } from "./checksum.ts";
import { LongSegments } from "./long_segments.ts";
import { SegmentDamage } from "./sqlite_errors.ts";
import { UnfinishedSegments } from "./unfinished_segments.ts";

/** Recently read segments: the spans of a trace and the traces of a search are close together. */
const MAX_CACHED_BYTES = 4 * 2 ** 20;

/** How many rows are read at a time. */
const ROWS_PER_READ = 4096;

/** The table that holds a signal's requests. */
export function segmentTable(signal: Signal): string {
  return `${signal}_segments`;
}

/**
 * Keeps bytes in a database table. Memory holds only their lengths and the most recently read ones. Each
 * row has a checksum, because SQLite would not notice changed bytes.
 */
export class SqliteSegments implements SegmentBytes {
  byteLength = 0;
  readonly #lengths = new RecordRing(1);
  readonly #cache = new Map<number, Uint8Array>();
  #cachedBytes = 0;
  readonly #database: DatabaseSync;
  readonly #signal: Signal;
  readonly #table: string;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #delete: StatementSync;
  readonly #empty: StatementSync;
  readonly #long: LongSegments;
  readonly #unfinished: UnfinishedSegments;
  readonly #explain: (error: unknown) => DatabaseError;

  /**
   * @param explain Converts an error to what it means for the file.
   * @throws {SegmentDamage} If rows are missing.
   */
  constructor(
    database: DatabaseSync,
    signal: Signal,
    explain: (error: unknown) => DatabaseError,
  ) {
    this.#explain = explain;
    const table = segmentTable(signal);
    this.#database = database;
    this.#signal = signal;
    this.#table = table;
    this.#insert = database.prepare(`INSERT INTO ${table} (id, bytes, checksum) VALUES (?, ?, ?)`);
    this.#select = database.prepare(`SELECT bytes, checksum FROM ${table} WHERE id = ?`);
    this.#delete = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
    this.#empty = database.prepare(`UPDATE ${table} SET bytes = ?, checksum = ? WHERE id = ?`);
    this.#long = new LongSegments(database, signal);
    this.#unfinished = new UnfinishedSegments(database, signal);
    this.reload();
  }

  get indexBytes(): number {
    return this.#lengths.byteLength;
  }

  get first(): number {
    return this.#lengths.first;
  }

  get end(): number {
    return this.#lengths.end;
  }

  /**
   * Reads the list of segments again.
   *
   * @throws {SegmentDamage} If rows are missing.
   */
  reload(): void {
    this.#forgetAll();
    this.#unfinished.reload();
    const lengths = this.#long.readLengths();
    // Deno's `iterate()` ends early, without an error, when a page cannot be read.
    const select = this.#database.prepare(
      `SELECT id, length(bytes) AS length FROM ${this.#table} WHERE id >= ? ORDER BY id ` +
        `LIMIT ${ROWS_PER_READ}`,
    );
    let rows;
    do {
      rows = select.all(this.#lengths.size === 0 ? 0 : this.end);
      for (const { id, length } of rows) {
        if (this.#lengths.size === 0) this.#lengths.first = Number(id);
        if (Number(id) !== this.end) {
          throw new SegmentDamage(
            `${Number(id) - this.end} requests of ${this.#signal} are missing`,
          );
        }
        this.#push(Number(length) + (lengths.get(Number(id)) ?? 0));
      }
    } while (rows.length === ROWS_PER_READ);
  }

  append(bytes: Uint8Array): void {
    // Memory is needed for what arrives.
    if (this.#cachedBytes > MAX_CACHED_BYTES) this.#forgetCached();
    const first = this.#long.write(this.end, bytes);
    this.#insert.run(this.end, first, checksum(this.#signal, this.end, bytes));
    this.#push(bytes.length);
  }

  /**
   * Marks the segments from a number on as parts of a request that is not completely stored. Those that
   * are never {@linkcode finish}ed are empty when the file is opened again.
   *
   * @returns Their numbers.
   */
  markUnfinished(start: number): number[] {
    const numbers: number[] = [];
    for (let number = Math.max(start, this.first); number < this.end; number++) {
      this.#unfinished.mark(number);
      numbers.push(number);
    }
    return numbers;
  }

  finish(numbers: Iterable<number>): void {
    for (const number of numbers) this.#unfinished.unmark(number);
  }

  /** From now on, segments that are not finished count as empty. Nothing is written. */
  abandonUnfinished(): void {
    this.#unfinished.abandon();
  }

  /** Frees the space of abandoned segments. */
  emptyAbandoned(): void {
    for (const number of this.#unfinished.abandoned) {
      const nothing = new Uint8Array();
      this.#empty.run(nothing, checksum(this.#signal, number, nothing), number);
      this.#long.delete(number, this.#lengthOf(number));
      this.#forget(number);
      this.byteLength -= this.#lengthOf(number);
      this.#lengths.words[this.#lengths.at(number)] = 0;
      this.#unfinished.unmark(number);
    }
  }

  /** @throws {DatabaseError} If the segment cannot be read or has changed. */
  read(number: number): Uint8Array {
    if (this.#unfinished.abandoned.has(number)) return new Uint8Array();
    const cached = this.#cache.get(number);
    if (cached) return cached;
    const bytes = this.#readRow(number);
    while (this.#cache.size > 0 && this.#cachedBytes + bytes.length > MAX_CACHED_BYTES) {
      this.#forget(this.#cache.keys().next().value!);
    }
    this.#cache.set(number, bytes);
    this.#cachedBytes += bytes.length;
    return bytes;
  }

  #readRow(number: number): Uint8Array {
    try {
      const row = this.#select.get(number);
      const first = row?.bytes as Uint8Array | undefined;
      const bytes = first && this.#long.read(number, first, this.#lengthOf(number));
      // Rows of format 1 have no checksum.
      const expected = row?.checksum ?? undefined;
      const isWhole = bytes &&
        (expected === undefined || expected === checksum(this.#signal, number, bytes));
      if (isWhole) return bytes;
    } catch (error) {
      throw this.#explain(error);
    }
    throw this.#explain(new SegmentDamage(`request ${number} of ${this.#signal} has changed`));
  }

  shift(): void {
    const number = this.first;
    this.#delete.run(number);
    this.#long.delete(number, this.#lengthOf(number));
    this.#unfinished.unmark(number);
    this.#forget(number);
    this.byteLength -= this.#lengthOf(number);
    this.#lengths.shift();
  }

  clear(): void {
    for (let number = this.first; number < this.end; number++) this.#unfinished.unmark(number);
    this.#database.exec(`DELETE FROM ${this.#table}`);
    this.#long.clear();
    this.#forgetAll();
  }

  #lengthOf(number: number): number {
    return this.#lengths.words[this.#lengths.at(number)]!;
  }

  #push(length: number): void {
    const number = this.#lengths.push();
    this.#lengths.words[this.#lengths.at(number)] = length;
    this.byteLength += length;
  }

  #forget(number: number): void {
    this.#cachedBytes -= this.#cache.get(number)?.length ?? 0;
    this.#cache.delete(number);
  }

  #forgetCached(): void {
    this.#cache.clear();
    this.#cachedBytes = 0;
  }

  #forgetAll(): void {
    this.#forgetCached();
    this.#lengths.clear();
    this.byteLength = 0;
  }
}
