import type { Socket } from "../http/socket.ts";

/** Room for the longest head, and for much of a body at once. */
export const INPUT_BYTES = 32 * 1024;

/** The initial capacity: most connections are idle, or send little. */
const FIRST_BYTES = 4 * 1024;

/** Buffers received data until it is used. */
export class Input {
  readonly #socket: Pick<Socket, "read">;
  #buffer: Uint8Array<ArrayBuffer>;
  #start = 0;
  #end = 0;
  #reading: Promise<boolean> | undefined;

  /** @param start Input that was already read; no more than {@linkcode INPUT_BYTES}. */
  constructor(socket: Pick<Socket, "read">, start: Uint8Array) {
    this.#socket = socket;
    this.#buffer = new Uint8Array(Math.max(FIRST_BYTES, start.length));
    this.#buffer.set(start);
    this.#end = start.length;
  }

  /** The unused data: a view that is valid until {@linkcode more}. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Whether there is no room for more. */
  get isFull(): boolean {
    return this.#end - this.#start === INPUT_BYTES;
  }

  /** Marks bytes as used. */
  skip(count: number): void {
    this.#start += count;
  }

  /**
   * Reads more; returns false at the end. Concurrent callers wait for the same bytes.
   *
   * @throws The errors of the socket.
   */
  more(): Promise<boolean> {
    this.#reading ??= this.#read().finally(() => this.#reading = undefined);
    return this.#reading;
  }

  async #read(): Promise<boolean> {
    // A sender that fills it has more to send.
    if (this.#end === this.#buffer.length && this.#end < INPUT_BYTES) {
      this.#buffer = new Uint8Array(this.#buffer.buffer.transfer(INPUT_BYTES));
    }
    this.#buffer.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    const count = await this.#socket.read(this.#buffer.subarray(this.#end));
    if (count === null) return false;
    this.#end += count;
    return true;
  }
}
