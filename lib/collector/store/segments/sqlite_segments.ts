import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Signal } from "../../../otlp/signal.ts";
import { RecordRing } from "../tables/record_ring.ts";
import type { SegmentBytes } from "./segment_bytes.ts";
import type { DatabaseError } from "../database_error.ts";
import { checksum } from "./checksum.ts";
import { SegmentDamage } from "./sqlite_errors.ts";

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
        this.#push(Number(length));
      }
    } while (rows.length === ROWS_PER_READ);
  }

  append(bytes: Uint8Array): void {
    this.#insert.run(this.end, bytes, checksum(this.#signal, this.end, bytes));
    this.#push(bytes.length);
  }

  /** @throws {DatabaseError} If the segment cannot be read or has changed. */
  read(number: number): Uint8Array {
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
    let row;
    try {
      row = this.#select.get(number);
    } catch (error) {
      throw this.#explain(error);
    }
    const bytes = row?.bytes as Uint8Array | undefined;
    // Rows of format 1 have no checksum.
    const expected = row?.checksum ?? undefined;
    const isWhole = bytes &&
      (expected === undefined || expected === checksum(this.#signal, number, bytes));
    if (isWhole) return bytes;
    throw this.#explain(new SegmentDamage(`request ${number} of ${this.#signal} has changed`));
  }

  shift(): void {
    const number = this.first;
    this.#delete.run(number);
    this.#forget(number);
    this.byteLength -= this.#lengths.words[this.#lengths.at(number)]!;
    this.#lengths.shift();
  }

  clear(): void {
    this.#database.exec(`DELETE FROM ${this.#table}`);
    this.#forgetAll();
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

  #forgetAll(): void {
    this.#lengths.clear();
    this.#cache.clear();
    this.#cachedBytes = 0;
    this.byteLength = 0;
  }
}
