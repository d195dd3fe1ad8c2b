import type { DatabaseSync } from "node:sqlite";
import { SIGNALS } from "../../../otlp/signal.ts";
import { DatabaseError } from "../database_error.ts";
import { CHUNK_TABLE } from "./long_segments.ts";
import { segmentTable } from "./sqlite_segments.ts";
import { UNFINISHED_TABLE } from "./unfinished_segments.ts";

/** "otel" in ASCII: marks the file as ours. */
const APPLICATION_ID = 0x6f74656c;

/**
 * Format 2 added checksums and bounds. In format 3, a row of the gone traces holds many ids. Format 4
 * splits long segments, and marks those of unfinished requests.
 */
export const FORMAT_VERSION = 4;

/** Traces that are gone, while a segment that holds a part of them is kept. */
export const GONE_TABLE = "gone_traces";

/** The first and next segment number of each signal, to detect missing ones. */
export const BOUNDS_TABLE = "segment_bounds";

/**
 * The root pages of the tables in a file whose schema has not changed since it was created. Used if the
 * first page, which stores them, is damaged.
 */
export const USUAL_ROOTS: Readonly<Record<string, number>> = {
  [GONE_TABLE]: 3,
  ...Object.fromEntries(SIGNALS.map((signal, i) => [segmentTable(signal), 6 + i])),
  [BOUNDS_TABLE]: 6 + SIGNALS.length,
  [CHUNK_TABLE]: 8 + SIGNALS.length,
  [UNFINISHED_TABLE]: 9 + SIGNALS.length,
};

/**
 * Reads the format of a file; undefined for a new one.
 *
 * @throws {DatabaseError} If the file belongs to another program or has a newer format.
 */
export function readVersion(database: DatabaseSync, path: string): number | undefined {
  const read = (statement: string) => Number(Object.values(database.prepare(statement).get()!)[0]);
  const tables = read("SELECT count(*) FROM sqlite_schema");
  const id = read("PRAGMA application_id");
  const version = read("PRAGMA user_version");
  if (tables > 0 && id !== APPLICATION_ID) {
    const reason = "it is a database of another program. Choose another file with --db";
    throw new DatabaseError(path, "other", reason);
  }
  if (version > FORMAT_VERSION) {
    const reason = `it has format ${version} of a newer otel-kit, wanted ${FORMAT_VERSION}. ` +
      "Use that otel-kit, or choose another file with --db";
    throw new DatabaseError(path, "other", reason);
  }
  return tables > 0 ? version : undefined;
}

/** Sets how the file is written. Does not change an existing file. */
export function prepareDatabase(database: DatabaseSync, { isNew }: { isNew: boolean }): void {
  if (isNew) database.exec("PRAGMA auto_vacuum = INCREMENTAL");
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 16000;
  `);
}

/** Creates the tables in a new file, and upgrades an older format to this one. */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    BEGIN IMMEDIATE;
    PRAGMA application_id = ${APPLICATION_ID};
    CREATE TABLE IF NOT EXISTS ${GONE_TABLE} (trace_id TEXT PRIMARY KEY, last_segment INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS gone_by_segment ON ${GONE_TABLE} (last_segment);
    ${
    SIGNALS.map((signal) => `
      CREATE TABLE IF NOT EXISTS ${segmentTable(signal)}
        (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL, checksum INTEGER);
    `).join("")
  }
    CREATE TABLE IF NOT EXISTS ${BOUNDS_TABLE}
      (signal TEXT PRIMARY KEY, first INTEGER NOT NULL, next INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS ${CHUNK_TABLE} (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS ${UNFINISHED_TABLE} (place INTEGER PRIMARY KEY);
  `);
  const isOld = Number(database.prepare("PRAGMA user_version").get()!.user_version) === 1;
  for (const signal of isOld ? SIGNALS : []) {
    database.exec(`ALTER TABLE ${segmentTable(signal)} ADD COLUMN checksum INTEGER`);
  }
  database.exec(`PRAGMA user_version = ${FORMAT_VERSION}; COMMIT`);
}
