import { MAX_WINDOW_BYTES } from "./settings.ts";

/** What the client may still send, on a stream or on all: https://www.rfc-editor.org/rfc/rfc9113#section-5.2 */
export class ReceiveWindow {
  readonly #bytes: number;
  readonly #announce: (increment: number) => void;
  #left: number;
  #returned = 0;

  /** @param announce Tells the client that it may send so much more. */
  constructor(bytes: number, announce: (increment: number) => void) {
    this.#bytes = bytes;
    this.#announce = announce;
    this.#left = bytes;
  }

  /** Bytes arrived; returns whether they were allowed to. */
  take(bytes: number): boolean {
    this.#left -= bytes;
    return this.#left >= 0;
  }

  /** Bytes were read. The client is told as soon as they are half of the window. */
  giveBack(bytes: number): void {
    this.#returned += bytes;
    if (2 * this.#returned < this.#bytes) return;
    this.#announce(this.#returned);
    this.#left += this.#returned;
    this.#returned = 0;
  }
}

/** What may still be sent to the client, on a stream or on all. */
export class SendWindow {
  #bytes: number;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Negative if the client made its initial window smaller than what was sent already. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes are being sent. */
  take(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** The client allows more, or less; returns whether it may. */
  add(increment: number): boolean {
    this.#bytes += increment;
    return this.#bytes <= MAX_WINDOW_BYTES;
  }
}
