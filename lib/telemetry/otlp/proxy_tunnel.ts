import { Buffer } from "node:buffer";
import { connectionFailure } from "../../connection_failure.ts";
import { addressOf } from "../../host.ts";

/** The maximum length of the head of a proxy's response. */
const MAX_HEAD_BYTES = 16 * 1024;

/** A local port that leads to a server beyond a proxy. */
export interface ProxyTunnel extends Disposable {
  readonly port: number;
  /** Why the last connection failed; undefined if it succeeded. */
  readonly failure: string | undefined;
}

/**
 * Opens a loopback port whose connections go to a server through an HTTP proxy, with CONNECT. Unencrypted
 * requests can then use HTTP/2, which a proxy would not understand.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#CONNECT
 */
export function openProxyTunnel(proxy: URL, server: URL): ProxyTunnel {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.unref();
  const connections = new Set<Disposable>();
  let failure: string | undefined;

  async function carry(near: Deno.TcpConn): Promise<void> {
    using ends = new DisposableStack();
    ends.defer(() => close(near));
    connections.add(ends);
    try {
      const far = await connectThrough(proxy, server);
      ends.defer(() => close(far.connection));
      failure = undefined;
      await writeAll(near, far.rest);
      await Promise.race([
        near.readable.pipeTo(far.connection.writable),
        far.connection.readable.pipeTo(near.writable),
      ]);
    } catch (error) {
      failure ??= error instanceof ProxyRefusal ? error.message : connectionFailure(error);
    } finally {
      connections.delete(ends);
    }
  }

  (async () => {
    for await (const connection of listener) void carry(connection as Deno.TcpConn);
  })().catch(() => {}); // It was closed.

  return {
    port: (listener.addr as Deno.NetAddr).port,
    get failure() {
      return failure;
    },
    [Symbol.dispose]() {
      listener.close();
      for (const connection of connections) connection[Symbol.dispose]();
    },
  };
}

/** The proxy refuses the tunnel. */
class ProxyRefusal extends Error {}

/** A connection through the proxy, and the bytes that already arrived on it. */
interface FarEnd {
  connection: Deno.Conn;
  rest: Uint8Array;
}

/** @throws {ProxyRefusal} If the proxy's response is not a success. */
async function connectThrough(proxy: URL, server: URL): Promise<FarEnd> {
  const address = addressOf(proxy);
  const connection = proxy.protocol === "https:"
    ? await Deno.connectTls(address)
    : await Deno.connect(address);
  try {
    const target = `${server.hostname}:${addressOf(server).port}`;
    const lines = [
      `CONNECT ${target} HTTP/1.1`,
      `Host: ${target}`,
      ...credentialsOf(proxy),
      "",
      "",
    ];
    await writeAll(connection, new TextEncoder().encode(lines.join("\r\n")));
    return { connection, rest: await readAnswer(connection) };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function credentialsOf({ username, password }: URL): string[] {
  if (username === "" && password === "") return [];
  const credentials = [username, password].map(decodeURIComponent).join(":");
  return [`Proxy-Authorization: Basic ${Buffer.from(credentials).toString("base64")}`];
}

/** The bytes after the head of the response, which must be a success. */
async function readAnswer(connection: Deno.Conn): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  const chunk = new Uint8Array(MAX_HEAD_BYTES);
  while (head.length < MAX_HEAD_BYTES) {
    const length = await connection.read(chunk);
    if (length === null) break;
    head = Buffer.concat([head, chunk.subarray(0, length)]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) continue;
    const status = /^HTTP\/1\.[01] (\d{3}[^\r\n]*)/.exec(head.toString("latin1"))?.[1];
    if (status?.startsWith("2")) return head.subarray(end + 4);
    throw new ProxyRefusal(`the proxy answered ${status?.trimEnd() ?? "no HTTP"}`);
  }
  throw new ProxyRefusal("the proxy closed the connection");
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // The stream has already closed it.
  }
}
