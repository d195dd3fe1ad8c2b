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

const UNKNOWN: Connection = {};

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
export function connectionOf({ env, req }: Context): Connection {
  if (IS_WORKERD) return fromWorkerd(req.raw);
  const server: Partial<ServerEnv> | undefined = env;
  const address = server?.remoteAddr;
  if (address) return fromDeno(address);
  const incoming = server?.incoming ?? server?.server?.incoming;
  if (incoming?.socket) return fromNode(incoming);
  const bun = isBunServer(server)
    ? server
    : isBunServer(server?.server)
    ? server.server
    : undefined;
  return bun ? fromBun(bun, req.raw) : fromWorkerd(req.raw);
}

/** The connection from the address that Deno passes to a handler. */
export function fromDeno({ hostname, port, path }: DenoAddress): Connection {
  if (hostname !== undefined) return { peerAddress: unmapped(hostname), peerPort: port };
  return path === undefined ? UNKNOWN : { peerAddress: path, isUnixSocket: true };
}

/** What a request of `node:http` says of its connection. */
export function fromNode({ httpVersion, socket }: NodeRequest): Connection {
  return {
    peerAddress: unmapped(socket?.remoteAddress),
    peerPort: socket?.remotePort,
    protocolVersion: httpVersion?.replace(/^([23])\.0$/, "$1"),
  };
}

function isBunServer(value: BunServer | undefined): value is Required<BunServer> {
  return typeof value?.requestIP === "function";
}

function fromBun(server: Required<BunServer>, request: Request): Connection {
  const peer = server.requestIP(request);
  return peer ? { peerAddress: unmapped(peer.address), peerPort: peer.port } : UNKNOWN;
}

/** An IPv4 address, unwrapped from the IPv6 form that a dual-stack socket reports (RFC 4291, 2.5.5.2). */
function unmapped(address: string | undefined): string | undefined {
  return address?.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

/** Cloudflare's edge sets this header and removes the client's own. */
function fromWorkerd(request: Request): Connection {
  const { cf }: WorkerdRequest = request as WorkerdRequest;
  if (!cf) return UNKNOWN;
  return {
    clientAddress: request.headers.get("cf-connecting-ip") ?? undefined,
    protocolVersion: cf.httpProtocol?.replace(/^HTTP\//i, "").replace(/^([23])\.0$/, "$1"),
  };
}
