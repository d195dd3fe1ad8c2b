import type { BodyError, HttpBody, TakePart } from "../http/request_body.ts";

/** Keeps the body of a request until it is read. */
export class RequestBody implements HttpBody {
  readonly #onTaken: (bytes: number) => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #take: TakePart | undefined;
  #isTaking = false;
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

  read(take: TakePart): Promise<void> {
    if (this.#reading) return Promise.reject(new TypeError("The body was read already"));
    this.#reading = Promise.withResolvers();
    // A handler that does not await it must not crash the process.
    this.#reading.promise.catch(() => {});
    this.#take = take;
    if (this.#error !== undefined) this.#reject(this.#error);
    else this.#proceed();
    return this.#reading.promise;
  }

  /** Adds a part; it is copied if it has to wait. */
  push(part: Uint8Array): void {
    if (this.#isUnwanted) this.#onTaken(part.length);
    else if (this.#take && !this.#isTaking) {
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
    this.#proceed();
  }

  /** Fails the body: it will not complete. */
  fail(error: BodyError): void {
    if (!this.#isComplete) this.#reject(error);
  }

  /** Drops unread data, and any data that still arrives. */
  discard(): void {
    this.#isUnwanted = true;
    this.#take = undefined;
    this.#drop();
  }

  /** Delivers unread data, as fast as it is accepted. */
  #proceed(): void {
    let bytes = 0;
    while (this.#take && !this.#isTaking) {
      const part = this.#waiting.shift();
      if (!part) break;
      bytes += part.length;
      this.#waitingBytes -= part.length;
      this.#deliver(part);
    }
    if (bytes > 0) this.#onTaken(bytes);
    if (this.#isComplete && !this.#isTaking && this.#error === undefined) this.#reading?.resolve();
  }

  #drop(): void {
    const bytes = this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (bytes > 0) this.#onTaken(bytes);
  }

  #deliver(part: Uint8Array): void {
    try {
      const taken = this.#take?.(part);
      if (taken) void this.#whileTaking(taken);
    } catch (error) {
      this.#reject(error);
    }
  }

  /** Never rejects. */
  async #whileTaking(taken: Promise<void>): Promise<void> {
    this.#isTaking = true;
    try {
      await taken;
      this.#isTaking = false;
      this.#proceed();
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
