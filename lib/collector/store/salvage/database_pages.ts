import { readWriteAheadLog, type WriteAheadLog } from "./write_ahead_log.ts";

const MAGIC = "SQLite format 3\0";
const DEFAULT_PAGE_BYTES = 4096;

/** An entry of the pointer map: a page's type, and the page it belongs to. */
const ENTRY_BYTES = 5;
const TABLE_ROOT = 1;
const TABLE_PAGE = 5;

/**
 * The pages of a database file, damaged or not. Pages in its write-ahead log replace older ones. Nothing
 * is written.
 *
 * @see https://www.sqlite.org/fileformat2.html
 */
export class DatabasePages implements Disposable {
  readonly pageBytes: number;
  /** Pages are numbered from 1 to this. */
  readonly count: number;
  readonly #file: Deno.FsFile | undefined;
  readonly #fileBytes: number;
  readonly #log: WriteAheadLog | undefined;
  readonly #logBytes: Uint8Array;

  /** @throws {Error} If the file cannot be read. */
  constructor(path: string) {
    this.#logBytes = readLog(path);
    this.#log = readWriteAheadLog(this.#logBytes);
    this.#file = whereFound(() => Deno.openSync(path));
    this.#fileBytes = this.#file?.statSync().size ?? 0;
    this.pageBytes = this.#log?.pageBytes || this.#readPageBytes();
    this.count = Math.max(
      Math.ceil(this.#fileBytes / this.pageBytes),
      ...this.#log?.pages.keys() ?? [],
    );
  }

  /** Reads a page; undefined if there is none. A page that is cut off is filled with zeros. */
  read(number: number): DataView | undefined {
    const inLog = this.#log?.pages.get(number);
    if (inLog !== undefined) return new DataView(this.#logBytes.buffer, inLog, this.pageBytes);
    const start = (number - 1) * this.pageBytes;
    if (!this.#file || number < 1 || start >= this.#fileBytes) return undefined;
    const bytes = new Uint8Array(this.pageBytes);
    this.#file.seekSync(start, Deno.SeekMode.Start);
    for (let read = 0; read < bytes.length;) {
      const more = this.#file.readSync(bytes.subarray(read));
      if (more === null) break;
      read += more;
    }
    return new DataView(bytes.buffer);
  }

  /**
   * Reads, for each page of a table, its parent page from the pointer map; 0 for a table's first page.
   * Files with `auto_vacuum` have a pointer map. It finds pages whose path through the table is damaged.
   */
  readPointerMap(): Map<number, number> {
    const entries = Math.floor(this.pageBytes / ENTRY_BYTES);
    const parents = new Map<number, number>();
    for (let mapPage = 2; mapPage <= this.count; mapPage += entries + 1) {
      const view = this.read(mapPage);
      for (let i = 0; view && i < entries; i++) {
        const type = view.getUint8(i * ENTRY_BYTES);
        const parent = view.getUint32(i * ENTRY_BYTES + 1);
        if (type === TABLE_ROOT) parents.set(mapPage + 1 + i, 0);
        if (type === TABLE_PAGE) parents.set(mapPage + 1 + i, parent);
      }
    }
    return parents;
  }

  [Symbol.dispose](): void {
    this.#file?.close();
  }

  #readPageBytes(): number {
    const head = new Uint8Array(18);
    this.#file?.readSync(head);
    const bytes = new DataView(head.buffer).getUint16(16);
    const isHeader = new TextDecoder().decode(head.subarray(0, 16)) === MAGIC;
    return isHeader && bytes >= 512 && (bytes & (bytes - 1)) === 0 ? bytes : DEFAULT_PAGE_BYTES;
  }
}

/** Reads a database's write-ahead log; empty if there is none. */
export function readLog(path: string): Uint8Array<ArrayBuffer> {
  return whereFound(() => Deno.readFileSync(logPath(path))) ?? new Uint8Array();
}

/** Uses a file; returns undefined if there is none. */
export function whereFound<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Where SQLite keeps the write-ahead log of a database. */
export function logPath(path: string): string {
  return `${path}-wal`;
}
