import type { FrameWriter } from "./frame_writer.ts";
import { MAX_FRAME_BYTES } from "./frames.ts";
import type { SendWindow } from "./flow_control.ts";
import type { HeaderField } from "./hpack/header_field.ts";

/** Sends the response on one stream, as fast as the client's windows allow. */
export class ResponseSender {
  readonly window: SendWindow;
  readonly #streamId: number;
  readonly #frames: FrameWriter;
  readonly #connectionWindow: SendWindow;
  readonly #parts: Uint8Array[] = [];
  #end: readonly HeaderField[] | undefined;
  #isComplete = false;
  #writable: PromiseWithResolvers<void> | undefined;

  constructor(
    { streamId, frames, window, connectionWindow }: {
      streamId: number;
      frames: FrameWriter;
      window: SendWindow;
      connectionWindow: SendWindow;
    },
  ) {
    this.#streamId = streamId;
    this.#frames = frames;
    this.window = window;
    this.#connectionWindow = connectionWindow;
  }

  /** Whether the whole response was written. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether the client has to open a window first. */
  get isBlocked(): boolean {
    return this.#parts.length > 0;
  }

  /**
   * Sends the header fields, which may be the whole response.
   *
   * @throws {TypeError} If a name or value is invalid.
   */
  head(fields: Iterable<HeaderField>, isEnd: boolean): void {
    this.#frames.headers(this.#streamId, fields, isEnd);
    this.#isComplete = isEnd;
  }

  /** Sends a part of the body; resolves when it was written. */
  write(part: Uint8Array): Promise<void> {
    if (part.length > 0) this.#parts.push(part);
    this.pump();
    if (!this.isBlocked) return Promise.resolve();
    this.#writable ??= Promise.withResolvers();
    return this.#writable.promise;
  }

  /** Sends the last part of the body, and the trailers if there are any. */
  end(part: Uint8Array, trailers: readonly HeaderField[]): void {
    if (part.length > 0) this.#parts.push(part);
    this.#end = trailers;
    this.pump();
  }

  /** Sends as much as the windows allow; returns whether anything was sent. */
  pump(): boolean {
    if (this.#isComplete) return false;
    let hasSent = false;
    for (let part = this.#parts[0]; part; part = this.#parts[0]) {
      const allowed = Math.min(this.window.bytes, this.#connectionWindow.bytes, MAX_FRAME_BYTES);
      if (allowed <= 0) return hasSent;
      const data = part.subarray(0, allowed);
      if (data.length < part.length) this.#parts[0] = part.subarray(allowed);
      else this.#parts.shift();
      this.#isComplete = this.#parts.length === 0 && this.#end?.length === 0;
      this.#frames.data(this.#streamId, data, this.#isComplete);
      this.window.take(data.length);
      this.#connectionWindow.take(data.length);
      hasSent = true;
    }
    this.#becomeWritable();
    if (!this.#end || this.#isComplete) return hasSent;
    if (this.#end.length > 0) this.#frames.headers(this.#streamId, this.#end, true);
    else this.#frames.data(this.#streamId, new Uint8Array(), true);
    this.#isComplete = true;
    return true;
  }

  /** Drops the rest of the response. */
  abort(): void {
    this.#isComplete = true;
    this.#parts.length = 0;
    this.#becomeWritable();
  }

  #becomeWritable(): void {
    this.#writable?.resolve();
    this.#writable = undefined;
  }
}
