import type { Ending } from "../http/carrier.ts";
import { ConnectionError, ERROR_CODE, protocolError, StreamError } from "./errors.ts";
import { FrameWriter } from "./frame_writer.ts";
import {
  FLAG,
  type Frame,
  FRAME_HEADER_BYTES,
  FRAME_TYPE,
  readFrame,
  readUint31,
  wrongSize,
} from "./frames.ts";
import { HeaderBlockReader } from "./header_block.ts";
import { HpackDecoder } from "./hpack/decoder.ts";
import { RateLimiter } from "./limits.ts";
import { DEFAULT_WINDOW_BYTES, readInitialWindow, settingsOf } from "./settings.ts";
import { Streams, type StreamsOptions } from "./streams.ts";

/** The first bytes of a client: https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
export const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

const PING_BYTES = 8;
const PRIORITY_BYTES = 5;
const MIN_GOAWAY_BYTES = 8;

/** Requests that are started before other connections get their turn. */
const MAX_REQUESTS_AT_ONCE = 64;

/** The memory that a connection holds. */
export interface HeldByConnection {
  streams: number;
  handlers: number;
  /** Incomplete header blocks, and the dynamic table. */
  headerBytes: number;
  /** Request bodies that handlers have not read yet. */
  bodyBytes: number;
  /** Output that was not sent yet. */
  outputBytes: number;
}

/** The server side of one connection, without its socket. No input makes it throw. */
export class Connection {
  readonly #options: StreamsOptions;
  readonly #frames = new FrameWriter();
  readonly #controlFrames: RateLimiter;
  readonly #streams: Streams;
  readonly #blocks: HeaderBlockReader;
  readonly #decoder: HpackDecoder;
  #hasPreface = false;
  #hasSettings = false;
  #isAcknowledged = false;
  #isClosing = false;
  #isOver = false;
  #isInterrupted = false;
  #ending: Ending | undefined;
  #unacknowledgedSeconds = 0;
  #blockSeconds = 0;
  #quietSeconds = 0;

