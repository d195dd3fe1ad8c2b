import type { Context } from "hono";

/** What is known about the connection of a request. */
export interface Connection {
  /** The peer: an IP address, or the name of a Unix domain socket. */
  peerAddress?: string | undefined;
  peerPort?: number | undefined;
  /** The client, if the platform in front of the server reports it. */
  clientAddress?: string | undefined;
  isUnixSocket?: boolean;
  /** In the convention's format: 1.0, 1.1, 2 or 3. `Deno.serve` and Bun don't report it. */
  protocolVersion?: string | undefined;
}

/** The connection of `Deno.serve`: for TCP, or for a Unix domain socket. */
export interface DenoAddress {
  hostname?: string;
  port?: number;
  path?: string;
}

/** The request of `@hono/node-server`. */
interface NodeRequest {
  httpVersion?: string;
  socket?: { remoteAddress?: string; remotePort?: number };
}

/** The server object that Bun passes to Hono. */
interface BunServer {
  requestIP?(request: Request): { address: string; port: number } | null;
}

/** What each server passes to Hono as `c.env`; workerd passes bindings, which don't describe the connection. */
interface ServerEnv extends BunServer {
  remoteAddr?: DenoAddress;
  incoming?: NodeRequest;
  /** Some adapters nest the server's own object one level deeper. */
  server?: BunServer & { incoming?: NodeRequest };
}

/** Properties that workerd adds to a request. */
interface WorkerdRequest {
  cf?: { httpProtocol?: string };
}

/** On workerd, `c.env` contains bindings with arbitrary names, and some of them respond to every property. */
const IS_WORKERD = globalThis.navigator?.userAgent === "Cloudflare-Workers";

/** Reads the connection of a request on Deno, Node, Bun or workerd. */
export function connectionOf({ env, req: { raw } }: Context): Connection {
  const passed: ServerEnv = (!IS_WORKERD && env) || {};
  const { remoteAddr, incoming = passed.server?.incoming } = passed;
  if (remoteAddr) return fromDeno(remoteAddr);
  if (incoming?.socket) return fromNode(incoming);
  const bun = [passed, passed.server].find((server) => typeof server?.requestIP === "function");
  const peer = bun?.requestIP?.(raw);
  return peer ? fromPeer(peer.address, peer.port) : fromWorkerd(raw);
}

/** The connection from the address that Deno passes to a handler. */
export function fromDeno({ hostname, port, path }: DenoAddress): Connection {
  return path === undefined ? fromPeer(hostname, port) : { peerAddress: path, isUnixSocket: true };
}

/** What a request of `node:http` says of its connection. */
export function fromNode({ httpVersion, socket }: NodeRequest): Connection {
  return {
    ...fromPeer(socket?.remoteAddress, socket?.remotePort),
    protocolVersion: versionOf(httpVersion),
  };
}

/** An IPv4 address is unwrapped from the IPv6 form that a dual-stack socket reports (RFC 4291, 2.5.5.2). */
function fromPeer(address: string | undefined, peerPort: number | undefined): Connection {
  const isMapped = address?.startsWith("::ffff:") && address.includes(".");
  return { peerAddress: isMapped ? address?.slice(7) : address, peerPort };
}

/** Cloudflare's edge sets this header and removes the client's own. */
function fromWorkerd(request: Request): Connection {
  const { cf }: WorkerdRequest = request as WorkerdRequest;
  return cf
    ? {
      clientAddress: request.headers.get("cf-connecting-ip") ?? undefined,
      protocolVersion: versionOf(cf.httpProtocol),
    }
    : {};
}

/** `HTTP/2`, `2.0` and `2` are the same, but `1.0` keeps its zero. */
function versionOf(protocol: string | undefined): string | undefined {
  return protocol?.replace(/^(?:HTTP\/)?(?:([23])\.0$)?/i, "$1");
}
