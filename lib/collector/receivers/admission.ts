import type { Store } from "../store/store.ts";
import { overloaded } from "./refused_error.ts";

/** Bytes that may wait to be stored, those being received included. */
export const DEFAULT_MAX_PENDING_BYTES = 64 * 1024 * 1024;

/** Bounds the memory of the requests that are on their way into the store, for all receivers. */
export class Admission {
  readonly #store: Pick<Store, "pendingBytes">;
  readonly #maxPendingBytes: number;
  #receivingBytes = 0;

  constructor(
    store: Pick<Store, "pendingBytes">,
    { maxPendingBytes = DEFAULT_MAX_PENDING_BYTES }: { maxPendingBytes?: number } = {},
  ) {
    this.#store = store;
    this.#maxPendingBytes = maxPendingBytes;
  }

  /** Starts to receive a request; dispose it as soon as the store has its bytes. */
  enter(): Reservation {
    return new Reservation((bytes, heldBytes) => this.#add(bytes, heldBytes));
  }

  #add(bytes: number, heldBytes: number): void {
    const before = this.#store.pendingBytes + this.#receivingBytes;
    // A request that is alone may be as large as it likes, or it could never be taken.
    const isAlone = before === heldBytes || bytes <= 0;
    if (!isAlone && before + bytes > this.#maxPendingBytes) {
      throw overloaded(`${before} bytes wait to be stored`);
    }
    this.#receivingBytes += bytes;
  }
}

/** The bytes that one request holds. */
export class Reservation implements Disposable {
  readonly #add: (bytes: number, heldBytes: number) => void;
  #heldBytes = 0;

  constructor(add: (bytes: number, heldBytes: number) => void) {
    this.#add = add;
  }

  /** @throws {RefusedError} If there are too many already. */
  add(bytes: number): void {
    this.#add(bytes, this.#heldBytes);
    this.#heldBytes += bytes;
  }

  [Symbol.dispose](): void {
    this.#add(-this.#heldBytes, this.#heldBytes);
    this.#heldBytes = 0;
  }
}
