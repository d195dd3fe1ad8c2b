import { GrowingBytes } from "../growing_bytes.ts";
import { TimeSlice } from "../time_slice.ts";

const LF = 10;

/** A line with its number, starting at 1. */
export interface Line {
  number: number;
  /** Undefined if the line exceeds the limit; it was read to its end, but not kept. */
  bytes: Uint8Array<ArrayBuffer> | undefined;
}

/** Splits a text, which comes in parts of any size, into lines; leaves out blank lines. */
export async function* readLines(
  body: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>,
  maxBytes: number,
): AsyncGenerator<Line> {
  let line = new GrowingBytes();
  let length = 0;
  let number = 0;
  const slice = new TimeSlice();
  for await (const part of body) {
    let start = 0;
    for (let end = part.indexOf(LF); end >= 0; end = part.indexOf(LF, start)) {
      const isWhole = length === 0 && end - start <= maxBytes;
      if (!isWhole) add(part.subarray(start, end));
      const next = isWhole ? lineOf(part, start, end) : take();
      start = end + 1;
      if (next) yield next;
      if (slice.isOver) await slice.pause();
    }
    add(part.subarray(start));
  }
  const last = length > 0 ? take() : undefined;
  if (last) yield last;

  /** A line within a single part needs no assembly. */
  function lineOf(part: Uint8Array<ArrayBuffer>, start: number, end: number): Line | undefined {
    number++;
    return isBlank(part, start, end) ? undefined : { number, bytes: part.slice(start, end) };
  }

  function add(part: Uint8Array): void {
    length += part.length;
    if (length > maxBytes) line = new GrowingBytes();
    else if (part.length > 0) line.add(part);
  }

  function take(): Line | undefined {
    const bytes = length > maxBytes ? undefined : line.take();
    line = new GrowingBytes();
    length = 0;
    number++;
    return bytes && isBlank(bytes) ? undefined : { number, bytes };
  }
}

function isBlank(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! > 32) return false;
  return true;
}
