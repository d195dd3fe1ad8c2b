import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Signal } from "../../../otlp/signal.ts";
import { numberAt, placeOf } from "./segment_place.ts";

/** The table that holds the places of unfinished segments. */
export const UNFINISHED_TABLE = "unfinished_segments";

/**
 * Records in a file which segments of a signal belong to requests that are not completely stored yet. If
 * the rest of a request never comes, because writing failed or the process ended, its segments are
 * abandoned: the sender was not told that it was stored, and sends it again.
 */
export class UnfinishedSegments {
  readonly #database: DatabaseSync;
  readonly #signal: Signal;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  /** All in the file, abandoned or not. */
  #marked = new Set<number>();
  #abandoned = new Set<number>();

  constructor(database: DatabaseSync, signal: Signal) {
    this.#database = database;
    this.#signal = signal;
    this.#insert = database.prepare(`INSERT INTO ${UNFINISHED_TABLE} (place) VALUES (?)`);
    this.#delete = database.prepare(`DELETE FROM ${UNFINISHED_TABLE} WHERE place = ?`);
    this.reload();
  }

  get abandoned(): ReadonlySet<number> {
    return this.#abandoned;
  }

  reload(): void {
    const rows = this.#database.prepare(`SELECT place FROM ${UNFINISHED_TABLE}`).all();
    this.#marked = new Set(
      rows.map(({ place }) => numberAt(Number(place), this.#signal)).filter((number) =>
        number !== undefined
      ),
    );
  }

  mark(number: number): void {
    this.#insert.run(placeOf(this.#signal, number));
    this.#marked.add(number);
  }

  /** Removes the mark of a segment that is finished or removed, if there is one. */
  unmark(number: number): void {
    if (!this.#marked.delete(number)) return;
    this.#abandoned.delete(number);
    this.#delete.run(placeOf(this.#signal, number));
  }

  /** All that are not finished now never will be. */
  abandon(): void {
    this.#abandoned = new Set(this.#marked);
  }
}
