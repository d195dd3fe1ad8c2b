import { BodyError, type HttpBody, type TakePart } from "../http/request_body.ts";
import { type Framing, FramingError, framingOf } from "./framing.ts";
import type { Input } from "./input.ts";

/** The body of a request, read from the socket as fast as it is taken. */
export class Body implements HttpBody {
  readonly #input: Input;
  readonly #framing: Framing;
  readonly #onStart: () => Promise<void>;
  #reading: PromiseWithResolvers<void> | undefined;
  #error: unknown;
  #receivedBytes = 0;
  #isTaking = false;

  /** @param onStart Called before the first read, if there is a body. */
  constructor(input: Input, length: number | "chunked", onStart: () => Promise<void>) {
    this.#input = input;
    this.#framing = framingOf(length);
    this.#onStart = onStart;
  }

  /** Whether the whole body was read from the socket. */
  get isComplete(): boolean {
    return this.#framing.isComplete;
  }

  /** Whether the start of the next request can never be found. */
  get isBroken(): boolean {
    return this.#error !== undefined;
  }

  /** Whether the server is waiting for the client. */
  get isWaiting(): boolean {
    return this.#reading !== undefined && !this.isComplete && !this.#isTaking;
  }

  /** The bytes that were received so far. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  read(take: TakePart): Promise<void> {
    if (this.#reading) return Promise.reject(new TypeError("The body was read already"));
    this.#reading = Promise.withResolvers();
    // A handler that does not await it must not crash the process.
    this.#reading.promise.catch(() => {});
    this.#run(take).then(this.#reading.resolve, (error) => this.#reject(error));
    return this.#reading.promise;
  }

  /** Fails the body: it will not complete. */
  fail(error: BodyError): void {
    if (!this.isComplete) this.#reject(error);
  }

  /** Reads and drops the rest, up to a limit; returns whether that was all. */
  async drain(maxBytes: number): Promise<boolean> {
    if (this.isBroken) return false;
    const end = this.#receivedBytes + maxBytes;
    try {
      while (!this.isComplete && !this.isBroken && this.#receivedBytes < end) {
        if (this.#next().length === 0 && !this.isComplete && !(await this.#input.more())) {
          return false;
        }
      }
    } catch (error) {
      // It is malformed, which no longer matters.
      if (!(error instanceof BodyError)) throw error;
    }
    return this.isComplete && !this.isBroken;
  }

  async #run(take: TakePart): Promise<void> {
    if (!this.isComplete) await this.#onStart();
    while (!this.isComplete) {
      const part = this.#next();
      if (part.length > 0) {
        const taken = take(part);
        if (taken) await this.#whileTaking(taken);
      } else if (!this.isComplete && !(await this.#input.more())) {
        throw new BodyError("aborted", "The body broke off");
      }
      if (this.#error !== undefined) return;
    }
  }

  async #whileTaking(taken: Promise<void>): Promise<void> {
    this.#isTaking = true;
    await taken;
    this.#isTaking = false;
  }

  #next(): Uint8Array {
    try {
      const { part, used } = this.#framing.decode(this.#input.bytes);
      this.#input.skip(used);
      this.#receivedBytes += part.length;
      return part;
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.#error = new BodyError("aborted", `The body is malformed: ${error.message}`);
      throw this.#error;
    }
  }

  #reject(error: unknown): void {
    this.#error ??= error;
    this.#reading?.reject(this.#error);
  }
}
