import { ERROR_CODE, type ErrorCode, StreamError } from "./errors.ts";
import { ReceiveWindow, SendWindow } from "./flow_control.ts";
import { FLAG, type Frame, withoutPadding } from "./frames.ts";
import type { FrameWriter } from "./frame_writer.ts";
import type { HeaderField } from "./hpack/header_field.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http/handler.ts";
import type { HttpLimits } from "../http/limits.ts";
import { RequestBody } from "./request_body.ts";
import { BodyError } from "../http/request_body.ts";
import { checkTrailers, contentLengthOf, type RequestHead } from "./request_head.ts";
import { ResponseSender } from "./response_sender.ts";

/** How often the rate of a body is checked. */
const PACE_SECONDS = 5;

const NOTHING = new Uint8Array();

/** What an exchange needs from its connection. */
export interface ExchangeHost {
  readonly frames: FrameWriter;
  readonly limits: HttpLimits;
  readonly sendWindow: SendWindow;
  /** Bytes of a body were read or dropped, so the connection window can grow by them. */
  giveBack(bytes: number): void;
  /** There is output to send. */
  flush(): void;
  /** Resets and forgets the stream. */
  reset(exchange: Exchange, code: ErrorCode): void;
  /** Forgets the stream: both sides are complete. */
  close(exchange: Exchange): void;
  /** The handler failed. */
  onFault(error: unknown): void;
}

/** One request and its response: https://www.rfc-editor.org/rfc/rfc9113#section-8.1 */
export class Exchange implements HttpRequest {
  readonly isHttp2 = true;
  readonly id: number;
  readonly peer: Deno.NetAddr;
  readonly body: RequestBody;
  readonly #host: ExchangeHost;
  readonly #head: RequestHead;
  readonly #sender: ResponseSender;
  readonly #window: ReceiveWindow;
  readonly #contentLength: number | undefined;
  #isHandled = false;
  #receivedBytes = 0;
  #isRequestComplete = false;
  #isOver = false;
  #aborting: AbortController | undefined;
  #requestSeconds = 0;
  #pacedBytes = 0;
  #isSlow = false;
  #unwantedBytes = 0;
  #unwantedSeconds = 0;
  #blockedSeconds = 0;

