import { DatabaseError } from "../database_error.ts";

/** Looked at so often, at most: it is a call of the system's. */
const LOOK_MS = 1000;

const REASON =
  "the file was deleted, or another one was put in its place. What it keeps can still be " +
  "read, and saved from the page, until the collector ends";

/**
 * Where a database file was when it was opened. A file that is deleted under SQLite goes on as if nothing
 * had happened, and with the process everything is gone.
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
   * To be called often.
   *
   * @throws {DatabaseError} If the file is there no more.
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

/** Undefined if there is none. Where the system numbers no files, all have the same. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}
