import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Signal } from "../../otlp/signal.ts";
import { createPrivate, FilePlace } from "../store/segments/file_place.ts";
import { databaseError } from "../store/segments/sqlite_errors.ts";
import { ENTRY_BYTES, type QueuedRequest, type RequestQueue } from "./forward_queue.ts";
import { Lines } from "./lines.ts";

/** The oldest requests are dropped beyond this. */
export const MAX_QUEUED_ON_DISK_BYTES = 1024 ** 3;

/** The queue's file, beside the store's. */
export function forwardQueueFile(storeFile: string): string {
  return `${storeFile}-forward`;
}

/** "otlf" in ASCII: marks the file as ours. */
const APPLICATION_ID = 0x6f746c66;
const FORMAT_VERSION = 1;

/** What is known of a request without reading its bytes. */
interface Entry {
  sequence: number;
  signal: Signal;
  bytes: number;
  count: number;
}

/**
 * A queue that survives the process. A request is with the operating system when `reserve` or `add` returns,
 * and stays in the file until it is done, so one that was being sent when the process was killed is sent again.
 */
export class DiskQueue implements RequestQueue {
  readonly isDurable = true;
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #database: DatabaseSync;
  readonly #place: FilePlace;
  readonly #insert: StatementSync;
  readonly #read: StatementSync;
  readonly #delete: StatementSync;
  readonly #lines = new Lines<Entry>();
  #bytes = 0;

  /**
   * Opens the file, or creates it, accessible only to its owner.
   *
   * @throws {DatabaseError} If the file cannot be used; the message says why.
   */
  constructor(path: string, maxBytes: number) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    createPrivate(path);
    this.#database = this.#guarded(() => new DatabaseSync(path));
    try {
      this.#guarded(() => prepare(this.#database));
      this.#place = new FilePlace(path);
      const prepareStatement = (sql: string) => this.#database.prepare(sql);
      this.#insert = prepareStatement(
        "INSERT INTO requests (signal, body) VALUES (?, ?)",
      );
      this.#read = prepareStatement("SELECT body FROM requests WHERE sequence = ?");
      this.#delete = prepareStatement("DELETE FROM requests WHERE sequence = ?");
      this.#guarded(() => this.#load());
    } catch (error) {
      this.#database.close();
      throw databaseError(path, error);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#lines.length;
  }

  has(signal: Signal): boolean {
    return this.#lines.has(signal);
  }

  /** @throws {DatabaseError} If the request could not be stored. */
  reserve(signal: Signal, body: Uint8Array<ArrayBuffer>): number {
    return this.#guarded(() => {
      this.#place.check();
      return Number(this.#insert.run(signal, body).lastInsertRowid);
    });
  }

  cancel(reserved: number): void {
    this.#guarded(() => this.#delete.run(reserved));
  }

  /** @throws {DatabaseError} If the request could not be stored. */
  add(signal: Signal, body: Uint8Array<ArrayBuffer>, count: number, reserved?: number): number {
    const sequence = reserved ?? this.reserve(signal, body);
    this.#note({ sequence, signal, count, bytes: body.length + ENTRY_BYTES });
    let dropped = 0;
    while (this.#bytes > this.#maxBytes) {
      const { oldest } = this.#lines;
      if (!oldest) break; // Everything else is being sent.
      this.#lines.take(oldest.signal);
      this.#forget(oldest);
      dropped++;
    }
    return dropped;
  }

  take(signal: Signal): QueuedRequest | undefined {
    const entry = this.#lines.take(signal);
    if (!entry) return undefined;
    const { count, sequence } = entry;
    const { body } = this.#guarded(() => this.#read.get(sequence)!);
    return { signal, count, sequence, body: body as Uint8Array<ArrayBuffer> };
  }

  done({ sequence, body }: QueuedRequest): void {
    this.#forget({ sequence, bytes: body.length + ENTRY_BYTES });
  }

  close(): void {
    this.#database.close();
  }

  #load(): void {
    const rows = this.#database
      .prepare("SELECT sequence, signal, length(body) AS bytes FROM requests ORDER BY sequence")
      .all();
    for (const { sequence, signal, bytes } of rows) {
      const entry = { signal: signal as Signal, bytes: Number(bytes) + ENTRY_BYTES };
      this.#note({ ...entry, sequence: Number(sequence), count: Infinity });
    }
  }

  #note(entry: Entry): void {
    this.#lines.add(entry);
    this.#bytes += entry.bytes;
  }

  #forget({ sequence, bytes }: Pick<Entry, "sequence" | "bytes">): void {
    this.#guarded(() => this.#delete.run(sequence));
    this.#bytes -= bytes;
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw databaseError(this.#path, error);
    }
  }
}

/** @throws {Error} If the file belongs to another program. */
function prepare(database: DatabaseSync): void {
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0");
  const read = (sql: string) => Number(Object.values(database.prepare(sql).get()!)[0]);
  const isNew = read("SELECT count(*) FROM sqlite_schema") === 0;
  const [id, version] = [read("PRAGMA application_id"), read("PRAGMA user_version")];
  if (!isNew && (id !== APPLICATION_ID || version > FORMAT_VERSION)) {
    throw new Error("it is no queue of this otel-kit. Move it, or choose another file with --db");
  }
  if (isNew) database.exec("PRAGMA auto_vacuum = INCREMENTAL");
  // As with the store: a killed process loses nothing, and no write waits for the disk.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  if (!isNew) return;
  database.exec(`
    CREATE TABLE requests (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      signal TEXT NOT NULL,
      body BLOB NOT NULL
    ) STRICT;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${FORMAT_VERSION};
  `);
}
