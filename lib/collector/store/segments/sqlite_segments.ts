import type { DatabaseSync, StatementSync } from "node:sqlite";
import { RecordRing } from "../tables/record_ring.ts";
import type { SegmentBytes } from "./segment_bytes.ts";

/** Read again soon: the spans of a trace, and the traces of a search, lie close together. */
const MAX_CACHED_BYTES = 4 * 2 ** 20;

/** Keeps bytes in a table of a database; in memory only their lengths and what was read last. */
export class SqliteSegments implements SegmentBytes {
  byteLength = 0;
  readonly #lengths = new RecordRing(1);
  readonly #cache = new Map<number, Uint8Array>();
  #cachedBytes = 0;
  readonly #database: DatabaseSync;
  readonly #table: string;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, table: string) {
    this.#database = database;
    this.#table = table;
    this.#insert = database.prepare(`INSERT INTO ${table} (id, bytes) VALUES (?, ?)`);
    this.#select = database.prepare(`SELECT bytes FROM ${table} WHERE id = ?`);
    this.#delete = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
    this.reload();
  }

  get first(): number {
    return this.#lengths.first;
  }

  get end(): number {
    return this.#lengths.end;
  }

  /** Reads anew what there is. */
  reload(): void {
    this.#forgetAll();
    const statement = `SELECT id, length(bytes) AS length FROM ${this.#table} ORDER BY id`;
    for (const { id, length } of this.#database.prepare(statement).iterate()) {
      if (this.#lengths.size === 0) this.#lengths.first = Number(id);
      this.#push(Number(length));
    }
  }

  append(bytes: Uint8Array): void {
    this.#insert.run(this.end, bytes);
    this.#push(bytes.length);
  }

  read(number: number): Uint8Array {
    const cached = this.#cache.get(number);
    if (cached) return cached;
    const bytes = this.#select.get(number)!.bytes as Uint8Array;
    while (this.#cache.size > 0 && this.#cachedBytes + bytes.length > MAX_CACHED_BYTES) {
      this.#forget(this.#cache.keys().next().value!);
    }
    this.#cache.set(number, bytes);
    this.#cachedBytes += bytes.length;
    return bytes;
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
