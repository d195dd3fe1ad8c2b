import type { DatabaseSync, StatementSync } from "node:sqlite";
import { allocateBytes } from "../../../large_bytes.ts";
import { type Signal, SIGNALS } from "../../../otlp/signal.ts";
import { SegmentDamage } from "./sqlite_errors.ts";
import { placeOf } from "./segment_place.ts";

/** The table that holds what follows the first chunk of long segments. */
export const CHUNK_TABLE = "segment_chunks";

/** SQLite holds a row that it writes several times in memory. */
const CHUNK_BYTES = 4 * 2 ** 20;

/** More than the longest request has. */
const MAX_CHUNKS = 2 ** 10;

/** The id of a chunk's row. The first chunk, number 0, is in the segment's own row. */
export function chunkId(signal: Signal, segment: number, chunk: number): number {
  return placeOf(signal, segment) * MAX_CHUNKS + chunk;
}

/** Splits long segments into several rows of a database. */
export class LongSegments {
  readonly #database: DatabaseSync;
  readonly #signal: Signal;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, signal: Signal) {
    this.#database = database;
    this.#signal = signal;
    this.#insert = database.prepare(`INSERT INTO ${CHUNK_TABLE} (id, bytes) VALUES (?, ?)`);
    this.#select = database.prepare(`SELECT bytes FROM ${CHUNK_TABLE} WHERE id = ?`);
    this.#delete = database.prepare(`DELETE FROM ${CHUNK_TABLE} WHERE id > ? AND id < ?`);
  }

  /** Writes all but the first chunk of a segment; returns the first. */
  write(segment: number, bytes: Uint8Array): Uint8Array {
    for (let chunk = 1; chunk * CHUNK_BYTES < bytes.length; chunk++) {
      const start = chunk * CHUNK_BYTES;
      this.#insert.run(
        chunkId(this.#signal, segment, chunk),
        bytes.subarray(start, start + CHUNK_BYTES),
      );
    }
    return bytes.subarray(0, CHUNK_BYTES);
  }

  /**
   * Reads what follows the first chunk.
   *
   * @throws {SegmentDamage} If a chunk is missing.
   */
  read(segment: number, first: Uint8Array, length: number): Uint8Array {
    if (first.length === length) return first;
    const bytes = allocateBytes(length);
    bytes.set(first);
    for (let chunk = 1, at = first.length; at < length; chunk++) {
      const row = this.#select.get(chunkId(this.#signal, segment, chunk));
      const more = row?.bytes as Uint8Array | undefined;
      if (!more || more.length === 0 || at + more.length > length) {
        throw new SegmentDamage(`a part of request ${segment} of ${this.#signal} is missing`);
      }
      bytes.set(more, at);
      at += more.length;
    }
    return bytes;
  }

  /** Deletes all but the first chunk. */
  delete(segment: number, length: number): void {
    if (length <= CHUNK_BYTES) return;
    this.#delete.run(
      chunkId(this.#signal, segment, 0),
      chunkId(this.#signal, segment, MAX_CHUNKS),
    );
  }

  clear(): void {
    const place = SIGNALS.indexOf(this.#signal);
    this.#database.exec(
      `DELETE FROM ${CHUNK_TABLE} WHERE id / ${MAX_CHUNKS} % ${SIGNALS.length} = ${place}`,
    );
  }

  /** How many bytes follow the first chunk, by segment. */
  readLengths(): Map<number, number> {
    const rows = this.#database.prepare(
      `SELECT id / ${MAX_CHUNKS} / ${SIGNALS.length} AS segment, sum(length(bytes)) AS length ` +
        `FROM ${CHUNK_TABLE} ` +
        `WHERE id / ${MAX_CHUNKS} % ${SIGNALS.length} = ${SIGNALS.indexOf(this.#signal)} ` +
        "GROUP BY 1",
    ).all();
    return new Map(rows.map(({ segment, length }) => [Number(segment), Number(length)]));
  }
}
