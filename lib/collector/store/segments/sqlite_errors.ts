import { DatabaseError, type DatabaseTrouble } from "../database_error.ts";

/** SQLite's result codes: https://www.sqlite.org/rescode.html */
const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_IOERR_SHORT_READ = 522;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOT_A_DATABASE = 26;

/** For an error of `exec()`, Deno gives no code, only SQLite's message. */
const CODES: Record<string, number> = {
  "database is locked": SQLITE_BUSY,
  "attempt to write a readonly database": SQLITE_READONLY,
  "disk I/O error": SQLITE_IOERR,
  "database disk image is malformed": SQLITE_CORRUPT,
  "database or disk is full": SQLITE_FULL,
  "file is not a database": SQLITE_NOT_A_DATABASE,
};

/** Explains an error of `node:sqlite`, and what to do about it. */
export function databaseError(path: string, error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (error instanceof SegmentDamage) {
    return new DatabaseError(path, "damaged", error.message, error);
  }
  const { message, code, errcode } = error as Error & { code?: string; errcode?: number };
  const unnamed = code === "ERR_SQLITE_ERROR" ? SQLITE_CANTOPEN : undefined;
  const number = errcode ?? CODES[message] ?? unnamed;
  const unusable = `${message}. Choose another file, in a folder that can be written, with --db`;
  const known: Record<number, [trouble: DatabaseTrouble, reason: string]> = {
    [SQLITE_ERROR]: ["damaged", message],
    [SQLITE_READONLY]: ["other", unusable],
    [SQLITE_IOERR]: ["other", unusable],
    [SQLITE_CANTOPEN]: ["other", unusable],
    [SQLITE_FULL]: ["full", "the disk is full. Make room, or choose another file with --db"],
    [SQLITE_BUSY]: [
      "busy",
      "another process uses it. Stop that one, or choose another file with --db",
    ],
    [SQLITE_CORRUPT]: ["damaged", message],
    [SQLITE_NOT_A_DATABASE]: [
      "not a database",
      "it is no database. Choose another file with --db",
    ],
  };
  if (number === SQLITE_IOERR_SHORT_READ) {
    return new DatabaseError(path, "damaged", "the file is shorter than it was", error);
  }
  const [trouble, reason] = known[(number ?? -1) & 0xff] ?? ["other", message];
  return new DatabaseError(path, trouble, reason, error);
}

/** Stored data is missing or changed. The message says in a few words what is wrong. */
export class SegmentDamage extends Error {
  override name = "SegmentDamage";
}
