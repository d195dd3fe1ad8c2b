import { acceptAll, type Listener } from "./accept.ts";
import type { Carrier } from "./carrier.ts";
import { Connection } from "./connection.ts";
import type { Http2Handler } from "./http2.ts";
import { ByteBudget, DEFAULT_LIMITS, type Http2Limits } from "./limits.ts";
import { readProtocolStart } from "./protocol_start.ts";
import { closeSocket, isOfNetwork, type Socket } from "./socket.ts";
import { SocketCarrier } from "./socket_carrier.ts";

/** Connections that are kept, at least, when the process runs out of files. */
const MIN_CONNECTIONS = 16;

/** The share of connections that is kept then: other parts of the process need files, too. */
const REMAINING_SHARE = 0.75;

const STOPPING = "the server stops";

/** Longer than any connection lasts. */
const FOREVER_SECONDS = 1e9;

/** Options of {@linkcode serveHttp2}. */
export interface Http2ServerOptions {
  handler: Http2Handler;
  limits?: Partial<Http2Limits>;
  /** Creates what serves a connection that does not start with HTTP/2; by default, it is closed. */
  createOther?: (socket: Socket, limits: Http2Limits) => Carrier;
  /** Called with errors that neither a client nor the network caused. The server goes on. */
  onFault?: (error: unknown) => void;
  /** Starts to call `tick` every second, until disposed. */
  startClock?: (tick: () => void) => Disposable;
}

/** Counts of connections since the start. */
export interface Http2Counts {
  accepted: number;
  /** Failed to be accepted: the client was gone, or the process was out of files. */
  notAccepted: number;
  /** Ended by a network error. */
  lost: number;
  /** Closed to make room for others. */
  evicted: number;
}

/** A running server. */
export interface Http2Server {
  readonly counts: Readonly<Http2Counts>;
  /** Stops accepting connections and requests; resolves when those in progress are answered. */
  shutdown(): Promise<void>;
}

/** A connection of any protocol. */
interface Entry {
  socket: Socket;
  /** Set once it is clear which protocol the client speaks. */
  carrier?: Carrier | undefined;
  /** Seconds without any. */
  silentSeconds: number;
  isEvicted: boolean;
}

/**
 * Serves HTTP/2 without TLS (with prior knowledge), within limits. An error on one connection never
 * affects the others.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113
 */
export function serveHttp2(listener: Listener, options: Http2ServerOptions): Http2Server {
  const { handler, createOther, startClock = everySecond } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const headerBudget = new ByteBudget(limits.heldHeaderBytes);
  const counts: Http2Counts = { accepted: 0, notAccepted: 0, lost: 0, evicted: 0 };
  const entries = new Map<Entry, Promise<void>>();
  let maxConnections = limits.connections;
  let isClosing = false;

  function onFault(error: unknown): void {
    try {
      options.onFault?.(error);
    } catch {
      // There is nobody left to tell.
    }
  }

  async function serve(entry: Entry): Promise<void> {
    const { socket } = entry;
    try {
      socket.setNoDelay?.();
      const { isHttp2, bytes } = await readProtocolStart(socket);
      if (bytes.length === 0) return;
      entry.carrier = isHttp2 ? createCarrier(socket) : createOther?.(socket, limits);
      if (isClosing) entry.carrier?.close(STOPPING);
      await entry.carrier?.run(bytes);
    } catch (error) {
      if (isOfNetwork(error)) counts.lost++;
      else onFault(error);
    } finally {
      closeSocket(socket);
      entries.delete(entry);
    }
  }

  function createCarrier(socket: Socket): Carrier {
    const connection = new Connection({
      handler,
      limits,
      peer: socket.remoteAddr,
      headerBudget,
      onOutput: () => carrier.flush(),
      onFault,
    });
    const carrier = new SocketCarrier(socket, connection, limits.responseSeconds);
    return carrier;
  }

  /** Closes the least useful connections until so many are left. */
  function makeRoom(count: number): void {
    if (entries.size <= count) return;
    const staying = new Set([...entries.keys()].filter(({ isEvicted }) => !isEvicted));
    while (staying.size > count) {
      const entry = [...staying].reduce((a, b) => useOf(b) < useOf(a) ? b : a);
      staying.delete(entry);
      entry.isEvicted = true;
      counts.evicted++;
      if (entry.carrier) entry.carrier.evict();
      else closeSocket(entry.socket);
    }
  }

  const accepting = acceptAll(listener, {
    onSocket(socket) {
      counts.accepted++;
      makeRoom(maxConnections - 1);
      const entry = { socket, silentSeconds: 0, isEvicted: false };
      entries.set(entry, serve(entry));
    },
    onError(isExhausted) {
      counts.notAccepted++;
      if (!isExhausted) return;
      maxConnections = Math.max(MIN_CONNECTIONS, Math.floor(entries.size * REMAINING_SHARE));
      makeRoom(maxConnections);
    },
  });

  const clock = startClock(() => {
    if (maxConnections < limits.connections) maxConnections++;
    for (const entry of entries.keys()) {
      if (entry.carrier) entry.carrier.tick();
      else if (++entry.silentSeconds > limits.prefaceSeconds) closeSocket(entry.socket);
    }
  });

  let ending: Promise<void> | undefined;
  async function end(): Promise<void> {
    isClosing = true;
    accepting.stop();
    for (const { socket, carrier } of entries.keys()) {
      if (carrier) carrier.close(STOPPING);
      else closeSocket(socket);
    }
    await accepting.stopped;
    await Promise.all(entries.values());
    clock[Symbol.dispose]();
  }
  return { counts, shutdown: () => ending ??= end() };
}

/** Silent connections are less useful than idle ones, and these less than those with requests. */
function useOf({ carrier, silentSeconds }: Entry): number {
  if (!carrier) return -2 * FOREVER_SECONDS - silentSeconds;
  return (carrier.isIdle ? -FOREVER_SECONDS : 0) - carrier.quietSeconds;
}

function everySecond(tick: () => void): Disposable {
  const timer = setInterval(tick, 1000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
