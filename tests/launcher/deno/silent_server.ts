/** A server that accepts requests and never answers. */
export interface SilentServer extends Disposable {
  url: string;
  /** The signals whose senders have given up, in order. */
  gaveUp: string[];
  /** Resolves once the first sender has given up. */
  firstGaveUp: Promise<void>;
  /** Closes every connection and accepts no more. */
  close(): void;
}

/** Starts an OTLP/HTTP server that never answers. */
export function startSilentServer(): SilentServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connections = new Set<Deno.Conn>();
  const gaveUp: string[] = [];
  const { promise: firstGaveUp, resolve } = Promise.withResolvers<void>();

  async function take(connection: Deno.Conn): Promise<void> {
    connections.add(connection);
    let text = "";
    try {
      for await (const chunk of connection.readable) text += new TextDecoder().decode(chunk);
    } catch {
      // Closed by the sender or by the server.
    }
    if (!connections.delete(connection)) return;
    gaveUp.push(/^POST \S*\/v1\/(\w+) /.exec(text)?.[1] ?? text);
    resolve();
  }

  (async () => {
    for await (const connection of listener) take(connection);
  })();

  function close(): void {
    const open = [...connections];
    connections.clear();
    for (const connection of open) connection.close();
    try {
      listener.close();
    } catch {
      // The connection is closed.
    }
  }

  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    gaveUp,
    firstGaveUp,
    close,
    [Symbol.dispose]: close,
  };
}
