import { Backlog } from "./backlog.ts";
import {
  ConnectionError,
  ERROR_CODE,
  type ErrorCode,
  protocolError,
  StreamError,
} from "./errors.ts";
import { Exchange, type ExchangeHost } from "./exchange.ts";
import { ReceiveWindow, SendWindow } from "./flow_control.ts";
import type { FrameWriter } from "./frame_writer.ts";
import { FLAG, type Frame, readUint31, wrongSize } from "./frames.ts";
import type { HeaderBlock } from "./header_block.ts";
import { type HeaderField, sizeOfField } from "./hpack/header_field.ts";
import type { HttpHandler } from "../http/handler.ts";
import { type ByteBudget, RateLimiter } from "./limits.ts";
import type { HttpLimits } from "../http/limits.ts";
import { RecentIds } from "./recent_ids.ts";
import { readRequestHead } from "./request_head.ts";
import { DEFAULT_WINDOW_BYTES } from "./settings.ts";

/** The approximate memory of an open stream besides its header fields. */
const STREAM_BYTES = 1024;

/** A smaller DATA frame counts as a control frame. */
const MIN_DATA_BYTES = 16;

/** Control frames that clients normally send along with a request: window updates, a ping. */
const CONTROL_FRAMES_PER_REQUEST = 4;

/** How many reset streams are remembered: frames for them may still be in flight. */
const MAX_REMEMBERED_RESETS = 256;

/** Options of {@linkcode Streams}. */
export interface StreamsOptions {
  handler: HttpHandler;
  limits: HttpLimits;
  peer: Deno.NetAddr;
  /** Bounds the header fields of requests in progress, across all connections. */
  headerBudget: ByteBudget;
  /** Called when there is output to send, or when the connection is done. */
  onOutput: () => void;
  /** Called when a handler or the connection itself fails for a reason other than the client. */
  onFault: (error: unknown) => void;
}

/** The streams of one connection: https://www.rfc-editor.org/rfc/rfc9113#section-5 */
export class Streams {
  readonly #options: StreamsOptions;
  readonly #frames: FrameWriter;
  readonly #controlFrames: RateLimiter;
  readonly #resets: RateLimiter;
  readonly #receiveWindow: ReceiveWindow;
  readonly #sendWindow = new SendWindow(DEFAULT_WINDOW_BYTES);
  readonly #host: ExchangeHost;
  readonly #exchanges = new Map<number, Exchange>();
  /** Streams that were reset while their handlers are still running. */
  readonly #orphans: Backlog<Exchange>;
  /** Streams that the server reset. */
  readonly #resetIds = new RecentIds(MAX_REMEMBERED_RESETS);
  #initialWindow = DEFAULT_WINDOW_BYTES;
  #lastId = 0;
  #opened = 0;
  #handling = 0;
  #isClosing = false;

