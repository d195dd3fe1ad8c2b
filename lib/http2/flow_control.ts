import { MAX_WINDOW_BYTES } from "./settings.ts";

/** How much the client may send, on a stream or on the connection: https://www.rfc-editor.org/rfc/rfc9113#section-5.2 */
export class ReceiveWindow {
  readonly #bytes: number;
  readonly #announce: (increment: number) => void;
  #left: number;
  #returned = 0;

  /** @param announce Sends WINDOW_UPDATE. */
  constructor(bytes: number, announce: (increment: number) => void) {
    this.#bytes = bytes;
    this.#announce = announce;
    this.#left = bytes;
  }

  /** Accounts for received bytes; returns false if they exceed the window. */
  take(bytes: number): boolean {
    this.#left -= bytes;
    return this.#left >= 0;
  }

  /** Accounts for bytes that were read. The client is told once they are half of the window. */
  giveBack(bytes: number): void {
    this.#returned += bytes;
    if (2 * this.#returned < this.#bytes) return;
    this.#announce(this.#returned);
    this.#left += this.#returned;
    this.#returned = 0;
  }
}

/** How much the server may send, on a stream or on the connection. */
export class SendWindow {
  #bytes: number;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Negative if the client shrank its initial window below what was already sent. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Accounts for bytes that are sent. */
  take(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Grows or shrinks the window; returns false if it exceeds the maximum. */
  add(increment: number): boolean {
    this.#bytes += increment;
    return this.#bytes <= MAX_WINDOW_BYTES;
  }
}
