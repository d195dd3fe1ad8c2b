import type { Carrier, Ending } from "../http/carrier.ts";
import type { Connection } from "./connection.ts";
import {
  closeSocket,
  DRAIN_MS,
  MAX_DRAINED_BYTES,
  nextTurn,
  type Socket,
  writeAll,
} from "../http/socket.ts";

/** Room for two frames of maximum length. */
const READ_BUFFER_BYTES = 32 * 1024;

/** While there is more output than this, nothing is read. */
const MAX_OUTPUT_BYTES = 64 * 1024;

/** Moves bytes between a socket and its connection. */
export class SocketCarrier implements Carrier {
  readonly #socket: Socket;
  readonly #connection: Connection;
  readonly #maxStalledSeconds: number;
  #isReceiving = false;
  #isWriting = false;
  #written = Promise.resolve();
  #writeError: unknown;
  #stalledSeconds = 0;
  #isStalled = false;
  #isEnding = false;
  #isEvicted = false;
  /** Whether the client has ended the connection; a write may still be pending. */
  #isOver = false;
  #drainTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param maxStalledSeconds How long a write may make no progress. */
  constructor(socket: Socket, connection: Connection, maxStalledSeconds: number) {
    this.#socket = socket;
    this.#connection = connection;
    this.#maxStalledSeconds = maxStalledSeconds;
  }

  get isIdle(): boolean {
    return this.#connection.isIdle;
  }

  get hasAsked(): boolean {
    return this.#connection.hasAsked;
  }

  get quietSeconds(): number {
    return this.#connection.quietSeconds;
  }

  get ending(): Ending | undefined {
    return this.#isStalled ? "timed out" : this.#connection.ending;
  }

  async run(start: Uint8Array): Promise<void> {
    try {
      await this.#read(start);
    } catch (error) {
      if (!this.#isEnding) throw this.#writeError ?? error;
    } finally {
      this.#isOver = true;
      clearTimeout(this.#drainTimer);
      this.#connection.abort();
      closeSocket(this.#socket);
    }
  }

  /** Sends the output, and ends the connection if it is done. */
  flush(): void {
    if (this.#isReceiving || this.#isWriting || this.#isEnding) return;
    if (this.#connection.outputBytes > 0 || this.#connection.isDone) this.#written = this.#write();
  }

  tick(): void {
    this.#connection.tick();
    this.#stalledSeconds = this.#isWriting ? this.#stalledSeconds + 1 : 0;
    if (this.#stalledSeconds <= this.#maxStalledSeconds) return;
    this.#isStalled = true;
    closeSocket(this.#socket);
  }

  close(explanation: string): void {
    this.#connection.close(explanation);
  }

  /** An idle client is notified with GOAWAY. */
  evict(): void {
    this.#isEvicted = true;
    if (this.#isWriting || this.#isEnding || !this.#connection.isIdle) closeSocket(this.#socket);
    else this.#connection.close("the server needs to make room for other clients");
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
      if (this.#connection.relief) {
        await this.#connection.relief;
        continue;
      }
      if (this.#connection.isInterrupted) {
        await nextTurn();
        continue;
      }
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

  /** Never rejects: closing the socket makes the pending read fail. */
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

  /** Ends the writing side; the client has a moment to read the last output and to close. */
  async #end(): Promise<void> {
    if (this.#isOver) return;
    this.#isEnding = true;
    this.#drainTimer = setTimeout(() => closeSocket(this.#socket), this.#isEvicted ? 0 : DRAIN_MS);
    await this.#socket.closeWrite();
  }
}
