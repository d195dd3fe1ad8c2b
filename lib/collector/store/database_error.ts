/** What is wrong with a database file. */
export type DatabaseTrouble = "damaged" | "full" | "busy" | "gone" | "not a database" | "other";

/** A database file cannot be used. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
  readonly path: string;
  readonly trouble: DatabaseTrouble;
  /** Why, in a few words, without the file's name. */
  readonly reason: string;

  constructor(path: string, trouble: DatabaseTrouble, reason: string, cause?: unknown) {
    super(`Cannot use "${path}" as the database: ${reason}`, { cause });
    this.path = path;
    this.trouble = trouble;
    this.reason = reason;
  }
}
