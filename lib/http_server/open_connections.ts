import type { Carrier, Ending } from "../http/carrier.ts";
import type { HttpLimits } from "../http/limits.ts";
import { closeSocket, type Socket } from "../http/socket.ts";

/** The minimum number of connections that are kept when the process runs out of file descriptors. */
const MIN_CONNECTIONS = 16;

/** The share of connections that is kept then: other parts of the process need file descriptors, too. */
const REMAINING_SHARE = 0.75;

/** Longer than any connection lasts. */
const FOREVER_SECONDS = 1e9;

/** A connection of any protocol. */
export interface OpenConnection {
  readonly socket: Socket;
  /** Set once it is clear which protocol the client speaks. */
  carrier?: Carrier | undefined;
  /** Seconds without any. */
  silentSeconds: number;
  isEvicted: boolean;
  /** Why the server ended it before the protocol was known. */
  ending?: Ending | undefined;
}

/** The open connections, up to a maximum: the least useful ones make room for new ones. */
export class OpenConnections {
  readonly #limits: Pick<HttpLimits, "connections" | "prefaceSeconds">;
  readonly #onEvict: () => void;
  /** Each with a promise that resolves when it has ended. */
  readonly #connections = new Map<OpenConnection, Promise<void>>();
  #max: number;

  /** @param onEvict Called with each connection that is closed to make room. */
  constructor(
    limits: Pick<HttpLimits, "connections" | "prefaceSeconds">,
    onEvict: () => void,
  ) {
    this.#limits = limits;
    this.#onEvict = onEvict;
    this.#max = limits.connections;
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Adds a connection, which is closed when it has been served. */
  add(socket: Socket, serve: (connection: OpenConnection) => Promise<void>): void {
    this.#makeRoom(this.#max - 1);
    const connection = { socket, silentSeconds: 0, isEvicted: false };
    const served = serve(connection).finally(() => {
      closeSocket(socket);
      this.#connections.delete(connection);
    });
    this.#connections.set(connection, served);
  }

  /** The process is out of file descriptors: closes some connections, and keeps fewer for a while. */
  shrink(): void {
    const remaining = Math.floor(this.#connections.size * REMAINING_SHARE);
    this.#max = Math.min(Math.max(MIN_CONNECTIONS, remaining), this.#limits.connections);
    this.#makeRoom(this.#max);
  }

  /** Called every second. */
  tick(): void {
    if (this.#max < this.#limits.connections) this.#max++;
    for (const connection of this.#connections.keys()) {
      if (connection.carrier) connection.carrier.tick();
      else if (++connection.silentSeconds > this.#limits.prefaceSeconds) {
        connection.ending = "timed out";
        closeSocket(connection.socket);
      }
    }
  }

  /** Lets all connections finish their requests and end. */
  close(reason: string): void {
    for (const { socket, carrier } of this.#connections.keys()) {
      if (carrier) carrier.close(reason);
      else closeSocket(socket);
    }
  }

  /** Resolves when the connections that are open now have ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#connections.values());
  }

  /** Closes the least useful connections until this many are left. */
  #makeRoom(count: number): void {
    if (this.#connections.size <= count) return;
    const staying = new Set([...this.#connections.keys()].filter(({ isEvicted }) => !isEvicted));
    while (staying.size > count) {
      const connection = [...staying].reduce((a, b) => useOf(b) < useOf(a) ? b : a);
      staying.delete(connection);
      connection.isEvicted = true;
      this.#onEvict();
      if (connection.carrier) connection.carrier.evict();
      else closeSocket(connection.socket);
    }
  }
}

/**
 * From the least useful connections on: silent ones, those that have not asked for anything yet, idle ones,
 * and those with requests. Otherwise, a flood of new connections would end those of well-behaved clients.
 */
function useOf({ carrier, silentSeconds }: OpenConnection): number {
  if (!carrier) return -3 * FOREVER_SECONDS - silentSeconds;
  const { isIdle, hasAsked, quietSeconds } = carrier;
  const rank = !isIdle ? 0 : hasAsked ? 1 : 2;
  return -rank * FOREVER_SECONDS - quietSeconds;
}
