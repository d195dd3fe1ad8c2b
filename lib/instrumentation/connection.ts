import type { Context } from "hono";

/** What is known of the connection that a request came by. */
export interface Connection {
  /** The other end: an IP address, or the name of a Unix domain socket. */
  peerAddress?: string | undefined;
  peerPort?: number | undefined;
  /** Who sent the request, where the platform in front of the server says so. */
  clientAddress?: string | undefined;
  isUnixSocket?: boolean;
  /** As the convention writes it: 1.0, 1.1, 2 or 3. `Deno.serve` and Bun do not tell. */
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

/** The server that Bun hands to Hono. */
interface BunServer {
  requestIP?(request: Request): { address: string; port: number } | null;
}

/** What each server gives Hono as `c.env`; workerd gives bindings, which say nothing. */
interface ServerEnv extends BunServer {
  remoteAddr?: DenoAddress;
  incoming?: NodeRequest;
  /** Some adapters put the server's own one level deeper. */
  server?: BunServer & { incoming?: NodeRequest };
}

/** What workerd adds to a request. */
interface WorkerdRequest {
  cf?: { httpProtocol?: string };
}

/** On workerd `c.env` holds bindings of any name, and some of them answer to every property. */
const IS_WORKERD = globalThis.navigator?.userAgent === "Cloudflare-Workers";

/** Asks Deno, Node, Bun or workerd for the connection of a request. */
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

/** What the address that Deno tells a handler says of the connection. */
export function fromDeno({ hostname, port, path }: DenoAddress): Connection {
  if (hostname !== undefined) return { peerAddress: unmapped(hostname), peerPort: port };
  return path === undefined ? UNKNOWN : { peerAddress: path, isUnixSocket: true };
}

function fromNode({ httpVersion, socket }: NodeRequest): Connection {
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

/** An IPv4 address where a socket for both versions of IP has it mapped (RFC 4291, 2.5.5.2). */
function unmapped(address: string | undefined): string | undefined {
  return address?.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

/** Cloudflare's edge sets the header; what a client sends under its name does not get through. */
function fromWorkerd(request: Request): Connection {
  const { cf }: WorkerdRequest = request as WorkerdRequest;
  if (!cf) return UNKNOWN;
  return {
    clientAddress: request.headers.get("cf-connecting-ip") ?? undefined,
    protocolVersion: cf.httpProtocol?.replace(/^HTTP\//i, "").replace(/^([23])\.0$/, "$1"),
  };
}
