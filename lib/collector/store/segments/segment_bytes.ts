/**
 * The bytes of a signal's requests, numbered in order of arrival; the oldest are removed first. What
 * `read` returns is valid as long as the segment is kept.
 */
export interface SegmentBytes {
  /** Their total size. */
  readonly byteLength: number;
  /** The memory that the list of segments takes. */
  readonly indexBytes: number;
  /** The oldest segment's number; `end` is the next number to assign. */
  readonly first: number;
  readonly end: number;
  /** Keeps the bytes; the caller's array may be empty afterward. */
  append(bytes: Uint8Array<ArrayBuffer>): void;
  read(number: number): Uint8Array;
  /** Removes the oldest segment. */
  shift(): void;
  clear(): void;
}
