import type { Listener } from "../../lib/http_server/accept.ts";
import type { Socket } from "../../lib/http/socket.ts";
import { concat } from "./http2_frames.ts";

/** A socket whose peer is the test. */
export class FakeSocket implements Socket {
  readonly remoteAddr = { transport: "tcp", hostname: "127.0.0.1", port: 1234 } as const;
  /** Errors that these operations throw, if set. */
  readonly errors: Partial<Record<"read" | "write" | "closeWrite", unknown>> = {};
  isClosed = false;
  hasEnd = false;
  readonly written: Uint8Array[] = [];
  #isTaking = true;
  #unread: (Uint8Array | null)[] = [];
  #wake = Promise.withResolvers<void>();

  /** Whether a write is waiting for the peer. */
  isWriting = false;

  /** Whether data from the peer is still unread. */
  get hasUnread(): boolean {
    return this.#unread.length > 0;
  }

  /** The peer sends this; null ends the stream. */
  send(bytes: Uint8Array | null): void {
    this.#unread.push(bytes);
    this.#changed();
  }

  /** The peer starts or stops reading what is written. */
  take(isTaking: boolean): void {
    this.#isTaking = isTaking;
    this.#changed();
  }

  /** Makes an operation fail, immediately if it is pending. */
  fail(operation: "read" | "write" | "closeWrite", error: unknown): void {
    this.errors[operation] = error;
    this.#changed();
  }

  /** Everything written so far. */
  get bytes(): Uint8Array {
    return concat(this.written);
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    await this.#until(() => this.errors.read !== undefined || this.#unread.length > 0);
    if (this.errors.read !== undefined) throw this.errors.read;
    const [next = null] = this.#unread;
    if (next === null) return null;
    const count = Math.min(next.length, buffer.length);
    buffer.set(next.subarray(0, count));
    if (count === next.length) this.#unread.shift();
    else this.#unread[0] = next.subarray(count);
    this.#changed();
    return count;
  }

  async write(bytes: Uint8Array): Promise<number> {
    this.isWriting = true;
    this.#changed();
    await this.#until(() => this.errors.write !== undefined || this.#isTaking);
    if (this.errors.write !== undefined) throw this.errors.write;
    this.isWriting = false;
    this.written.push(bytes.slice());
    this.#changed();
    return bytes.length;
  }

  // deno-lint-ignore require-await -- a socket fails asynchronously.
  async closeWrite(): Promise<void> {
    if (this.errors.closeWrite !== undefined) throw this.errors.closeWrite;
    this.hasEnd = true;
    // The peer also ends its side, as clients do.
    this.send(null);
  }

  close(): void {
    if (this.isClosed) throw new Deno.errors.BadResource("Bad resource ID");
    this.isClosed = true;
    this.#changed();
  }

  /**
   * Resolves once the condition is met.
   *
   * @throws {Deno.errors.Interrupted} If the socket is closed.
   */
  async until(isMet: (socket: this) => boolean): Promise<void> {
    while (!isMet(this)) await this.#wake.promise;
  }

  async #until(isMet: () => boolean): Promise<void> {
    // As with real sockets, it resolves asynchronously even if there is nothing to wait for.
    await Promise.resolve();
    while (!isMet()) {
      if (this.isClosed) throw new Deno.errors.Interrupted("operation canceled");
      await this.#wake.promise;
    }
    if (this.isClosed) throw new Deno.errors.BadResource("Bad resource ID");
  }

  #changed(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}

/** A listener whose connections, and failures, come from the test. */
export class FakeListener implements Listener {
  #waiting: (() => Socket)[] = [];
  #wake = Promise.withResolvers<void>();
  #isClosed = false;

  /** A client connects. */
  connect(socket = new FakeSocket()): FakeSocket {
    this.#push(() => socket);
    return socket;
  }

  /** The next attempt to accept a connection fails. */
  fail(error: unknown): void {
    this.#push(() => {
      throw error;
    });
  }

  async accept(): Promise<Socket> {
    while (this.#waiting.length === 0) {
      if (this.#isClosed) throw new Deno.errors.BadResource("Listener has been closed");
      await this.#wake.promise;
    }
    return this.#waiting.shift()!();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake.resolve();
  }

  #push(next: () => Socket): void {
    this.#waiting.push(next);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}
