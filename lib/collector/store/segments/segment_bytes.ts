/**
 * The bytes of the requests of a signal, numbered in order of arrival; the oldest go first. What is
 * read holds only until the next call.
 */
export interface SegmentBytes {
  /** What they take. */
  readonly byteLength: number;
  /** The oldest one's number, and the number that comes next. */
  readonly first: number;
  readonly end: number;
  /** Keeps the bytes, which may be gone then. */
  append(bytes: Uint8Array<ArrayBuffer>): void;
  read(number: number): Uint8Array;
  /** Takes the oldest one away. */
  shift(): void;
  clear(): void;
}
