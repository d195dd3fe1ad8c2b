import { type Signal, SIGNALS } from "../../../otlp/signal.ts";
import { SqliteFile } from "../segments/sqlite_file.ts";
import { DatabasePages, logPath, whereFound } from "./database_pages.ts";
import { FoundData } from "./found_data.ts";

/** How many bytes to write in one transaction. */
const MAX_TRANSACTION_BYTES = 4 * 2 ** 20;

/** What was saved of a damaged file, or can be. */
export interface Salvage {
  /** Requests of each signal: how many are intact, and how many there were. */
  counts: Record<Signal, { saved: number; total: number }>;
  /** Whether notes about deleted traces may be missing, so that some of those traces are back. */
  isGoneDamaged: boolean;
}

/**
 * Finds out what can be saved of a file, and writes nothing.
 *
 * @throws {Error} If the file cannot be read.
 */
export function examine(path: string): Salvage {
  return withFound(path, (found) => salvageOf(found, (signal) => count(found.segments(signal))));
}

/**
 * Saves the intact data of a damaged file in a new one, which replaces it.
 *
 * @returns What was saved, and where the damaged file and its log are now.
 * @throws {Error} If the new file cannot be written; then the damaged one stays where it is.
 */
export function salvage(path: string): Salvage & { keptAs: string } {
  const newPath = `${path}.recovering`;
  removeDatabase(newPath);
  const file = new SqliteFile(newPath);
  let saved: Salvage;
  try {
    saved = withFound(path, (found) => {
      const numbers = new Map<Signal, number[]>();
      const salvaged = salvageOf(found, (signal) => {
        const written = copySegments(found, signal, file);
        numbers.set(signal, written);
        return written.length;
      });
      copyGone(found, numbers.get("traces")!, file);
      return salvaged;
    });
  } finally {
    file.close();
  }
  const keptAs = freeName(path);
  for (const [from, to] of [[path, keptAs], [logPath(path), logPath(keptAs)]] as const) {
    if (exists(from)) Deno.renameSync(from, to);
  }
  Deno.renameSync(newPath, path);
  return { ...saved, keptAs };
}

function withFound<Result>(path: string, use: (found: FoundData) => Result): Result {
  using pages = new DatabasePages(path);
  return use(new FoundData(pages));
}

function salvageOf(found: FoundData, save: (signal: Signal) => number): Salvage {
  const counts = Object.fromEntries(SIGNALS.map((signal) => {
    const saved = save(signal);
    return [signal, { saved, total: Math.max(saved, found.countOf(signal)) }];
  })) as Salvage["counts"];
  return { counts, isGoneDamaged: found.isGoneDamaged };
}

/** Copies the requests of a signal and returns their old numbers. */
function copySegments(found: FoundData, signal: Signal, file: SqliteFile): number[] {
  const numbers: number[] = [];
  const segments = found.segments(signal);
  for (let isDone = false; !isDone;) {
    file.transaction(() => {
      for (let bytes = 0; bytes < MAX_TRANSACTION_BYTES;) {
        const { value, done } = segments.next();
        if (done) {
          isDone = true;
          return;
        }
        file.segments(signal).append(value.bytes);
        numbers.push(value.number);
        bytes += value.bytes.length;
      }
    });
  }
  return numbers;
}

/** Copies which traces are gone, using the new segment numbers. */
function copyGone(found: FoundData, numbers: readonly number[], file: SqliteFile): void {
  const newNumbers = new Map(numbers.map((number, i) => [number, i]));
  file.transaction(() => {
    for (const [traceId, segment] of found.gone) {
      let last = segment;
      const first = numbers[0] ?? Infinity;
      while (last >= first && !newNumbers.has(last)) last--;
      const number = newNumbers.get(last);
      if (number !== undefined) file.noteGone(traceId, number);
    }
  });
}

function count(items: Iterable<unknown>): number {
  let number = 0;
  for (const _ of items) number++;
  return number;
}

/** A file name beside the database that is not in use. */
function freeName(path: string): string {
  const names = Array.from({ length: 1000 }, (_, i) => `${path}.damaged${i === 0 ? "" : `-${i}`}`);
  const free = names.find((name) => !exists(name) && !exists(logPath(name)));
  if (free === undefined) {
    throw new Error(`there are ${names.length} damaged files beside "${path}"`);
  }
  return free;
}

function exists(path: string): boolean {
  return whereFound(() => Deno.statSync(path)) !== undefined;
}

/** Removes a database file and its log. */
export function removeDatabase(path: string): void {
  for (const name of [path, logPath(path)]) if (exists(name)) Deno.removeSync(name);
}
