import { PREFIX_BYTES } from "../../otlp/grpc.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { freeBytes, resizeBytes } from "../../large_bytes.ts";
import type { Reservation } from "./admission.ts";
import { malformed, tooLarge } from "./refused_error.ts";

/** The initial capacity, whatever length the message claims. */
const FIRST_BYTES = 64 * 1024;

/**
 * Assembles a message from its parts: https://grpc.github.io/grpc/core/md_doc__p_r_o_t_o_c_o_l-_h_t_t_p2.html
 */
export class MessageReader {
  readonly #limitBytes: number;
  readonly #reservation: Reservation;
  readonly #prefix = new DataView(new ArrayBuffer(PREFIX_BYTES));
  #wireBytes = 0;
  #message = new Uint8Array();
  /** The reserved capacity. */
  #capacity = 0;

  constructor(limitBytes: number, reservation: Reservation) {
    this.#limitBytes = limitBytes;
    this.#reservation = reservation;
  }

  /** The bytes that have arrived, including the prefix. */
  get wireBytes(): number {
    return this.#wireBytes;
  }

  /**
   * Adds a copy of a part; returns a promise if it has to wait for memory.
   *
   * @throws {RefusedError} If the message is too long, or the promise if there is no memory in time.
   */
  add(part: Uint8Array): void | Promise<void> {
    let rest = part;
    while (this.#wireBytes < PREFIX_BYTES && rest.length > 0) {
      this.#prefix.setUint8(this.#wireBytes++, rest[0]!);
      rest = rest.subarray(1);
    }
    if (rest.length === 0) return;
    const start = this.#wireBytes - PREFIX_BYTES;
    this.#wireBytes += rest.length;
    const announced = this.#announcedBytes;
    if (Math.max(announced, start + rest.length) > this.#limitBytes) {
      throw tooLarge(this.#limitBytes);
    }
    // Surplus bytes are dropped; `end()` then rejects the message.
    if (start + rest.length > announced) return;
    const granted = this.#reserve(start + rest.length);
    if (!granted) return this.#keep(rest, start);
    // The part is only valid during the call.
    const copy = rest.slice();
    return granted.then(() => this.#keep(copy, start));
  }

  /**
   * Ends the message.
   *
   * @throws {RefusedError} If the parts are not exactly one message.
   */
  end(): { body: Uint8Array<ArrayBuffer>; isCompressed: boolean } {
    if (this.#wireBytes < PREFIX_BYTES) {
      throw malformed(new MalformedError("no message in the call", this.#wireBytes));
    }
    const length = this.#wireBytes - PREFIX_BYTES;
    if (length !== this.#announcedBytes) {
      throw malformed(
        new MalformedError(
          `the message has ${length} bytes, its prefix says ${this.#announcedBytes}`,
          1,
        ),
      );
    }
    return { body: this.#message, isCompressed: this.#prefix.getUint8(0) === 1 };
  }

  /** Releases the memory of an incomplete message. */
  free(): void {
    freeBytes(this.#message);
  }

  get #announcedBytes(): number {
    return this.#prefix.getUint32(1);
  }

  /** Reserves memory, but never beyond the announced length: a complete message fills it exactly. */
  #reserve(neededBytes: number): void | Promise<void> {
    const before = this.#message.length;
    if (neededBytes <= before) return;
    this.#capacity = Math.min(
      this.#announcedBytes,
      Math.max(neededBytes, 2 * before, FIRST_BYTES),
    );
    return this.#reservation.add(this.#capacity - before);
  }

  #keep(part: Uint8Array, start: number): void {
    if (this.#capacity > this.#message.length) {
      this.#message = resizeBytes(this.#message, this.#capacity);
    }
    this.#message.set(part, start);
  }
}
