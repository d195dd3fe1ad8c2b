import { SIGNALS } from "../../../otlp/signal.ts";
import { DatabaseSync } from "node:sqlite";
import { DatabaseError } from "../database_error.ts";
import { databaseError } from "../segments/sqlite_errors.ts";
import { SqliteFile } from "../segments/sqlite_file.ts";
import { logPath, readLog, whereFound } from "./database_pages.ts";
import { examine, type Salvage, salvage } from "./salvage.ts";
import { readWriteAheadLog } from "./write_ahead_log.ts";

/** Options of {@linkcode openFile}. */
export interface OpenFileOptions {
  path: string;
  /** Whether to save the intact data of a damaged file in a new one. */
  isRecovering: boolean;
  /** Receives messages for the user. */
  report: (message: string) => void;
}

/**
 * Opens a database file. A damaged file is never ignored: either it is rejected with a list of what can
 * be saved, or the data is saved and the damaged file kept beside the new one.
 *
 * @param use Reads the file, which may reveal more damage.
 * @throws {DatabaseError} If the file cannot be used; the message says why, and what to do.
 */
export function openFile<Result>(
  { path, isRecovering, report }: OpenFileOptions,
  use: (file: SqliteFile) => Result,
): Result {
  try {
    checkBeforeOpening(path, report);
    const result = openAndUse(path, use);
    if (isRecovering) report(`The database "${path}" is not damaged: nothing to recover`);
    return result;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const found = isDamage(error) ? examine(path) : undefined;
    // A file without any of our data belongs to someone else.
    const isOurs = found && (error.trouble === "damaged" || totalOf(found, "saved") > 0);
    if (!found || !isOurs) throw error;
    const damage = error.trouble === "damaged" ? error.reason : "its first page cannot be read";
    if (!isRecovering) throw refusal(path, damage, found, error);
    const saved = salvage(path);
    report(
      `Recovered "${path}", which is damaged (${damage}): saved ${describe(saved)}. ` +
        `The damaged file is kept as "${saved.keptAs}"`,
    );
    return openAndUse(path, use);
  }
}

/** Detects a damaged log before SQLite opens the file, because SQLite would remove the log. */
function checkBeforeOpening(path: string, report: (message: string) => void): void {
  const log = readWriteAheadLog(readLog(path));
  const isEmpty = sizeOf(path) === 0;
  const damage = log?.damage ??
    (log && log.pages.size > 0 && !sizeOf(path)
      ? "it is missing, and only its log is left"
      : undefined);
  if (damage !== undefined) {
    refuseIfUsed(path);
    throw new DatabaseError(path, "damaged", damage);
  }
  if (isEmpty) {
    report(`The database "${path}" was an empty file, so the collector starts without data`);
  }
}

/**
 * The log cannot be judged while another process writes the file. SQLite can detect that, but it would
 * remove the log, so it must not see it.
 *
 * @throws {DatabaseError} If another process uses the file.
 */
function refuseIfUsed(path: string): void {
  if (!sizeOf(path)) return;
  const aside = `${logPath(path)}.aside`;
  Deno.renameSync(logPath(path), aside);
  try {
    // Not `using`, which the minifier drops if the variable is read only once, in what follows.
    const database = new DatabaseSync(path);
    try {
      database.exec("PRAGMA busy_timeout = 0; SELECT count(*) FROM sqlite_schema");
    } finally {
      database.close();
    }
  } catch (error) {
    const { trouble, reason } = databaseError(path, error);
    if (trouble === "busy") throw new DatabaseError(path, trouble, reason, error);
  } finally {
    Deno.renameSync(aside, logPath(path));
  }
}

function openAndUse<Result>(path: string, use: (file: SqliteFile) => Result): Result {
  const file = new SqliteFile(path);
  try {
    return use(file);
  } catch (error) {
    file.close();
    throw error;
  }
}

function isDamage({ trouble }: DatabaseError): boolean {
  return trouble === "damaged" || trouble === "not a database";
}

function refusal(path: string, damage: string, found: Salvage, cause: Error): DatabaseError {
  const reason = `it is damaged (${damage}). What can be saved is ${describe(found)}. ` +
    "To save it, start once with --db-recover, which keeps the damaged file, too; " +
    "or choose another file with --db";
  return new DatabaseError(path, "damaged", reason, cause);
}

/** Describes what was saved, by signal, and what was lost. */
function describe({ counts, isGoneDamaged }: Salvage): string {
  const parts = SIGNALS.filter((signal) => counts[signal].total > 0).map((signal) => {
    const { saved, total } = counts[signal];
    return `${saved} of ${total} requests of ${signal}`;
  });
  const all = parts.length === 0 ? "nothing, because nothing is in it" : parts.join(", ");
  return `${all}${isGoneDamaged ? "; traces that had been deleted may be back" : ""}`;
}

function totalOf({ counts }: Salvage, what: "saved" | "total"): number {
  return SIGNALS.reduce((sum, signal) => sum + counts[signal][what], 0);
}

/** The file's size; undefined if there is no such file. */
function sizeOf(path: string): number | undefined {
  return whereFound(() => Deno.statSync(path).size);
}
