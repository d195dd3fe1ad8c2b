import { ConnectionError, ERROR_CODE } from "./errors.ts";

/** What a server takes from those who connect. A second is a tick of the server's clock. */
export interface Http2Limits {
  /** Open connections; for one more, the one that has been quiet for longest is closed. */
  connections: number;
  /** Requests in progress on one connection. */
  concurrentStreams: number;
  /** Bytes of one request's body that may wait to be read. */
  streamWindowBytes: number;
  /** The same for all requests of a connection. */
  connectionWindowBytes: number;
  /** Header fields of one request, counted as SETTINGS_MAX_HEADER_LIST_SIZE does. */
  headerListBytes: number;
  /** The frames that they may arrive in. */
  headerBlockFrames: number;
  /** Header fields that a connection remembers (SETTINGS_HEADER_TABLE_SIZE). */
  headerTableBytes: number;
  /** Header fields of the requests in progress on all connections. */
  heldHeaderBytes: number;
  /** Requests of a connection that are reset, by the client or for its errors. */
  resetsAtOnce: number;
  resetsPerSecond: number;
  /** Frames that carry nothing: PING, SETTINGS, PRIORITY, WINDOW_UPDATE and the like. */
  controlFramesAtOnce: number;
  controlFramesPerSecond: number;
  /** Until it is clear what the client speaks. */
  prefaceSeconds: number;
  /** Until the client acknowledges the server's settings, and until a header block is complete. */
  settingsSeconds: number;
  /** Until the first request. */
  firstRequestSeconds: number;
  /** Without any request in progress. */
  idleSeconds: number;
  /** The slowest body, over any five seconds. */
  bodyBytesPerSecond: number;
  /** The longest that a body may take. */
  bodySeconds: number;
  /** How long a response, or whatever else is to be sent, waits for a client that takes nothing. */
  responseSeconds: number;
  /** What is still read of a body that was answered before its end. */
  unwantedBodyBytes: number;
  unwantedBodySeconds: number;
}

/** Enough for hundreds of exporters, and little enough for a laptop. */
export const DEFAULT_LIMITS: Http2Limits = {
  connections: 512,
  concurrentStreams: 256,
  streamWindowBytes: 1024 * 1024,
  connectionWindowBytes: 4 * 1024 * 1024,
  headerListBytes: 16 * 1024,
  headerBlockFrames: 8,
  headerTableBytes: 4096,
  heldHeaderBytes: 16 * 1024 * 1024,
  resetsAtOnce: 1000,
  resetsPerSecond: 100,
  controlFramesAtOnce: 1000,
  controlFramesPerSecond: 200,
  prefaceSeconds: 10,
  settingsSeconds: 10,
  firstRequestSeconds: 30,
  idleSeconds: 300,
  bodyBytesPerSecond: 4 * 1024,
  bodySeconds: 60,
  responseSeconds: 20,
  unwantedBodyBytes: 1024 * 1024,
  unwantedBodySeconds: 5,
};

/** Allows so many at once, and so many again every second. */
export class RateLimiter {
  readonly #what: string;
  readonly #atOnce: number;
  readonly #perSecond: number;
  #left: number;

  /** @param what What is counted, in the plural. */
  constructor(what: string, atOnce: number, perSecond: number) {
    this.#what = what;
    this.#atOnce = atOnce;
    this.#perSecond = perSecond;
    this.#left = atOnce;
  }

  /** Counts one more. @throws {ConnectionError} ENHANCE_YOUR_CALM if that is too many. */
  count(): void {
    if (this.#left-- > 0) return;
    throw new ConnectionError(ERROR_CODE.ENHANCE_YOUR_CALM, `there are too many ${this.#what}`);
  }

  /** Allows more. */
  give(count: number): void {
    this.#left = Math.min(this.#atOnce, this.#left + count);
  }

  /** A second has passed. */
  tick(): void {
    this.give(this.#perSecond);
  }
}

/** Bytes that all connections of a server may hold together. */
export class ByteBudget {
  readonly #maxBytes: number;
  #heldBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** What is held now. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Returns whether so much more may be held; gives it back by {@linkcode release}. */
  take(bytes: number): boolean {
    if (this.#heldBytes + bytes > this.#maxBytes) return false;
    this.#heldBytes += bytes;
    return true;
  }

  /** Gives bytes back. */
  release(bytes: number): void {
    this.#heldBytes -= bytes;
  }
}
