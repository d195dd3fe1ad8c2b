import type { ErrorCode } from "./errors.ts";
import { FLAG, FRAME_TYPE, MAX_FRAME_BYTES } from "./frames.ts";
import { encodeFields, encodeNoTable } from "./hpack/encoder.ts";
import type { HeaderField } from "./hpack/header_field.ts";
import { OutputBuffer } from "./output_buffer.ts";

/** The longest explanation in a GOAWAY. */
const MAX_EXPLANATION_BYTES = 200;

/** Writes the frames of one connection into a buffer. */
export class FrameWriter {
  readonly #output = new OutputBuffer();
  readonly #block = new OutputBuffer();
  #isFirstBlock = true;

  /** The number of bytes written since the last {@linkcode take}. */
  get length(): number {
    return this.#output.length;
  }

  /** Returns the written bytes, and starts over. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#output.take();
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.1 */
  data(streamId: number, data: Uint8Array, isEnd: boolean): void {
    this.#header(data.length, FRAME_TYPE.DATA, isEnd ? FLAG.END_STREAM : 0, streamId);
    this.#output.writeBytes(data);
  }

  /**
   * Writes HEADERS, and CONTINUATION if needed.
   *
   * @throws {TypeError} If a name or value is invalid; nothing is written then.
   */
  headers(streamId: number, fields: Iterable<HeaderField>, isEnd: boolean): void {
    try {
      if (this.#isFirstBlock) encodeNoTable(this.#block);
      encodeFields(this.#block, fields);
    } catch (error) {
      this.#block.take();
      throw error;
    }
    this.#isFirstBlock = false;
    const block = this.#block.take();
    for (let at = 0; at === 0 || at < block.length; at += MAX_FRAME_BYTES) {
      const fragment = block.subarray(at, at + MAX_FRAME_BYTES);
      const isLast = at + MAX_FRAME_BYTES >= block.length;
      this.#header(
        fragment.length,
        at === 0 ? FRAME_TYPE.HEADERS : FRAME_TYPE.CONTINUATION,
        (at === 0 && isEnd ? FLAG.END_STREAM : 0) | (isLast ? FLAG.END_HEADERS : 0),
        streamId,
      );
      this.#output.writeBytes(fragment);
    }
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.4 */
  reset(streamId: number, code: ErrorCode): void {
    this.#header(4, FRAME_TYPE.RST_STREAM, 0, streamId);
    this.#output.writeUint32(code);
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.5 */
  settings(settings: ReadonlyMap<number, number>): void {
    this.#header(6 * settings.size, FRAME_TYPE.SETTINGS, 0, 0);
    for (const [identifier, value] of settings) {
      this.#output.writeByte(identifier >>> 8);
      this.#output.writeByte(identifier);
      this.#output.writeUint32(value);
    }
  }

  /** Acknowledges the client's settings. */
  settingsAck(): void {
    this.#header(0, FRAME_TYPE.SETTINGS, FLAG.ACK, 0);
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.7 */
  pingAck(payload: Uint8Array): void {
    this.#header(payload.length, FRAME_TYPE.PING, FLAG.ACK, 0);
    this.#output.writeBytes(payload);
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.8 */
  goAway(lastStreamId: number, code: ErrorCode, explanation: string): void {
    const debugData = new TextEncoder().encode(explanation).subarray(0, MAX_EXPLANATION_BYTES);
    this.#header(8 + debugData.length, FRAME_TYPE.GOAWAY, 0, 0);
    this.#output.writeUint32(lastStreamId);
    this.#output.writeUint32(code);
    this.#output.writeBytes(debugData);
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.9 */
  windowUpdate(streamId: number, increment: number): void {
    this.#header(4, FRAME_TYPE.WINDOW_UPDATE, 0, streamId);
    this.#output.writeUint32(increment);
  }

  #header(length: number, type: number, flags: number, streamId: number): void {
    this.#output.writeUint32(length << 8 | type);
    this.#output.writeByte(flags);
    this.#output.writeUint32(streamId);
  }
}