  constructor(frames: FrameWriter, controlFrames: RateLimiter, options: StreamsOptions) {
    const { limits, onOutput, onFault } = options;
    this.#options = options;
    this.#frames = frames;
    this.#controlFrames = controlFrames;
    this.#orphans = new Backlog(limits.concurrentStreams);
    this.#resets = new RateLimiter("resets", limits.resetsAtOnce, limits.resetsPerSecond);
    this.#receiveWindow = new ReceiveWindow(limits.connectionWindowBytes, (increment) => {
      frames.windowUpdate(0, increment);
      onOutput();
    });
    this.#host = {
      frames,
      limits,
      sendWindow: this.#sendWindow,
      giveBack: (bytes) => this.#receiveWindow.giveBack(bytes),
      flush: onOutput,
      reset: ({ id }, code) => {
        this.reset(id, code);
        onOutput();
      },
      close: ({ id }) => this.#forget(id),
      onFault,
    };
  }

  /** The highest stream id that the client has used; 0 if none. */
  get lastId(): number {
    return this.#lastId;
  }

  /** The number of streams that were opened so far. */
  get opened(): number {
    return this.#opened;
  }

  /** The number of open streams. */
  get size(): number {
    return this.#exchanges.size;
  }

  /** The number of running handlers, including those of streams that were reset. */
  get handling(): number {
    return this.#handling;
  }

  /**
   * Resolves once the handlers of reset streams have caught up; undefined if they are not behind.
   * Waiting for it slows down a client that cancels many calls, instead of refusing its requests.
   */
  get relief(): Promise<void> | undefined {
    return this.#orphans.relief;
  }

  /** Bytes of request bodies that handlers have not read yet. */
  get waitingBytes(): number {
    let bytes = 0;
    for (const { body } of this.#exchanges.values()) bytes += body.waitingBytes;
    return bytes;
  }

  /** Ignores streams that are opened from now on. */
  close(): void {
    this.#isClosing = true;
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.1 */
  receiveData(frame: Frame): void {
    const { streamId, flags, payload } = frame;
    if (streamId === 0) throw protocolError("DATA came on stream 0");
    if (payload.length < MIN_DATA_BYTES && !(flags & FLAG.END_STREAM)) this.#controlFrames.count();
    if (!this.#receiveWindow.take(payload.length)) {
      throw new ConnectionError(
        ERROR_CODE.FLOW_CONTROL_ERROR,
        "more DATA came than the window allows",
      );
    }
    const exchange = this.#exchanges.get(streamId);
    try {
      if (exchange) return exchange.receiveData(frame);
    } catch (error) {
      if (error instanceof StreamError) this.#receiveWindow.giveBack(payload.length);
      throw error;
    }
    this.#receiveWindow.giveBack(payload.length);
    this.#checkIdle(streamId);
    if (this.#resetIds.has(streamId)) return;
    // No reason to end the connection: grpc-java sends DATA after RST_STREAM when it cancels a call.
    this.#controlFrames.count();
    this.#frames.reset(streamId, ERROR_CODE.STREAM_CLOSED);
  }

  /**
   * Handles the header fields of a new request, or the trailers of an open one.
   *
   * @throws {ConnectionError | StreamError} If they are not allowed, or there are too many streams.
   */
  receiveHeaders(
    { streamId, isEnd, dependsOnItself }: HeaderBlock,
    fields: readonly HeaderField[],
  ): void {
    const exchange = this.#exchanges.get(streamId);
    if (!exchange && streamId <= this.#lastId) {
      // The trailers of a request that the server reset may still arrive.
      if (this.#resetIds.has(streamId)) return;
      throw new ConnectionError(ERROR_CODE.STREAM_CLOSED, `stream ${streamId} is closed`);
    }
    if (dependsOnItself) {
      throw new StreamError(ERROR_CODE.PROTOCOL_ERROR, "the stream depends on itself");
    }
    if (exchange) return exchange.receiveTrailers(fields, isEnd);
    // After GOAWAY, the client repeats its request on another connection.
    if (this.#isClosing) return;
    this.#lastId = streamId;
    this.#opened++;
    this.#controlFrames.give(CONTROL_FRAMES_PER_REQUEST);
    this.#start(streamId, fields, isEnd);
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.4 */
  receiveReset({ streamId, payload }: Frame): void {
    if (payload.length !== 4) throw wrongSize("RST_STREAM has not 4 bytes");
    const exchange = this.#exchanges.get(streamId);
    if (!exchange) {
      this.#checkIdle(streamId);
      return this.#controlFrames.count();
    }
    this.#abandon(exchange);
    this.#resets.count();
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-6.9 */
  receiveWindowUpdate({ streamId, payload }: Frame): void {
    if (payload.length !== 4) throw wrongSize("WINDOW_UPDATE has not 4 bytes");
    const increment = readUint31(payload, 0);
    if (streamId === 0) {
      if (increment === 0) throw protocolError("WINDOW_UPDATE is 0");
      if (!this.#sendWindow.add(increment)) throw tooLargeWindow();
      return this.#pump();
    }
    const exchange = this.#exchanges.get(streamId);
    if (!exchange) return this.#checkIdle(streamId);
    if (increment === 0) throw new StreamError(ERROR_CODE.PROTOCOL_ERROR, "WINDOW_UPDATE is 0");
    if (!exchange.sendWindow.add(increment)) {
      throw new StreamError(ERROR_CODE.FLOW_CONTROL_ERROR, "the window is too large");
    }
    exchange.pump();
  }

  /** Applies a new SETTINGS_INITIAL_WINDOW_SIZE: https://www.rfc-editor.org/rfc/rfc9113#section-6.9.2 */
  changeInitialWindow(bytes: number): void {
    const increment = bytes - this.#initialWindow;
    this.#initialWindow = bytes;
    for (const { sendWindow } of this.#exchanges.values()) {
      if (!sendWindow.add(increment)) throw tooLargeWindow();
    }
    this.#pump();
  }

  /** Resets a stream for a client error. @throws {ConnectionError} If there were too many of them. */
  refuse(id: number, { code }: StreamError): void {
    this.#resets.count();
    this.reset(id, code);
  }

  /** Resets a stream: https://www.rfc-editor.org/rfc/rfc9113#section-5.4.2 */
  reset(id: number, code: ErrorCode): void {
    const exchange = this.#exchanges.get(id);
    this.#frames.reset(id, code);
    this.#resetIds.add(id);
    if (exchange) this.#abandon(exchange);
  }

  /** Advances the clock by a second. */
  tick(): void {
    this.#resets.tick();
    for (const exchange of this.#exchanges.values()) exchange.tick();
  }

  /** Aborts all streams: the connection is gone. */
  abort(): void {
    const exchanges = [...this.#exchanges.values()];
    this.#exchanges.clear();
    for (const exchange of exchanges) exchange.abort();
  }

  #start(id: number, fields: readonly HeaderField[], isEnd: boolean): void {
    const { limits, headerBudget, handler, peer } = this.#options;
    const headerBytes = fields.reduce((sum, field) => sum + sizeOfField(field), STREAM_BYTES);
    const isFull = this.#exchanges.size >= limits.concurrentStreams;
    if (isFull || !headerBudget.take(headerBytes)) {
      throw new StreamError(ERROR_CODE.REFUSED_STREAM, "there are too many requests");
    }
    try {
      const head = readRequestHead(fields);
      const exchange = new Exchange(this.#host, {
        id,
        head,
        peer,
        initialWindow: this.#initialWindow,
      });
      if (isEnd) exchange.receiveEnd();
      this.#exchanges.set(id, exchange);
      this.#handling++;
      exchange.handle(handler).finally(() => {
        headerBudget.release(headerBytes);
        this.#handling--;
        this.#orphans.delete(exchange);
      });
    } catch (error) {
      headerBudget.release(headerBytes);
      throw error;
    }
  }

  #abandon(exchange: Exchange): void {
    this.#forget(exchange.id);
    exchange.abort();
    if (!exchange.isHandled) this.#orphans.add(exchange);
  }

  #forget(id: number): void {
    this.#exchanges.delete(id);
    if (this.#isClosing && this.#exchanges.size === 0) this.#options.onOutput();
  }

  #pump(): void {
    for (const exchange of this.#exchanges.values()) exchange.pump();
  }

  #checkIdle(id: number): void {
    if (id === 0 || id > this.#lastId) throw protocolError(`stream ${id} is idle`);
  }
}

function tooLargeWindow(): ConnectionError {
  return new ConnectionError(ERROR_CODE.FLOW_CONTROL_ERROR, "the window is too large");
}
