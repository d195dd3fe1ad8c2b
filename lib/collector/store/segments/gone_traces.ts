import type { DatabaseSync, StatementSync } from "node:sqlite";
import { GONE_TABLE } from "./sqlite_format.ts";

/** An id of 16 bytes in hex. */
const ID_DIGITS = 32;

/**
 * Records in a file which traces are gone while a segment that holds a part of them is kept. Traces of
 * one transaction that end in the same segment share a row: separate rows would be slow when a hundred
 * thousand traces go.
 */
export class GoneTraces {
  readonly #database: DatabaseSync;
  #insert: StatementSync | undefined;
  #delete: StatementSync | undefined;
  /** Ids that are not written yet, keyed by the last segment that holds a part of the trace. */
  readonly #noted = new Map<number, string[]>();
  /** The highest segment of a row; -1 if there are no rows. */
  #last: number;
  /** The oldest segment when rows were last removed. */
  #first = -1;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const row = database.prepare(`SELECT max(last_segment) AS last FROM ${GONE_TABLE}`).get();
    this.#last = Number(row?.last ?? -1);
  }

  /** Notes a trace and the last segment that holds a part of it, for {@linkcode write}. */
  note(traceId: string, lastSegment: number): void {
    const ids = this.#noted.get(lastSegment);
    if (ids) ids.push(traceId);
    else this.#noted.set(lastSegment, [traceId]);
  }

  /** Writes the noted traces, and removes those that end before the oldest kept segment. */
  write(firstSegment: number): void {
    for (const [segment, ids] of this.#noted) {
      if (segment < firstSegment) continue;
      this.#insert ??= this.#database.prepare(
        `INSERT OR REPLACE INTO ${GONE_TABLE} VALUES (?, ?)`,
      );
      this.#insert.run(ids.join(""), segment);
      this.#last = Math.max(this.#last, segment);
    }
    this.#noted.clear();
    if (this.#last < 0 || this.#first === firstSegment) return;
    this.#first = firstSegment;
    this.#delete ??= this.#database.prepare(`DELETE FROM ${GONE_TABLE} WHERE last_segment < ?`);
    this.#delete.run(firstSegment);
    if (this.#last < firstSegment) this.#last = -1;
  }

  /** Returns the last segment of each trace. */
  read(): Map<string, number> {
    const rows = this.#database.prepare(`SELECT trace_id AS ids, last_segment FROM ${GONE_TABLE}`)
      .all();
    return lastSegments(rows.map((row) => [String(row.ids), Number(row.last_segment)]));
  }
}

/** Returns the last segment of each trace, from rows of the table. */
export function lastSegments(
  rows: Iterable<readonly [ids: string, lastSegment: number]>,
): Map<string, number> {
  const last = new Map<string, number>();
  for (const [ids, segment] of rows) {
    for (let at = 0; at < ids.length; at += ID_DIGITS) {
      const id = ids.slice(at, at + ID_DIGITS);
      last.set(id, Math.max(segment, last.get(id) ?? -1));
    }
  }
  return last;
}