  /** @throws {StreamError} PROTOCOL_ERROR if the request is malformed. */
  constructor(
    host: ExchangeHost,
    { id, head, peer, initialWindow }: {
      id: number;
      head: RequestHead;
      peer: Deno.NetAddr;
      /** The initial send window. */
      initialWindow: number;
    },
  ) {
    this.id = id;
    this.peer = peer;
    this.#host = host;
    this.#head = head;
    this.#contentLength = contentLengthOf(head);
    this.body = new RequestBody((bytes) => this.#giveBack(bytes));
    this.#window = new ReceiveWindow(host.limits.streamWindowBytes, (increment) => {
      host.frames.windowUpdate(id, increment);
      host.flush();
    });
    this.#sender = new ResponseSender({
      streamId: id,
      frames: host.frames,
      window: new SendWindow(initialWindow),
      connectionWindow: host.sendWindow,
    });
  }

  get method(): string {
    return this.#head.method;
  }

  get path(): string {
    return this.#head.path;
  }

  get authority(): string {
    return this.#head.authority;
  }

  get headers(): ReadonlyMap<string, string> {
    return this.#head.headers;
  }

  get signal(): AbortSignal {
    this.#aborting ??= new AbortController();
    if (this.#isOver) this.#aborting.abort();
    return this.#aborting.signal;
  }

  /** Whether the handler has finished. */
  get isHandled(): boolean {
    return this.#isHandled;
  }

  /** How much the server may send on this stream. */
  get sendWindow(): SendWindow {
    return this.#sender.window;
  }

  /** Runs the handler and sends its response. Never rejects. */
  async handle(handler: HttpHandler): Promise<void> {
    try {
      await this.#respond(await handler(this));
    } catch (error) {
      const isSlow = error instanceof BodyError && error.reason === "slow";
      if (!(error instanceof BodyError)) this.#host.onFault(error);
      if (!this.#isOver) {
        this.#host.reset(this, isSlow ? ERROR_CODE.CANCEL : ERROR_CODE.INTERNAL_ERROR);
      }
    } finally {
      this.#isHandled = true;
    }
  }

  /**
   * Handles a DATA frame that fits in the connection window.
   *
   * @throws {StreamError} If it is not allowed; none of it is kept then.
   */
  receiveData(frame: Frame): void {
    const data = withoutPadding(frame);
    if (this.#isRequestComplete) {
      throw new StreamError(ERROR_CODE.STREAM_CLOSED, "DATA came after the end of the body");
    }
    if (!this.#window.take(frame.payload.length)) {
      throw new StreamError(ERROR_CODE.FLOW_CONTROL_ERROR, "more DATA came than the window allows");
    }
    const isEnd = (frame.flags & FLAG.END_STREAM) !== 0;
    this.#receivedBytes += data.length;
    this.#checkLength(isEnd);
    this.#pacedBytes += data.length;
    this.#giveBack(frame.payload.length - data.length);
    this.body.push(data);
    if (isEnd) this.#completeRequest();
    else if (this.#sender.isComplete) {
      this.#unwantedBytes += data.length;
      if (this.#unwantedBytes > this.#host.limits.unwantedBodyBytes) this.#endUnwanted();
    }
  }

  /**
   * Handles trailers.
   *
   * @throws {StreamError} If they are not allowed.
   */
  receiveTrailers(fields: readonly HeaderField[], isEnd: boolean): void {
    if (this.#isRequestComplete) {
      throw new StreamError(ERROR_CODE.STREAM_CLOSED, "HEADERS came after the end of the body");
    }
    if (!isEnd) throw new StreamError(ERROR_CODE.PROTOCOL_ERROR, "trailers do not end the request");
    checkTrailers(fields);
    this.#checkLength(true);
    this.#completeRequest();
  }

  /** The request has no body. @throws {StreamError} If content-length announced one. */
  receiveEnd(): void {
    this.#checkLength(true);
    this.#completeRequest();
  }

  /** Sends more of the response after a window grew. */
  pump(): void {
    if (!this.#sender.pump()) return;
    this.#blockedSeconds = 0;
    this.#closeIfComplete();
  }

  /** Advances the clock by a second. */
  tick(): void {
    if (!this.#isRequestComplete) this.#tickRequest();
    if (!this.#sender.isBlocked) this.#blockedSeconds = 0;
    else if (++this.#blockedSeconds > this.#host.limits.responseSeconds) {
      this.#host.reset(this, ERROR_CODE.CANCEL);
    }
  }

  /** Stops everything: the stream was reset, or the connection is gone. */
  abort(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.body.fail(new BodyError("aborted", "The client gave up"));
    this.body.discard();
    this.#sender.abort();
    this.#aborting?.abort();
  }

  #giveBack(bytes: number): void {
    if (bytes === 0) return;
    this.#host.giveBack(bytes);
    if (!this.#isRequestComplete && !this.#isOver) this.#window.giveBack(bytes);
  }

  /** https://www.rfc-editor.org/rfc/rfc9113#section-8.1.1 */
  #checkLength(isEnd: boolean): void {
    if (this.#contentLength === undefined) return;
    const isWrong = isEnd
      ? this.#receivedBytes !== this.#contentLength
      : this.#receivedBytes > this.#contentLength;
    if (isWrong) {
      throw new StreamError(ERROR_CODE.PROTOCOL_ERROR, "the body is not as long as announced");
    }
  }

  #completeRequest(): void {
    this.#isRequestComplete = true;
    this.body.complete();
    this.#closeIfComplete();
  }

  async #respond(response: HttpResponse): Promise<void> {
    const { status, headers = {}, body = NOTHING, trailers = {} } = response;
    const fields: HeaderField[] = [[":status", String(status)], ...Object.entries(headers)];
    const lastFields = Object.entries(trailers);
    if (this.#isOver) {
      if (!(body instanceof Uint8Array)) await body[Symbol.asyncIterator]().return?.();
      return;
    }
    const last = body instanceof Uint8Array && this.method !== "HEAD" ? body : NOTHING;
    const isEnd = body instanceof Uint8Array && last.length === 0 && lastFields.length === 0;
    this.#sender.head(fields, isEnd);
    if (!(body instanceof Uint8Array)) await this.#sendParts(body);
    if (!this.#sender.isComplete) this.#sender.end(last, lastFields);
    this.body.discard();
    this.#closeIfComplete();
    this.#host.flush();
  }

  async #sendParts(parts: AsyncIterable<Uint8Array>): Promise<void> {
    this.#host.flush();
    for await (const part of parts) {
      const sent = this.#sender.write(part);
      this.#host.flush();
      await sent;
      if (this.#isOver) return;
    }
  }

  #closeIfComplete(): void {
    if (this.#isOver || !this.#sender.isComplete) return;
    if (this.#isRequestComplete) {
      this.#isOver = true;
      this.#host.close(this);
    } else if (this.#isSlow) this.#endUnwanted();
  }

  #tickRequest(): void {
    const { bodyBytesPerSecond, bodySeconds, unwantedBodySeconds } = this.#host.limits;
    if (this.#sender.isComplete) {
      if (++this.#unwantedSeconds > unwantedBodySeconds) this.#endUnwanted();
      return;
    }
    this.#requestSeconds++;
    if (this.#requestSeconds % PACE_SECONDS === 0) {
      // If the handler does not read, the client may have no window to send into.
      const isWaiting = this.body.waitingBytes > 0;
      if (!isWaiting && this.#pacedBytes < PACE_SECONDS * bodyBytesPerSecond) this.#isSlow = true;
      this.#pacedBytes = 0;
    }
    if (this.#requestSeconds > bodySeconds) this.#isSlow = true;
    if (this.#isSlow) this.body.fail(new BodyError("slow", "The body arrives too slowly"));
  }

  /** The response is complete, so the rest of the body is useless: https://www.rfc-editor.org/rfc/rfc9113#section-8.1-13 */
  #endUnwanted(): void {
    this.#host.reset(this, ERROR_CODE.NO_ERROR);
  }
}
