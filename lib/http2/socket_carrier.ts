import type { Connection } from "./connection.ts";
import { closeSocket, DRAIN_MS, MAX_DRAINED_BYTES, type Socket, writeAll } from "./socket.ts";

/** Two frames of full length fit. */
const READ_BUFFER_BYTES = 32 * 1024;

/** While more than this waits to be sent, nothing is read. */
const MAX_OUTPUT_BYTES = 64 * 1024;

/** Carries bytes between a socket and the connection that is spoken over it. */
export class SocketCarrier {
  readonly #socket: Socket;
  readonly #connection: Connection;
  readonly #maxStalledSeconds: number;
  #isReceiving = false;
  #isWriting = false;
  #written = Promise.resolve();
  #writeError: unknown;
  #stalledSeconds = 0;
  #isEnding = false;
  #isEvicted = false;
  #drainTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param maxStalledSeconds How long a client may take nothing of what is sent. */
  constructor(socket: Socket, connection: Connection, maxStalledSeconds: number) {
    this.#socket = socket;
    this.#connection = connection;
    this.#maxStalledSeconds = maxStalledSeconds;
  }

  /**
   * Serves a connection whose start was read, until either side ends it.
   *
   * @throws What the socket threw, unless it was being closed.
   */
  async run(start: Uint8Array): Promise<void> {
    try {
      await this.#read(start);
    } catch (error) {
      if (!this.#isEnding) throw this.#writeError ?? error;
    } finally {
      clearTimeout(this.#drainTimer);
      this.#connection.abort();
      closeSocket(this.#socket);
    }
  }

  /** Sends what waits, and ends the connection if that was the last. */
  flush(): void {
    if (this.#isReceiving || this.#isWriting || this.#isEnding) return;
    if (this.#connection.outputBytes > 0 || this.#connection.isDone) this.#written = this.#write();
  }

  /** A second has passed. */
  tick(): void {
    this.#connection.tick();
    this.#stalledSeconds = this.#isWriting ? this.#stalledSeconds + 1 : 0;
    if (this.#stalledSeconds > this.#maxStalledSeconds) closeSocket(this.#socket);
  }

  /** Closes the connection now, to make room; a client that waits for nothing is told. */
  evict(): void {
    this.#isEvicted = true;
    if (this.#isWriting || this.#isEnding || !this.#connection.isIdle) closeSocket(this.#socket);
    else this.#connection.close("the server needs room for others");
  }

  async #read(start: Uint8Array): Promise<void> {
    const buffer = new Uint8Array(READ_BUFFER_BYTES);
    buffer.set(start);
    let length = start.length;
    while (!this.#isEnding) {
      const used = this.#receive(buffer.subarray(0, length));
      buffer.copyWithin(0, used, length);
      length -= used;
      if (this.#connection.outputBytes > MAX_OUTPUT_BYTES) await this.#written;
      const count = await this.#socket.read(buffer.subarray(length));
      if (count === null) return;
      length += count;
    }
    for (let drained = length; drained < MAX_DRAINED_BYTES;) {
      const count = await this.#socket.read(buffer);
      if (count === null) return;
      drained += count;
    }
  }

  #receive(bytes: Uint8Array): number {
    this.#isReceiving = true;
    const used = this.#connection.receive(bytes);
    this.#isReceiving = false;
    this.flush();
    return used;
  }

  /** Never rejects: what the socket throws is thrown where it is read. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#connection.outputBytes > 0) {
        await writeAll(this.#socket, this.#connection.takeOutput(), () => this.#stalledSeconds = 0);
      }
      if (this.#connection.isDone) await this.#end();
    } catch (error) {
      this.#writeError = error;
      closeSocket(this.#socket);
    } finally {
      this.#isWriting = false;
    }
  }

  /** The last word is out; what the client still sends is read and forgotten for a moment. */
  async #end(): Promise<void> {
    this.#isEnding = true;
    this.#drainTimer = setTimeout(() => closeSocket(this.#socket), this.#isEvicted ? 0 : DRAIN_MS);
    await this.#socket.closeWrite();
  }
}
