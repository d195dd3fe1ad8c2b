/** A body does not come to its end. */
export class BodyError extends Error {
  override name = "BodyError";
  /** `aborted`: the client or its connection is gone; `slow`: it takes longer than allowed. */
  readonly reason: "aborted" | "slow";

  constructor(reason: "aborted" | "slow", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What a handler sees of a body. */
export interface Http2Body {
  /**
   * Reads the body; resolves at its end. Each part is a view that is valid during the call only. What
   * `take` throws ends the reading, and the rest is not kept. A body can be read once.
   *
   * @throws {BodyError} If the body does not come to its end.
   */
  read(take: (part: Uint8Array) => void): Promise<void>;
}

/** The body of a request: keeps what arrives until it is read. */
export class RequestBody implements Http2Body {
  readonly #onTaken: (bytes: number) => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #take: ((part: Uint8Array) => void) | undefined;
  #reading: PromiseWithResolvers<void> | undefined;
  #isUnwanted = false;
  #isComplete = false;
  #error: unknown;

  /** @param onTaken Is told what was read or dropped, so that the client may send more. */
  constructor(onTaken: (bytes: number) => void) {
    this.#onTaken = onTaken;
  }

  /** What has arrived and was not read. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  read(take: (part: Uint8Array) => void): Promise<void> {
    if (this.#reading) return Promise.reject(new TypeError("The body was read already"));
    this.#reading = Promise.withResolvers();
    // A handler that does not wait for it must not end the process.
    this.#reading.promise.catch(() => {});
    this.#take = take;
    const waiting = this.#drop();
    for (const part of waiting) this.#deliver(part);
    if (this.#error !== undefined) this.#reject(this.#error);
    else if (this.#isComplete) this.#reading.resolve();
    return this.#reading.promise;
  }

  /** A part arrived; it is copied if it must wait. */
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

  /** The last part has arrived. */
  complete(): void {
    this.#isComplete = true;
    if (this.#error === undefined) this.#reading?.resolve();
  }

  /** There will be no more. */
  fail(error: BodyError): void {
    if (!this.#isComplete) this.#reject(error);
  }

  /** Nobody reads it any more: what still comes is dropped. */
  discard(): void {
    this.#isUnwanted = true;
    this.#take = undefined;
    this.#drop();
  }

  /** Returns what waited, and lets the client send as much again. */
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
