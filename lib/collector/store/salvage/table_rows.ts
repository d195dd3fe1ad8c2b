import type { DatabasePages } from "./database_pages.ts";

/** Page types of a table. */
const INTERIOR = 5;
const LEAF = 13;

/** The first page starts with the database header. */
const DATABASE_HEADER_BYTES = 100;

/** A row of a table, as far as it is readable. */
export interface TableRow {
  id: number;
  values: (Uint8Array | string | number | null)[];
}

/** The rows found in a table. */
export interface FoundTable {
  /** Where each row begins, by id. */
  places: Map<number, RowPlace>;
  /** How many pages should belong to the table but are not table pages. */
  damagedPages: number;
}

interface RowPlace {
  page: number;
  offset: number;
}

/**
 * Finds the rows of a table. Follows its pages from the first one down. If a page on the way is damaged,
 * uses the pointer map.
 */
export function findRows(
  pages: DatabasePages,
  root: number,
  parents: ReadonlyMap<number, number>,
): FoundTable {
  const children = Map.groupBy(parents.keys(), (page) => parents.get(page)!);
  const found: FoundTable = { places: new Map(), damagedPages: 0 };
  const seen = new Set<number>();
  const waiting = [root];
  for (let number; (number = waiting.pop()) !== undefined;) {
    if (seen.has(number)) continue;
    seen.add(number);
    waiting.push(...children.get(number) ?? []);
    const view = pages.read(number);
    const type = view?.getUint8(headerAt(number));
    if (view && type === INTERIOR) waiting.push(...childrenOf(view, number));
    else if (view && type === LEAF) {
      for (const [id, offset] of cellsOf(view, number)) {
        if (!found.places.has(id)) found.places.set(id, { page: number, offset });
      }
    } else found.damagedPages++;
  }
  return found;
}

/** Reads a row; undefined if it is damaged. */
export function readRow(pages: DatabasePages, { page, offset }: RowPlace): TableRow | undefined {
  try {
    const view = pages.read(page)!;
    const [length, atId] = varint(view, offset);
    const [id, atPayload] = varint(view, atId);
    const payload = readPayload(pages, view, atPayload, length);
    return payload && { id, values: readRecord(payload) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function headerAt(page: number): number {
  return page === 1 ? DATABASE_HEADER_BYTES : 0;
}

function childrenOf(view: DataView, number: number): number[] {
  const at = headerAt(number);
  const children = cellPlaces(view, at + 12, view.getUint16(at + 3))
    .map((offset) => view.getUint32(offset));
  return [...children, view.getUint32(at + 8)];
}

/** Ids of the rows on a leaf page, and where they begin. */
function* cellsOf(view: DataView, number: number): Generator<[id: number, offset: number]> {
  const at = headerAt(number);
  for (const offset of cellPlaces(view, at + 8, view.getUint16(at + 3))) {
    try {
      const [, atId] = varint(view, offset);
      const [id] = varint(view, atId);
      yield [id, offset];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
}

function cellPlaces(view: DataView, at: number, count: number): number[] {
  const fitting = Math.min(count, Math.floor((view.byteLength - at) / 2));
  return Array.from({ length: fitting }, (_, i) => view.getUint16(at + 2 * i))
    .filter((offset) => offset >= at && offset <= view.byteLength - 4);
}

/**
 * Reads the bytes of a row. The page holds their beginning, and a chain of overflow pages holds the rest.
 *
 * @see https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages
 */
function readPayload(
  pages: DatabasePages,
  view: DataView,
  at: number,
  length: number,
): Uint8Array | undefined {
  const usable = pages.pageBytes;
  const least = Math.floor((usable - 12) * 32 / 255) - 23;
  const wanted = least + (length - least) % (usable - 4);
  const isWhole = length <= usable - 35;
  const local = isWhole ? length : wanted <= usable - 35 ? wanted : least;
  if (length > pages.count * usable) return undefined;
  const payload = new Uint8Array(length);
  payload.set(new Uint8Array(view.buffer, view.byteOffset + at, local));
  let next = isWhole ? 0 : view.getUint32(at + local);
  for (let filled = local; filled < length;) {
    const page = pages.read(next);
    if (!page) return undefined;
    const part = Math.min(usable - 4, length - filled);
    payload.set(new Uint8Array(page.buffer, page.byteOffset + 4, part), filled);
    filled += part;
    next = page.getUint32(0);
  }
  return payload;
}

/** @see https://www.sqlite.org/fileformat2.html#record_format */
function readRecord(payload: Uint8Array): TableRow["values"] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const [headerLength, start] = varint(view, 0);
  const values: TableRow["values"] = [];
  let at = headerLength;
  for (let position = start; position < headerLength;) {
    const [type, next] = varint(view, position);
    position = next;
    const [value, end] = readValue(view, type, at);
    values.push(value);
    at = end;
  }
  return values;
}

/** The size of an integer, by its type. */
const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

function readValue(
  view: DataView,
  type: number,
  at: number,
): [value: TableRow["values"][number], end: number] {
  if (type === 0) return [null, at];
  if (type === 8 || type === 9) return [type - 8, at];
  if (type >= 12) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, (type - 12) >>> 1);
    if (bytes.byteOffset + bytes.length > view.byteOffset + view.byteLength) throw new RangeError();
    return [type % 2 === 0 ? bytes : new TextDecoder().decode(bytes), at + bytes.length];
  }
  const length = INTEGER_BYTES[type];
  if (length === undefined) throw new RangeError(`there is no type ${type}`);
  let value = view.getInt8(at);
  for (let i = 1; i < length; i++) value = value * 256 + view.getUint8(at + i);
  return [value, at + length];
}

/** Reads a number of one to nine bytes. Each has seven bits, except the ninth. */
function varint(view: DataView, at: number): [value: number, end: number] {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = view.getUint8(at + i);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + i + 1];
  }
  return [value * 256 + view.getUint8(at + 8), at + 9];
}
