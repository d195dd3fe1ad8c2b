/** A body that never completes. */
export class BodyError extends Error {
  override name = "BodyError";
  /** `aborted`: the client reset the stream or disconnected; `slow`: the body exceeded a time limit. */
  readonly reason: "aborted" | "slow";

  constructor(reason: "aborted" | "slow", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A request body, as handlers see it. */
export interface Http2Body {
  /**
   * Reads the body; resolves at its end. Each part is a view that is only valid during the call. If
   * `take` throws, the reading fails with that error, and the rest is dropped. A body can be read once.
   *
   * @throws {BodyError} If the body never completes.
   */
  read(take: (part: Uint8Array) => void): Promise<void>;
}

/** Keeps the body of a request until it is read. */
export class RequestBody implements Http2Body {
  readonly #onTaken: (bytes: number) => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #take: ((part: Uint8Array) => void) | undefined;
  #reading: PromiseWithResolvers<void> | undefined;
  #isUnwanted = false;
  #isComplete = false;
  #error: unknown;

  /** @param onTaken Called with the number of bytes that were read or dropped. */
  constructor(onTaken: (bytes: number) => void) {
    this.#onTaken = onTaken;
  }

  /** Bytes that arrived and were not read. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  read(take: (part: Uint8Array) => void): Promise<void> {
    if (this.#reading) return Promise.reject(new TypeError("The body was read already"));
    this.#reading = Promise.withResolvers();
    // A handler that does not await it must not end the process.
    this.#reading.promise.catch(() => {});
    this.#take = take;
    const waiting = this.#drop();
    for (const part of waiting) this.#deliver(part);
    if (this.#error !== undefined) this.#reject(this.#error);
    else if (this.#isComplete) this.#reading.resolve();
    return this.#reading.promise;
  }

  /** Adds a part; it is copied if it has to wait. */
  push(part: Uint8Array): void {
    if (this.#isUnwanted) this.#onTaken(part.length);
    else if (this.#take) {
      this.#deliver(part);
      this.#onTaken(part.length);
    } else {
      this.#waiting.push(part.slice());
      this.#waitingBytes += part.length;
    }
  }

  /** Ends the body. */
  complete(): void {
    this.#isComplete = true;
    if (this.#error === undefined) this.#reading?.resolve();
  }

  /** Fails the body: it will not complete. */
  fail(error: BodyError): void {
    if (!this.#isComplete) this.#reject(error);
  }

  /** Drops what is unread, and whatever still arrives. */
  discard(): void {
    this.#isUnwanted = true;
    this.#take = undefined;
    this.#drop();
  }

  /** Returns what is unread, and reports it as taken. */
  #drop(): Uint8Array[] {
    const waiting = this.#waiting;
    const bytes = this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (bytes > 0) this.#onTaken(bytes);
    return waiting;
  }

  #deliver(part: Uint8Array): void {
    try {
      this.#take?.(part);
    } catch (error) {
      this.#reject(error);
    }
  }

  #reject(error: unknown): void {
    this.#error ??= error;
    this.#reading?.reject(this.#error);
    this.discard();
  }
}