  constructor(options: StreamsOptions) {
    const { limits } = options;
    this.#options = options;
    this.#controlFrames = new RateLimiter(
      "control frames",
      limits.controlFramesAtOnce,
      limits.controlFramesPerSecond,
    );
    this.#streams = new Streams(this.#frames, this.#controlFrames, options);
    this.#blocks = new HeaderBlockReader(limits);
    this.#decoder = new HpackDecoder({ maxListBytes: limits.headerListBytes });
    this.#frames.settings(settingsOf(limits));
    this.#frames.windowUpdate(0, limits.connectionWindowBytes - DEFAULT_WINDOW_BYTES);
  }

  /** Whether the connection can be closed once its output is sent. */
  get isDone(): boolean {
    return this.#isOver || (this.#isClosing && this.isIdle);
  }

  /** Whether no request is in progress. */
  get isIdle(): boolean {
    return this.#streams.size === 0;
  }

  /** Whether the client has opened a stream. */
  get hasAsked(): boolean {
    return this.#streams.lastId > 0;
  }

  /** Seconds since the last HEADERS or DATA frame. */
  get quietSeconds(): number {
    return this.#quietSeconds;
  }

  /** See {@linkcode Carrier.ending}. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** See {@linkcode Streams.relief}. */
  get relief(): Promise<void> | undefined {
    return this.#streams.relief;
  }

  /** Whether {@linkcode receive} stopped early, to let other connections have their turn. */
  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** The memory that is held at the moment. */
  get held(): HeldByConnection {
    return {
      streams: this.#streams.size,
      handlers: this.#streams.handling,
      headerBytes: this.#blocks.heldBytes + this.#decoder.tableBytes,
      bodyBytes: this.#streams.waitingBytes,
      outputBytes: this.#frames.length,
    };
  }

  /** Bytes of output to send. */
  get outputBytes(): number {
    return this.#frames.length;
  }

  /** Returns the output to send, and clears it. */
  takeOutput(): Uint8Array<ArrayBuffer> {
    return this.#frames.take();
  }

  /**
   * Processes input; returns how many bytes were used. Pass the rest again: after {@linkcode relief} if there
   * is one, in the next turn if it {@linkcode isInterrupted}, and otherwise together with more input.
   */
  receive(bytes: Uint8Array): number {
    let used = 0;
    const lastTurn = this.#streams.opened + MAX_REQUESTS_AT_ONCE;
    this.#isInterrupted = false;
    try {
      if (!this.#hasPreface) used = this.#readPreface(bytes);
      while (this.#hasPreface && !this.#isOver && !this.relief) {
        const frame = readFrame(bytes, used);
        if (!frame) return used;
        used += FRAME_HEADER_BYTES + frame.payload.length;
        this.#receiveFrame(frame);
        if (this.#streams.opened < lastTurn) continue;
        this.#isInterrupted = true;
        return used;
      }
    } catch (error) {
      this.#fail(error);
    }
    return this.#isOver ? bytes.length : used;
  }

  /** Sends GOAWAY; requests in progress are still answered: https://www.rfc-editor.org/rfc/rfc9113#section-6.8 */
  close(explanation: string): void {
    if (this.#isClosing || this.#isOver) return;
    this.#isClosing = true;
    this.#streams.close();
    this.#frames.goAway(this.#streams.lastId, ERROR_CODE.NO_ERROR, explanation);
    this.#options.onOutput();
  }

  /** Aborts everything: the socket is gone. */
  abort(): void {
    this.#isOver = true;
    this.#streams.abort();
  }

  /** Advances the clock by a second. */
  tick(): void {
    if (this.#isOver) return;
    try {
      this.#controlFrames.tick();
      this.#streams.tick();
      this.#checkPatience();
    } catch (error) {
      this.#fail(error);
    }
  }

  #checkPatience(): void {
    const { settingsSeconds, firstRequestSeconds, idleSeconds } = this.#options.limits;
    this.#quietSeconds++;
    this.#blockSeconds = this.#blocks.isOpen ? this.#blockSeconds + 1 : 0;
    if (!this.#isAcknowledged) this.#unacknowledgedSeconds++;
    if (this.#unacknowledgedSeconds > settingsSeconds || this.#blockSeconds > settingsSeconds) {
      throw new ConnectionError(ERROR_CODE.SETTINGS_TIMEOUT, "the client stalled");
    }
    const patience = this.hasAsked ? idleSeconds : firstRequestSeconds;
    if (!this.isIdle || this.#quietSeconds <= patience) return;
    this.#ending ??= "timed out";
    this.close("there was no request for a while");
  }

  #readPreface(bytes: Uint8Array): number {
    for (let i = 0; i < Math.min(bytes.length, PREFACE.length); i++) {
      if (bytes[i] !== PREFACE.charCodeAt(i)) {
        throw protocolError("the client's preface is not HTTP/2");
      }
    }
    if (bytes.length < PREFACE.length) return 0;
    this.#hasPreface = true;
    return PREFACE.length;
  }

  #receiveFrame(frame: Frame): void {
    if (this.#blocks.isOpen && frame.type !== FRAME_TYPE.CONTINUATION) {
      throw protocolError("a header block is not continued");
    }
    if (!this.#hasSettings && (frame.type !== FRAME_TYPE.SETTINGS || frame.flags & FLAG.ACK)) {
      throw protocolError("the first frame is not SETTINGS");
    }
    try {
      this.#dispatch(frame);
    } catch (error) {
      if (!(error instanceof StreamError)) throw error;
      this.#streams.refuse(frame.streamId, error);
    }
  }

  #dispatch(frame: Frame): void {
    switch (frame.type) {
      case FRAME_TYPE.DATA:
        this.#quietSeconds = 0;
        return this.#streams.receiveData(frame);
      case FRAME_TYPE.HEADERS:
      case FRAME_TYPE.CONTINUATION:
        return this.#receiveHeaders(frame);
      case FRAME_TYPE.RST_STREAM:
        return this.#streams.receiveReset(frame);
      default:
        this.#controlFrames.count();
        return this.#dispatchControl(frame);
    }
  }

  #dispatchControl(frame: Frame): void {
    const { type, flags, payload } = frame;
    switch (type) {
      case FRAME_TYPE.PRIORITY:
        return checkPriority(frame);
      case FRAME_TYPE.SETTINGS:
        return this.#receiveSettings(frame);
      case FRAME_TYPE.PUSH_PROMISE:
        throw protocolError("a client cannot push");
      case FRAME_TYPE.PING:
        checkConnectionFrame(frame, payload.length === PING_BYTES);
        if (!(flags & FLAG.ACK)) this.#frames.pingAck(payload);
        return;
      case FRAME_TYPE.GOAWAY:
        checkConnectionFrame(frame, payload.length >= MIN_GOAWAY_BYTES);
        return this.close("the client leaves");
      case FRAME_TYPE.WINDOW_UPDATE:
        return this.#streams.receiveWindowUpdate(frame);
        // Unknown types are ignored: https://www.rfc-editor.org/rfc/rfc9113#section-5.5
    }
  }

  #receiveHeaders(frame: Frame): void {
    if (frame.streamId % 2 === 0) throw protocolError(`HEADERS came on stream ${frame.streamId}`);
    const block = this.#blocks.read(frame);
    if (!block) return;
    this.#quietSeconds = 0;
    // Decoded even if the stream is closed, to keep the dynamic table in sync with the client.
    this.#streams.receiveHeaders(block, this.#decoder.decode(block.block));
  }

  #receiveSettings(frame: Frame): void {
    const { flags, payload } = frame;
    this.#hasSettings = true;
    checkConnectionFrame(frame, !(flags & FLAG.ACK) || payload.length === 0);
    if (flags & FLAG.ACK) {
      this.#isAcknowledged = true;
      this.#unacknowledgedSeconds = 0;
      this.#decoder.maxTableBytes = this.#options.limits.headerTableBytes;
      return;
    }
    const initialWindow = readInitialWindow(payload);
    // First, because a larger window may release DATA, which clients expect after it.
    this.#frames.settingsAck();
    if (initialWindow !== undefined) this.#streams.changeInitialWindow(initialWindow);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    if (!(error instanceof ConnectionError)) this.#options.onFault(error);
    else this.#ending = error.code === ERROR_CODE.SETTINGS_TIMEOUT ? "timed out" : "refused";
    const [code, explanation] = error instanceof ConnectionError
      ? [error.code, error.message]
      : [ERROR_CODE.INTERNAL_ERROR, "the server has failed"];
    this.abort();
    this.#frames.goAway(this.#streams.lastId, code, explanation);
    this.#options.onOutput();
  }
}

function checkConnectionFrame({ type, streamId }: Frame, hasRightSize: boolean): void {
  if (streamId !== 0) throw protocolError(`a frame of type ${type} came on stream ${streamId}`);
  if (!hasRightSize) throw wrongSize(`a frame of type ${type} has the wrong size`);
}

/** Priorities are ignored: https://www.rfc-editor.org/rfc/rfc9113#section-5.3.2 */
function checkPriority({ streamId, payload }: Frame): void {
  if (streamId === 0) throw protocolError("PRIORITY came on stream 0");
  if (payload.length !== PRIORITY_BYTES) {
    throw new StreamError(ERROR_CODE.FRAME_SIZE_ERROR, "PRIORITY has not 5 bytes");
  }
  if (readUint31(payload, 0) === streamId) {
    throw new StreamError(ERROR_CODE.PROTOCOL_ERROR, "the stream depends on itself");
  }
}
