import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Signal, SIGNALS } from "../../../otlp/signal.ts";
import { DatabaseError } from "../database_error.ts";
import { createPrivate, FilePlace } from "./file_place.ts";
import { GoneTraces } from "./gone_traces.ts";
import { databaseError, SegmentDamage } from "./sqlite_errors.ts";
import { SqliteSegments } from "./sqlite_segments.ts";
import {
  BOUNDS_TABLE,
  createTables,
  FORMAT_VERSION,
  GONE_TABLE,
  prepareDatabase,
  readVersion,
} from "./sqlite_format.ts";

/**
 * The database that survives the process. Committed data is with the operating system and outlives a
 * killed process. `synchronous = NORMAL` avoids waiting for the disk; that would matter only if the whole
 * machine crashed.
 */
export class SqliteFile {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #place: FilePlace;
  readonly #segments: Record<Signal, SqliteSegments>;
  /** The first and next segment number of each signal, as stored in the file. */
  readonly #bounds = new Map<Signal, string>();
  #gone: GoneTraces;
  #insertBounds: StatementSync | undefined;

  /**
   * Opens the file and checks it. A new file, and the files that SQLite creates beside it, are accessible
   * only to their owner. The permissions of an existing file stay as they are.
   *
   * @throws {DatabaseError} If the file cannot be used; the message says why.
   */
  constructor(path: string) {
    this.#path = path;
    createPrivate(path);
    try {
      this.#database = new DatabaseSync(path);
    } catch (error) {
      throw databaseError(path, error);
    }
    try {
      this.#database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0");
      const version = this.#check();
      // Write nothing until everything has been checked.
      prepareDatabase(this.#database, { isNew: version === undefined });
      if (version !== FORMAT_VERSION) createTables(this.#database);
      this.#segments = Object.fromEntries(
        SIGNALS.map((signal) => [
          signal,
          new SqliteSegments(this.#database, signal, (error) => databaseError(path, error)),
        ]),
      ) as Record<Signal, SqliteSegments>;
      this.#checkBounds();
      this.#gone = new GoneTraces(this.#database);
      this.#place = new FilePlace(path);
    } catch (error) {
      this.#database.close();
      throw databaseError(path, error);
    }
  }

  segments(signal: Signal): SqliteSegments {
    return this.#segments[signal];
  }

  /** Notes that segments up to this one no longer count for a trace. */
  noteGone(traceId: string, lastSegment: number): void {
    this.#gone.note(traceId, lastSegment);
  }

  /** Reads which traces are gone, and the last segment that holds a part of each. */
  readGone(): Map<string, number> {
    return this.#gone.read();
  }

  /**
   * Runs the work in a transaction.
   *
   * @throws {DatabaseError} If the file cannot be written or read.
   */
  transaction<Result>(work: () => Result): Result {
    try {
      this.checkPlace();
      this.#database.exec("BEGIN IMMEDIATE");
      const result = work();
      this.#gone.write(this.#segments.traces.first);
      this.#writeBounds();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      throw this.#rolledBack(error);
    }
  }

  /** From now on, requests that are not completely stored count as empty. Nothing is written. */
  abandonUnfinished(): void {
    for (const signal of SIGNALS) this.#segments[signal].abandonUnfinished();
  }

  /** Frees the space of abandoned requests. Call this in a transaction. */
  emptyAbandoned(): void {
    for (const signal of SIGNALS) this.#segments[signal].emptyAbandoned();
  }

  /** @throws {DatabaseError} If the file is no longer where it was opened. */
  checkPlace(): void {
    this.#place.check();
  }

  /** Whether another file has taken its place. */
  get isReplaced(): boolean {
    return this.#place.isTaken;
  }

  /** Returns free space to the file system; on a full disk, later requests use it. */
  vacuum(): void {
    try {
      // VACUUM would attach another database, which Deno allows only with all permissions.
      this.#database.prepare("PRAGMA incremental_vacuum").all();
    } catch (error) {
      const trouble = databaseError(this.#path, error);
      if (trouble.trouble !== "full") throw trouble;
    }
  }

  close(): void {
    this.#database.close();
  }

  /**
   * Returns the file's format; undefined for a new file.
   *
   * @throws {Error} If the file belongs to another program, has a newer format, or is damaged.
   */
  #check(): number | undefined {
    const version = readVersion(this.#database, this.#path);
    if (version === undefined) return undefined;
    for (const pragma of ["quick_check(1)", `integrity_check(${GONE_TABLE})`]) {
      const rows = this.#database.prepare(`PRAGMA ${pragma}`).all();
      const result = rows.length > 0 ? String(Object.values(rows[0]!)[0]) : "it cannot be checked";
      if (result !== "ok") throw new SegmentDamage(inOneLine(result));
    }
    return version;
  }

  /** @throws {SegmentDamage} If the segments differ from those that were written. */
  #checkBounds(): void {
    const rows = this.#database.prepare(`SELECT signal, first, next FROM ${BOUNDS_TABLE}`).all();
    for (const { signal, first, next } of rows) {
      const segments = this.#segments[signal as Signal];
      const missing = Number(next) - Number(first) - (segments.end - segments.first);
      if (missing !== 0) throw new SegmentDamage(`${missing} requests of ${signal} are missing`);
      this.#bounds.set(signal as Signal, `${first} ${next}`);
    }
  }

  #writeBounds(): void {
    for (const signal of SIGNALS) {
      const { first, end } = this.#segments[signal];
      const bounds = `${first} ${end}`;
      if (this.#bounds.get(signal) === bounds) continue;
      this.#insertBounds ??= this.#database.prepare(
        `INSERT OR REPLACE INTO ${BOUNDS_TABLE} VALUES (?, ?, ?)`,
      );
      this.#insertBounds.run(signal, first, end);
      this.#bounds.set(signal, bounds);
    }
  }

  /** Rolls a transaction back. */
  #rolledBack(error: unknown): DatabaseError {
    try {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      for (const signal of SIGNALS) this.#segments[signal].reload();
      this.#checkBounds();
      this.#gone = new GoneTraces(this.#database);
    } catch (second) {
      return asDamage(databaseError(this.#path, second));
    }
    return asDamage(databaseError(this.#path, error));
  }
}

/** A file that was a database and no longer is one counts as damaged. */
function asDamage(error: DatabaseError): DatabaseError {
  const { path, trouble, cause } = error;
  if (trouble !== "not a database") return error;
  return new DatabaseError(path, "damaged", "it is no database any more", cause);
}

/** Puts SQLite's findings on one line, without the heading that names the database. */
function inOneLine(result: string): string {
  return result.replace(/^\*\*\*.*\*\*\*\s*/, "").replaceAll(/\s+/g, " ");
}
