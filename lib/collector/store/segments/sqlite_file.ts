import { DatabaseSync } from "node:sqlite";
import { type Signal, SIGNALS } from "../../../otlp/signal.ts";
import { SqliteSegments } from "./sqlite_segments.ts";

/** "otel" in ASCII: marks the file as ours. */
const APPLICATION_ID = 0x6f74656c;
const FORMAT_VERSION = 1;

/** SQLite's result codes: https://www.sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOT_A_DATABASE = 26;

/**
 * The database that survives the process. What is committed is with the operating system and
 * outlives a killed process; `synchronous = NORMAL` saves the wait for the disk, which only a crash
 * of the whole machine would need.
 */
export class SqliteFile {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #segments: Record<Signal, SqliteSegments>;
  /** Ids of traces that went, and the last segment that holds a part of them. */
  #gone = new Map<string, number>();
  #newlyGone = new Map<string, number>();

  /** @throws {Error} If the file cannot be used; the message says why. */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#database = new DatabaseSync(path);
      this.#prepare();
      this.#segments = Object.fromEntries(
        SIGNALS.map((signal) => [signal, new SqliteSegments(this.#database, `${signal}_segments`)]),
      ) as Record<Signal, SqliteSegments>;
      this.#readGone();
    } catch (error) {
      throw this.#explain(error);
    }
  }

  segments(signal: Signal): SqliteSegments {
    return this.#segments[signal];
  }

  /** Notes that what a segment up to this one holds of a trace does not count any more. */
  noteGone(traceId: string, lastSegment: number): void {
    this.#newlyGone.set(traceId, lastSegment);
  }

  isGone(traceId: string, segment: number): boolean {
    return segment <= (this.#gone.get(traceId) ?? -1);
  }

  /** Does something wholly or not at all. */
  transaction<Result>(work: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#writeGone();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      for (const signal of SIGNALS) this.#segments[signal].reload();
      this.#newlyGone.clear();
      this.#readGone();
      throw this.#explain(error);
    }
  }

  /** Gives the file's free space back. */
  vacuum(): void {
    // VACUUM would attach another database, which Deno allows with all permissions only.
    this.#database.prepare("PRAGMA incremental_vacuum").all();
  }

  close(): void {
    this.#database.close();
  }

  #prepare(): void {
    const database = this.#database;
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0");
    const tables = Number(database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()!.n);
    const id = Number(database.prepare("PRAGMA application_id").get()!.application_id);
    const version = Number(database.prepare("PRAGMA user_version").get()!.user_version);
    if (tables > 0 && id !== APPLICATION_ID) {
      throw new Error(`it is a database of another program. Choose another file with --db`);
    }
    if (version > FORMAT_VERSION) {
      throw new Error(
        `it has format ${version} of a newer otel-kit, wanted ${FORMAT_VERSION}. ` +
          "Use that otel-kit, or choose another file with --db",
      );
    }
    database.exec(`
      PRAGMA auto_vacuum = INCREMENTAL;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA wal_autocheckpoint = 4000;
      BEGIN IMMEDIATE;
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${FORMAT_VERSION};
      CREATE TABLE IF NOT EXISTS gone_traces (trace_id TEXT PRIMARY KEY, last_segment INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS gone_by_segment ON gone_traces (last_segment);
      ${
      SIGNALS.map((signal) => `
        CREATE TABLE IF NOT EXISTS ${signal}_segments (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
      `).join("")
    }
      COMMIT;
    `);
  }

  #readGone(): void {
    const rows = this.#database.prepare("SELECT trace_id, last_segment FROM gone_traces").all();
    this.#gone = new Map(rows.map((row) => [String(row.trace_id), Number(row.last_segment)]));
  }

  /** Only while a segment is there that holds a part of it. */
  #writeGone(): void {
    const { first } = this.#segments.traces;
    const insert = this.#database.prepare("INSERT OR REPLACE INTO gone_traces VALUES (?, ?)");
    for (const [id, segment] of this.#newlyGone) {
      if (segment < first) continue;
      insert.run(id, segment);
      this.#gone.set(id, segment);
    }
    this.#newlyGone.clear();
    if (this.#gone.size === 0) return;
    this.#database.prepare("DELETE FROM gone_traces WHERE last_segment < ?").run(first);
    for (const [id, segment] of this.#gone) if (segment < first) this.#gone.delete(id);
  }

  #explain(error: unknown): Error {
    const { message, code, errcode } = error as Error & { code?: string; errcode?: number };
    // Deno gives no number where the file cannot be opened.
    const number = errcode ?? (code === "ERR_SQLITE_ERROR" ? SQLITE_CANTOPEN : undefined);
    const unusable = `${message}. Choose another file, in a folder that can be written, with --db`;
    const reasons: Record<number, string> = {
      [SQLITE_READONLY]: unusable,
      [SQLITE_IOERR]: unusable,
      [SQLITE_CANTOPEN]: unusable,
      [SQLITE_BUSY]: "another process uses it. Stop that one, or choose another file with --db",
      [SQLITE_CORRUPT]: `it is damaged (${message}). Move it away, or choose another with --db`,
      [SQLITE_NOT_A_DATABASE]: "it is no database. Choose another file with --db",
    };
    const reason = number === undefined ? message : reasons[number & 0xff] ?? message;
    return new Error(`Cannot use "${this.#path}" as the database: ${reason}`, { cause: error });
  }
}
