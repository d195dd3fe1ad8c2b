import type { Carrier, Ending } from "../http/carrier.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http/handler.ts";
import type { HttpLimits } from "../http/limits.ts";
import { BodyError } from "../http/request_body.ts";
import {
  closeSocket,
  endSocket,
  isOfNetwork,
  nextTurn,
  type Socket,
  writeAll,
} from "../http/socket.ts";
import { Body } from "./body.ts";
import { Input } from "./input.ts";
import { PaceClock } from "./pace_clock.ts";
import {
  findHeadEnd,
  HeadError,
  mayBeRequest,
  readRequestHead,
  type RequestHead,
} from "./request_head.ts";
import { writeResponse } from "./response_writer.ts";

const CONTINUE = new TextEncoder().encode("HTTP/1.1 100 Continue\r\n\r\n");

/** Empty lines before a request, which a few clients send. */
const MAX_EMPTY_LINES = 4;

/** Requests that are answered before other connections get their turn. */
const MAX_REQUESTS_AT_ONCE = 8;

/** Options of {@linkcode Http1Carrier}. */
export interface Http1Options {
  handler: HttpHandler;
  limits: HttpLimits;
  /** Called with errors that neither a client nor the network caused. */
  onFault: (error: unknown) => void;
  /** Called when a client sends something that is not a request. */
  onMalformed?: (error: HeadError, peer: Deno.NetAddr) => void;
}

/** The server side of a connection that speaks HTTP/1.1: https://www.rfc-editor.org/rfc/rfc9112 */
export class Http1Carrier implements Carrier {
  readonly #socket: Socket;
  readonly #options: Http1Options;
  #input: Input;
  #requests = 0;
  /** Requests in a row that arrived before the previous one was answered. */
  #waiting = 0;
  #quietSeconds = 0;
  /** Time since the first byte of an incomplete head. */
  #headSeconds = 0;
  #stalledSeconds = 0;
  #isWriting = false;
  #isClosing = false;
  #isEnded = false;
  #ending: Ending | undefined;
  /** The request in progress. */
  #body: Body | undefined;
  #pace: PaceClock;
  #isHandling = false;

  constructor(socket: Socket, options: Http1Options) {
    this.#socket = socket;
    this.#options = options;
    this.#input = new Input(socket, new Uint8Array());
    this.#pace = new PaceClock(options.limits);
  }

  get isIdle(): boolean {
    return !this.#isHandling;
  }

  get hasAsked(): boolean {
    return this.#requests > 0;
  }

  get quietSeconds(): number {
    return this.#quietSeconds;
  }

  get ending(): Ending | undefined {
    return this.#ending;
  }

