import { ConnectionError, ERROR_CODE, protocolError } from "./errors.ts";
import { FLAG, type Frame, FRAME_TYPE, readUint31, withoutPadding, wrongSize } from "./frames.ts";
import type { HttpLimits } from "../http/limits.ts";

const PRIORITY_BYTES = 5;

/** A complete header block, and the flags of its first frame. */
export interface HeaderBlock {
  streamId: number;
  /** A view of the frame if there was only one. */
  block: Uint8Array;
  /** Whether the HEADERS frame ends the stream. */
  isEnd: boolean;
  /** https://www.rfc-editor.org/rfc/rfc7540#section-5.3.1 */
  dependsOnItself: boolean;
}

/** Joins the fragments of header blocks: https://www.rfc-editor.org/rfc/rfc9113#section-4.3 */
export class HeaderBlockReader {
  readonly #limits: HttpLimits;
  #open: Omit<HeaderBlock, "block"> | undefined;
  #fragments: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(limits: HttpLimits) {
    this.#limits = limits;
  }

  /** Whether only CONTINUATION may follow. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Bytes of an incomplete block. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /**
   * Reads HEADERS or CONTINUATION; returns the block once it is complete.
   *
   * @throws {ConnectionError} If the frame is out of place, or the block is too long.
   */
  read(frame: Frame): HeaderBlock | undefined {
    if (frame.type === FRAME_TYPE.HEADERS) return this.#start(frame);
    if (frame.streamId !== this.#open?.streamId) {
      throw protocolError("CONTINUATION continues nothing");
    }
    return this.#add(this.#open, frame.payload, frame.flags);
  }

  #start(frame: Frame): HeaderBlock | undefined {
    const payload = withoutPadding(frame);
    const { streamId, flags } = frame;
    const isEnd = (flags & FLAG.END_STREAM) !== 0;
    if (!(flags & FLAG.PRIORITY)) {
      return this.#add({ streamId, isEnd, dependsOnItself: false }, payload, flags);
    }
    if (payload.length < PRIORITY_BYTES) throw wrongSize("HEADERS without their priority");
    const dependsOnItself = readUint31(payload, 0) === streamId;
    return this.#add({ streamId, isEnd, dependsOnItself }, payload.subarray(PRIORITY_BYTES), flags);
  }

  #add(
    open: Omit<HeaderBlock, "block">,
    fragment: Uint8Array,
    flags: number,
  ): HeaderBlock | undefined {
    const isLast = (flags & FLAG.END_HEADERS) !== 0;
    if (isLast && this.#fragments.length === 0) return { ...open, block: fragment };
    this.#open = open;
    this.#fragments.push(fragment.slice());
    this.#heldBytes += fragment.length;
    const { headerListBytes, headerBlockFrames } = this.#limits;
    // No list within the limit needs a longer block.
    if (this.#heldBytes > headerListBytes || this.#fragments.length > headerBlockFrames) {
      throw new ConnectionError(
        ERROR_CODE.ENHANCE_YOUR_CALM,
        `a header block has more than ${headerListBytes} bytes or ${headerBlockFrames} frames`,
      );
    }
    return isLast ? { ...open, block: this.#complete() } : undefined;
  }

  #complete(): Uint8Array {
    const block = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const fragment of this.#fragments) {
      block.set(fragment, at);
      at += fragment.length;
    }
    this.#open = undefined;
    this.#fragments = [];
    this.#heldBytes = 0;
    return block;
  }
}
