import { Buffer } from "node:buffer";

/** A running proxy. */
export interface TestProxy extends AsyncDisposable {
  url: string;
  port: number;
  /**
   * Method and target of each request, such as `CONNECT localhost:4317` or `POST http://a:4318/v1/traces`.
   */
  requests: string[];
  /** The credentials of each request, decoded; empty if there are none. */
  credentials: string[];
}

/** Options of {@linkcode startProxy}. */
export interface TestProxyOptions {
  /** The answer to every request. By default, the proxy does what is requested. */
  refusal?: string;
}

const HEAD_END = "\r\n\r\n";

/** Starts a small HTTP proxy that opens tunnels and forwards plain requests. */
export function startProxy({ refusal }: TestProxyOptions = {}): TestProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const requests: string[] = [];
  const credentials: string[] = [];
  const served = new Set<Promise<unknown>>();

  async function serve(near: Deno.Conn): Promise<void> {
    const { head, rest } = await readHead(near);
    const [, method = "", target = ""] = /^(\S+) (\S+) HTTP/.exec(head) ?? [];
    // Deno itself may check for a newer version.
    if (!/(localhost|127\.0\.0\.1|\[::1\]):\d+/.test(target)) return near.close();
    requests.push(`${method} ${target}`);
    const basic = /^proxy-authorization: basic (\S+)/im.exec(head)?.[1] ?? "";
    credentials.push(Buffer.from(basic, "base64").toString());
    if (refusal !== undefined) {
      await near.write(
        new TextEncoder().encode(`HTTP/1.1 ${refusal}\r\ncontent-length: 0${HEAD_END}`),
      );
      return near.close();
    }
    const isTunnel = method === "CONNECT";
    const url = new URL(isTunnel ? `http://${target}` : target);
    const hostname = url.hostname.replace(/^\[|\]$/g, "");
    const far = await Deno.connect({ hostname, port: Number(url.port) });
    if (isTunnel) await near.write(new TextEncoder().encode(`HTTP/1.1 200 OK${HEAD_END}`));
    else await far.write(Buffer.concat([Buffer.from(asOrigin(head, url) + HEAD_END), rest]));
    await Promise.allSettled([
      near.readable.pipeTo(far.writable),
      far.readable.pipeTo(near.writable),
    ]);
  }

  const accepting = (async () => {
    for await (const connection of listener) {
      const one: Promise<void> = serve(connection).finally(() => served.delete(one));
      served.add(one);
    }
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    port: listener.addr.port,
    requests,
    credentials,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(served);
    },
  };
}

async function readHead(connection: Deno.Conn): Promise<{ head: string; rest: Uint8Array }> {
  let bytes = Buffer.alloc(0);
  const chunk = new Uint8Array(4096);
  while (!bytes.includes(HEAD_END)) {
    const length = await connection.read(chunk);
    if (length === null) return { head: "", rest: bytes };
    bytes = Buffer.concat([bytes, chunk.subarray(0, length)]);
  }
  const end = bytes.indexOf(HEAD_END);
  return { head: bytes.toString("latin1", 0, end), rest: bytes.subarray(end + HEAD_END.length) };
}

/**
 * The head that the server expects. The connection carries one request only, so requests can't be mixed up.
 */
function asOrigin(head: string, { pathname, search }: URL): string {
  return head.replace(/ \S+ HTTP/, ` ${pathname}${search} HTTP`) + "\r\nconnection: close";
}
