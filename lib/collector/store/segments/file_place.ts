import { DatabaseError } from "../database_error.ts";

/** Checks at most this often, because each check is a system call. */
const LOOK_MS = 1000;

const REASON =
  "the file was deleted, or another one was put in its place. What it keeps can still be " +
  "read, and saved from the page, until the collector ends";

/**
 * Where a database file was when it was opened. If a file is deleted while SQLite has it open, SQLite
 * continues as if nothing had happened, and everything is lost when the process ends.
 */
export class FilePlace {
  readonly #path: string;
  readonly #file: string | undefined;
  #lookedAt = performance.now();

  constructor(path: string) {
    this.#path = path;
    this.#file = identityOf(path);
  }

  /**
   * Call this often.
   *
   * @throws {DatabaseError} If the file is no longer there.
   */
  check(): void {
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_MS) return;
    if (identityOf(this.#path) !== this.#file) throw new DatabaseError(this.#path, "gone", REASON);
    this.#lookedAt = now;
  }

  /** Whether another file is in its place. */
  get isTaken(): boolean {
    const file = identityOf(this.#path);
    return file !== undefined && file !== this.#file;
  }
}

/** Creates a file for its owner only: telemetry is private, but SQLite would let everybody read it. */
export function createPrivate(path: string): void {
  try {
    Deno.openSync(path, { write: true, createNew: true, mode: 0o600 }).close();
  } catch {
    // The file exists or cannot be created: SQLite reports which.
  }
}

/** Undefined if there is no file. On systems without file numbers, all files share one identity. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}
