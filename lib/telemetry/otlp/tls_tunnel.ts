import type { TlsOptions } from "./tls_files.ts";

/**
 * Opens a TLS connection for HTTP/2 and returns a loopback address that leads into it.
 *
 * Deno 2.7's `node:http2` cannot speak over TLS, so it speaks plainly to a listener of ours that
 * takes exactly one connection. Whoever else on this machine might win the race for it could send
 * through the tunnel, but sees none of the headers that authenticate us.
 *
 * @throws {Error} If the server cannot be reached, is not trusted or does not speak HTTP/2.
 */
export async function openTlsTunnel(
  options: { hostname: string; port: number } & TlsOptions,
  signal: AbortSignal,
): Promise<string> {
  const upstream = await Deno.connectTls({ ...options, alpnProtocols: ["h2"] });
  const giveUp = () => upstream.close();
  signal.addEventListener("abort", giveUp);
  try {
    const { alpnProtocol } = await upstream.handshake();
    if (alpnProtocol !== "h2") throw new Error("the server does not offer HTTP/2");
  } catch (error) {
    if (!signal.aborted) upstream.close();
    throw error;
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.unref();
  listener.accept().then(async (local) => {
    listener.close();
    // When either side ends, so does the other; the stream in flight reports it.
    await Promise.allSettled([
      local.readable.pipeTo(upstream.writable),
      upstream.readable.pipeTo(local.writable),
    ]);
  });
  return `http://127.0.0.1:${listener.addr.port}`;
}
