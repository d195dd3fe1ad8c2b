import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { type Connection, connectionOf } from "../../lib/instrumentation/connection.ts";

/** What is known about the connection of a request that a server passes on like this. */
async function connectionBy(env: unknown, request = new Request("http://a/")): Promise<Connection> {
  const { promise, resolve } = Promise.withResolvers<Connection>();
  const app = new Hono().get("/", (c) => {
    resolve(connectionOf(c));
    return c.text("");
  });
  await app.fetch(request, env as Record<string, unknown>);
  return await promise;
}

Deno.test("connectionOf() reads Deno's data about TCP and Unix sockets", async () => {
  assertEquals(
    await connectionBy({ remoteAddr: { transport: "tcp", hostname: "192.0.2.7", port: 40_123 } }),
    { peerAddress: "192.0.2.7", peerPort: 40_123 },
  );
  assertEquals(
    await connectionBy({ remoteAddr: { transport: "unix", path: "/run/app.sock" } }),
    { peerAddress: "/run/app.sock", isUnixSocket: true },
  );
});

Deno.test("connectionOf() reads Node's request", async () => {
  const socket = { remoteAddress: "2001:db8::1", remotePort: 40_123 };
  const tcp = { peerAddress: "2001:db8::1", peerPort: 40_123 };
  for (const [httpVersion, protocolVersion] of [["1.0", "1.0"], ["1.1", "1.1"], ["2.0", "2"]]) {
    const incoming = { httpVersion, socket };
    assertEquals(await connectionBy({ incoming, outgoing: {} }), { ...tcp, protocolVersion });
    assertEquals(await connectionBy({ server: { incoming } }), { ...tcp, protocolVersion });
  }
});

Deno.test("connectionOf() asks Bun's server", async () => {
  const request = new Request("http://a/");
  const server = {
    requestIP: (asked: Request) =>
      asked === request ? { address: "192.0.2.7", family: "IPv4", port: 40_123 } : null,
  };
  const peer = { peerAddress: "192.0.2.7", peerPort: 40_123 };
  assertEquals(await connectionBy(server, request), peer);
  assertEquals(await connectionBy({ server }, request), peer);
  assertEquals(await connectionBy(server), {});
});

Deno.test("connectionOf() reads IPv4 addresses of sockets for both versions of IP", async () => {
  const peer = { peerAddress: "192.0.2.7", peerPort: 40_123 };
  const [address, port] = ["::ffff:192.0.2.7", 40_123];
  assertEquals(await connectionBy({ remoteAddr: { hostname: address, port } }), peer);
  assertEquals(await connectionBy({ requestIP: () => ({ address, port }) }), peer);
  const incoming = { socket: { remoteAddress: address, remotePort: port } };
  const { protocolVersion: _, ...node } = await connectionBy({ incoming });
  assertEquals(node, peer);
});

Deno.test("connectionOf() trusts Cloudflare's header only on workerd", async () => {
  const headers = { "cf-connecting-ip": "192.0.2.7" };
  const request = new Request("http://a/", { headers });
  assertEquals(await connectionBy({ BINDING: "x" }, request), {});
  Object.defineProperty(request, "cf", { value: { httpProtocol: "HTTP/3" } });
  assertEquals(await connectionBy({ BINDING: "x" }, request), {
    clientAddress: "192.0.2.7",
    protocolVersion: "3",
  });
});

Deno.test("connectionOf() knows nothing of a request that no server received", async () => {
  assertEquals(await connectionBy(undefined), {});
  assertEquals(await connectionBy({}), {});
});
