/** A server that takes requests and answers none. */
export interface SilentServer extends Disposable {
  url: string;
  /** The signals whose senders have given up, in that order. */
  gaveUp: string[];
  /** Resolves as soon as the first has given up. */
  firstGaveUp: Promise<void>;
  /** Closes every connection and takes no more. */
  close(): void;
}

/** Starts a server that never answers, for OTLP over HTTP. */
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
      // Cut off, by them or by us.
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
      // It is closed.
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
