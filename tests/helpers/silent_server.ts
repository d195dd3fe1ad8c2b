/** A server that accepts connections and never sends anything. */
export interface SilentServer extends AsyncDisposable {
  url: string;
  /** Resolves once this many connections were made. */
  connected(count: number): Promise<void>;
  /** The highest number of simultaneous connections. */
  readonly mostOpen: number;
}

/** Starts the server. It closes a connection when the client does. */
export function startSilentServer(): SilentServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const waiting = new Set<{ count: number; resolve: () => void }>();
  let made = 0;
  let mostOpen = 0;

  async function hold(connection: Deno.Conn): Promise<void> {
    open.add(connection);
    mostOpen = Math.max(mostOpen, open.size);
    made++;
    for (const { count, resolve } of waiting) if (made >= count) resolve();
    const buffer = new Uint8Array(16_384);
    try {
      while (await connection.read(buffer) !== null);
    } catch {
      // The client reset the connection, or the test is over.
    }
    if (open.delete(connection)) connection.close();
  }

  const serving = (async () => {
    const held: Promise<void>[] = [];
    for await (const connection of listener) held.push(hold(connection));
    await Promise.all(held);
  })();

  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    connected(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (made >= count) resolve();
      else waiting.add({ count, resolve });
      return promise;
    },
    get mostOpen() {
      return mostOpen;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) {
        open.delete(connection);
        connection.close();
      }
      await serving;
    },
  };
}
