import { TLS_FILES } from "../tls_files.ts";
import { Http2Connection } from "./connection.ts";

/** A running HTTP/2 server. */
export interface HttpServer extends AsyncDisposable {
  url: string;
  port: number;
  /** How many connections were made. */
  readonly connections: number;
  /** Closes all connections and accepts no more. */
  stop(): Promise<void>;
}

/** Options of {@linkcode startHttp2Server}. */
export interface Http2ServerOptions {
  tls?: boolean;
  /** 0 means any free port. */
  port?: number;
  /** Serves a connection, which is closed afterward. Connections are numbered from 1. */
  serve: (connection: Http2Connection, number: number) => Promise<void>;
}

/** Starts a server that handles each connection with the given function. */
export function startHttp2Server(
  { tls = false, port = 0, serve }: Http2ServerOptions,
): HttpServer {
  const address = { hostname: "127.0.0.1", port };
  const listener: Deno.Listener<Deno.TcpConn | Deno.TlsConn, Deno.NetAddr> = tls
    ? Deno.listenTls({
      ...address,
      cert: Deno.readTextFileSync(TLS_FILES.cert),
      key: Deno.readTextFileSync(TLS_FILES.key),
      alpnProtocols: ["h2"],
    })
    : Deno.listen(address);
  const open = new Map<Deno.Conn, Promise<void>>();
  let connections = 0;

  async function serveConnection(connection: Deno.Conn, number: number): Promise<void> {
    const served = await Http2Connection.serve(connection);
    if (!served) return;
    try {
      await serve(served, number);
    } finally {
      await served.end();
    }
  }

  const accepting = (async () => {
    for (;;) {
      let connection: Deno.Conn;
      try {
        connection = await listener.accept();
      } catch (error) {
        if (error instanceof Deno.errors.BadResource) return;
        continue; // A handshake that failed.
      }
      const done = serveConnection(connection, ++connections);
      open.set(connection, done);
      done.finally(() => open.delete(connection));
    }
  })();

  async function stop(): Promise<void> {
    close(listener);
    await accepting;
    const done = [...open.values()];
    for (const connection of open.keys()) close(connection);
    await Promise.all(done);
  }

  return {
    url: `${tls ? "https" : "http"}://localhost:${listener.addr.port}`,
    port: listener.addr.port,
    get connections() {
      return connections;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Closes a resource that may already be closed. */
function close(resource: { close(): void }): void {
  try {
    resource.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
