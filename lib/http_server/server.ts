import { type ConnectionCounts, noConnections } from "./connection_counts.ts";
import { acceptAll, type Listener } from "./accept.ts";
import type { Carrier, Ending } from "../http/carrier.ts";
import { Connection } from "../http2/connection.ts";
import type { HttpHandler } from "../http/handler.ts";
import { ByteBudget } from "../http2/limits.ts";
import { DEFAULT_LIMITS, type HttpLimits } from "../http/limits.ts";
import { type OpenConnection, OpenConnections } from "./open_connections.ts";
import { readProtocolStart } from "./protocol_start.ts";
import { isOfNetwork, type Socket } from "../http/socket.ts";
import { SocketCarrier } from "../http2/socket_carrier.ts";
import type { StreamsOptions } from "../http2/streams.ts";

const STOPPING = "the server stops";

/** Options of {@linkcode serveHttp2}. */
export interface Http2ServerOptions {
  handler: HttpHandler;
  limits?: Partial<HttpLimits>;
  /** Creates the carrier of a connection that does not start with HTTP/2; by default, it is closed. */
  createOther?: (socket: Socket, limits: HttpLimits) => Carrier;
  /**
   * Called when no connection can be accepted because files or memory ran out. By default, the server
   * makes room itself.
   */
  onExhausted?: () => void;
  /** Called with errors that neither a client nor the network caused. The server keeps running. */
  onFault?: (error: unknown) => void;
  /** Starts to call `tick` every second, until disposed. */
  startClock?: (tick: () => void) => Disposable;
}

/** A running server. */
export interface HttpServer {
  readonly counts: Readonly<ConnectionCounts>;
  /** Connections that are open now. */
  readonly openCount: number;
  /** Closes the least useful connections, if there are many; returns how many were closed. */
  makeRoom(): number;
  /** Stops accepting connections and requests; resolves when those in progress are answered. */
  shutdown(): Promise<void>;
}

/**
 * Serves HTTP/2 without TLS (with prior knowledge), within limits, on one or more listening sockets. An error on one connection never
 * affects the others.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113
 */
export function serveHttp2(
  listeners: Listener | readonly Listener[],
  options: Http2ServerOptions,
): HttpServer {
  const { handler, createOther, onExhausted = makeRoom, startClock = everySecond } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const counts = noConnections();
  const connections = new OpenConnections(limits, () => counts.evicted++);
  let isClosing = false;

  function onFault(error: unknown): void {
    try {
      options.onFault?.(error);
    } catch {
      // Nothing is left to notify.
    }
  }

  const headerBudget = new ByteBudget(limits.heldHeaderBytes);
  const shared = { handler, limits, headerBudget, onFault };

  async function serve(connection: OpenConnection): Promise<void> {
    const { socket } = connection;
    try {
      socket.setNoDelay?.();
      const { isHttp2, bytes } = await readProtocolStart(socket);
      if (bytes.length === 0) return;
      connection.carrier = isHttp2 ? createCarrier(socket, shared) : createOther?.(socket, limits);
      if (isClosing) connection.carrier?.close(STOPPING);
      await connection.carrier?.run(bytes);
    } catch (error) {
      if (!isOfNetwork(error)) onFault(error);
      else if (!endingOf(connection)) counts.lost++;
    } finally {
      const ending = endingOf(connection);
      if (ending === "timed out") counts.timedOut++;
      else if (ending === "refused") counts.refused++;
    }
  }

  function makeRoom(): number {
    const before = counts.evicted;
    connections.shrink();
    return counts.evicted - before;
  }

  const accepting = [listeners].flat().map((listener) =>
    acceptAll(listener, {
      onSocket(socket) {
        counts.accepted++;
        connections.add(socket, serve);
      },
      onError(isExhausted) {
        counts.notAccepted++;
        if (!isExhausted) return;
        counts.pauses++;
        onExhausted();
      },
    })
  );
  const clock = startClock(() => connections.tick());

  let ending: Promise<void> | undefined;
  async function end(): Promise<void> {
    isClosing = true;
    for (const { stop } of accepting) stop();
    connections.close(STOPPING);
    // Until then, new ones may arrive.
    await Promise.all(accepting.map(({ stopped }) => stopped));
    await connections.ended();
    clock[Symbol.dispose]();
  }
  return {
    counts,
    get openCount() {
      return connections.size;
    },
    makeRoom,
    shutdown: () => ending ??= end(),
  };
}

/** Evicted connections are counted separately. */
function endingOf({ carrier, ending, isEvicted }: OpenConnection): Ending | undefined {
  return isEvicted ? undefined : ending ?? carrier?.ending;
}

function createCarrier(
  socket: Socket,
  shared: Pick<StreamsOptions, "handler" | "limits" | "headerBudget" | "onFault">,
): Carrier {
  const connection = new Connection({
    ...shared,
    peer: socket.remoteAddr,
    onOutput: () => carrier.flush(),
  });
  const carrier = new SocketCarrier(socket, connection, shared.limits.responseSeconds);
  return carrier;
}

function everySecond(tick: () => void): Disposable {
  const timer = setInterval(tick, 1000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