  async run(start: Uint8Array): Promise<void> {
    this.#input = new Input(this.#socket, start);
    try {
      while (await this.#serveRequest()) await this.#letOthersGo();
      await endSocket(this.#socket);
    } catch (error) {
      if (!this.#isEnded) throw error;
    } finally {
      closeSocket(this.#socket);
    }
  }

  tick(): void {
    const { settingsSeconds, firstRequestSeconds, idleSeconds, responseSeconds } =
      this.#options.limits;
    this.#stalledSeconds = this.#isWriting ? this.#stalledSeconds + 1 : 0;
    if (this.#stalledSeconds > responseSeconds) return this.#timeOut();
    if (this.#isHandling) return this.#tickRequest();
    this.#quietSeconds++;
    const isStarted = this.#input.bytes.length > 0;
    this.#headSeconds = isStarted ? this.#headSeconds + 1 : 0;
    const patience = this.#requests === 0 ? firstRequestSeconds : idleSeconds;
    if (this.#headSeconds > settingsSeconds || this.#quietSeconds > patience) this.#timeOut();
  }

  close(): void {
    this.#isClosing = true;
    if (!this.#isHandling) this.#end();
  }

  evict(): void {
    this.#end();
  }

  #timeOut(): void {
    this.#ending = "timed out";
    this.#end();
  }

  #end(): void {
    this.#isEnded = true;
    closeSocket(this.#socket);
  }

  #tickRequest(): void {
    const body = this.#body;
    if (!body) return;
    if (this.#pace.tick(body)) body.fail(new BodyError("slow", "The body arrives too slowly"));
    // Nothing waits for it any more, so nothing else would end the connection.
    if (this.#pace.isUnwantedTooLong) this.#timeOut();
  }

  /** A client that sends many requests at once, without waiting for responses, must not delay others. */
  async #letOthersGo(): Promise<void> {
    this.#waiting = this.#input.bytes.length > 0 ? this.#waiting + 1 : 0;
    if (this.#waiting > 0 && this.#waiting % MAX_REQUESTS_AT_ONCE === 0) await nextTurn();
  }

  /** Serves the next request; returns whether another one may follow. */
  async #serveRequest(): Promise<boolean> {
    let head: RequestHead | undefined;
    try {
      head = await this.#readHead();
    } catch (error) {
      if (!(error instanceof HeadError)) throw error;
      this.#options.onMalformed?.(error, this.#socket.remoteAddr);
      this.#ending = "refused";
      const { status, message } = error;
      if (status !== undefined) await this.#refuse(status, `Cannot read the request: ${message}`);
      return false;
    }
    if (!head) return false;
    this.#requests++;
    this.#quietSeconds = this.#headSeconds = 0;
    this.#isHandling = true;
    try {
      return await this.#answer(head) && !this.#isClosing;
    } finally {
      this.#isHandling = false;
      this.#body = undefined;
    }
  }

  /** @returns Undefined at the end of the connection. */
  async #readHead(): Promise<RequestHead | undefined> {
    let seenBytes = 0;
    for (let emptyLines = 0;;) {
      const { bytes } = this.#input;
      if (bytes[0] === 0x0d && bytes[1] === 0x0a) {
        if (++emptyLines > MAX_EMPTY_LINES) throw new HeadError(400, "it is empty");
        this.#input.skip(2);
        continue;
      }
      const isPossible = bytes[0] === 0x0d ? bytes.length === 1 : mayBeRequest(bytes);
      if (!isPossible) throw new HeadError(undefined, "it is not HTTP");
      const end = findHeadEnd(bytes, Math.max(seenBytes - 3, 0));
      if (end >= 0) {
        const head = readRequestHead(bytes.subarray(0, end));
        this.#input.skip(end);
        return head;
      }
      if (this.#input.isFull) throw new HeadError(431, "its head is too long");
      seenBytes = bytes.length;
      if (!(await this.#input.more())) return undefined;
    }
  }

  async #answer(head: RequestHead): Promise<boolean> {
    const { limits, onFault } = this.#options;
    let isContinued = !head.waitsForContinue;
    const body = new Body(this.#input, head.framing, async () => {
      if (isContinued) return;
      isContinued = true;
      await this.#write(CONTINUE);
    });
    this.#body = body;
    this.#pace = new PaceClock(limits);
    const request = new Request1(head, body, this.#socket.remoteAddr);
    let response: HttpResponse;
    try {
      response = await this.#options.handler(request);
    } catch (error) {
      if (!(error instanceof BodyError)) onFault(error);
      const isSlow = error instanceof BodyError && error.reason === "slow";
      if (isSlow) this.#ending = "timed out";
      if (error instanceof BodyError && !isSlow) return false;
      await this.#refuse(isSlow ? 408 : 500, isSlow ? "The body arrives too slowly" : "");
      return false;
    }
    // The client may be waiting for permission to send a body that is not needed.
    const isKeptAlive = head.isKeptAlive && !this.#isClosing && !body.isBroken &&
      (body.isComplete || isContinued);
    await this.#respond(request, head, response, isKeptAlive);
    if (!isKeptAlive) return false;
    this.#pace.isAnswered = true;
    return await body.drain(limits.unwantedBodyBytes);
  }

  async #respond(
    request: Request1,
    { method, isHttp10 }: RequestHead,
    response: HttpResponse,
    isKeptAlive: boolean,
  ): Promise<void> {
    const isStream = response.body !== undefined && !(response.body instanceof Uint8Array);
    let isStreaming = isStream && this.#body!.isComplete;
    if (isStreaming) void this.#watch(request, () => isStreaming);
    try {
      await writeResponse(
        response,
        { method, isHttp10, isKeptAlive: isKeptAlive && !(isStream && isHttp10) },
        (bytes) => this.#write(bytes),
      );
    } catch (error) {
      if (isStream && !isOfNetwork(error)) this.#options.onFault(error);
      throw new Deno.errors.ConnectionAborted("The response broke off", { cause: error });
    } finally {
      isStreaming = false;
      request.end();
    }
  }

  /** Detects that the client disconnected while a stream has nothing to send. Never rejects. */
  async #watch(request: Request1, isStreaming: () => boolean): Promise<void> {
    try {
      while (isStreaming() && !this.#input.isFull) {
        if (!(await this.#input.more())) break;
      }
      if (this.#input.isFull) return;
    } catch {
      // The next read or write meets the same error.
    }
    if (isStreaming()) request.abort();
  }

  async #refuse(status: number, message: string): Promise<void> {
    await writeResponse(
      {
        status,
        headers: { "content-type": "text/plain" },
        body: new TextEncoder().encode(message === "" ? "" : `${message}\n`),
      },
      { method: "GET", isHttp10: false, isKeptAlive: false },
      (bytes) => this.#write(bytes),
    );
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#isWriting = true;
    await writeAll(this.#socket, bytes, () => this.#stalledSeconds = 0);
    this.#isWriting = false;
  }
}

/** A request of HTTP/1.1 in progress. */
class Request1 implements HttpRequest {
  readonly isHttp2 = false;
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Body;
  readonly peer: Deno.NetAddr;
  #aborting: AbortController | undefined;
  #isOver = false;

  constructor({ method, path, authority, headers }: RequestHead, body: Body, peer: Deno.NetAddr) {
    this.method = method;
    this.path = path;
    this.authority = authority;
    this.headers = headers;
    this.body = body;
    this.peer = peer;
  }

  get signal(): AbortSignal {
    this.#aborting ??= new AbortController();
    return this.#aborting.signal;
  }

  /** The client no longer waits. */
  abort(): void {
    if (!this.#isOver) this.#aborting?.abort();
    this.#isOver = true;
  }

  /** The response is complete, or will never be. */
  end(): void {
    this.#isOver = true;
  }
}
