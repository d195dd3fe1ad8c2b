const [CR, LF] = [0x0d, 0x0a];

/** The longest line with the size of a chunk, extensions included. */
const MAX_SIZE_LINE_BYTES = 256;

const MAX_TRAILER_BYTES = 8 * 1024;

/** Finds the body in received data. */
export interface Framing {
  /** Whether the whole body was seen. */
  readonly isComplete: boolean;
  /**
   * Takes the next part of the body from the input, and returns how many bytes were used. The part may be
   * empty, and is a view of the input, which may be overwritten.
   *
   * @throws {FramingError} If the body is malformed.
   */
  decode(bytes: Uint8Array): { part: Uint8Array; used: number };
}

/** A body is malformed, so the start of the next request is unknown. */
export class FramingError extends Error {
  override name = "FramingError";
}

/** Returns a decoder for a body of that length, or in chunks. */
export function framingOf(framing: number | "chunked"): Framing {
  return framing === "chunked" ? new ChunkedFraming() : new LengthFraming(framing);
}

class LengthFraming implements Framing {
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get isComplete(): boolean {
    return this.#left === 0;
  }

  decode(bytes: Uint8Array): { part: Uint8Array; used: number } {
    const part = bytes.subarray(0, this.#left);
    this.#left -= part.length;
    return { part, used: part.length };
  }
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
class ChunkedFraming implements Framing {
  #state: "size" | "data" | "dataEnd" | "trailers" | "complete" = "size";
  /** Of the current chunk. */
  #left = 0;
  #trailerBytes = 0;

  get isComplete(): boolean {
    return this.#state === "complete";
  }

  /** Joins the data of all chunks, so that tiny chunks do not become tiny parts. */
  decode(bytes: Uint8Array): { part: Uint8Array; used: number } {
    let length = 0;
    let used = 0;
    while (!this.isComplete) {
      if (this.#state === "data") {
        const count = Math.min(this.#left, bytes.length - used);
        bytes.copyWithin(length, used, used + count);
        length += count;
        used += count;
        this.#left -= count;
        if (this.#left > 0) break;
        this.#state = "dataEnd";
      }
      const line = readLine(bytes, used, this.#state === "trailers");
      if (line === undefined) break;
      used += line.length + 2;
      this.#receiveLine(line);
    }
    return { part: bytes.subarray(0, length), used };
  }

  #receiveLine(line: string): void {
    if (this.#state === "size") {
      const [, digits] = /^([0-9A-Fa-f]{1,8})(?:[ \t]*;.*)?$/.exec(line) ?? [];
      if (digits === undefined) throw new FramingError("a chunk has no size");
      this.#left = parseInt(digits, 16);
      this.#state = this.#left === 0 ? "trailers" : "data";
    } else if (this.#state === "dataEnd") {
      if (line !== "") throw new FramingError("a chunk is longer than its size");
      this.#state = "size";
    } else if (line === "") {
      this.#state = "complete";
    } else {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > MAX_TRAILER_BYTES) {
        throw new FramingError("its trailers are too long");
      }
    }
  }
}

/** Reads a line without its line end; undefined if it is incomplete. */
function readLine(bytes: Uint8Array, start: number, isTrailer: boolean): string | undefined {
  const maxBytes = isTrailer ? MAX_TRAILER_BYTES : MAX_SIZE_LINE_BYTES;
  const window = bytes.subarray(start, start + maxBytes);
  const end = window.indexOf(LF);
  if (end < 0) {
    if (window.length === maxBytes) throw new FramingError("a line is too long");
    return undefined;
  }
  if (window[end - 1] !== CR) throw new FramingError("a line ends without CR");
  const line = String.fromCharCode(...window.subarray(0, end - 1));
  if (/[^\t\x20-\x7e\x80-\xff]/.test(line)) throw new FramingError("a line has control characters");
  return line;
}
