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
interface DenoAddress {
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

/** Asks Deno, Node, Bun or workerd for the connection of a request. */
export function connectionOf({ env, req }: Context): Connection {
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
  if (bun) return fromBun(bun, req.raw);
  const { cf }: WorkerdRequest = req.raw as WorkerdRequest;
  return cf ? fromWorkerd(cf, req.raw.headers) : UNKNOWN;
}

function fromDeno({ hostname, port, path }: DenoAddress): Connection {
  if (hostname !== undefined) return { peerAddress: hostname, peerPort: port };
  return path === undefined ? UNKNOWN : { peerAddress: path, isUnixSocket: true };
}

function fromNode({ httpVersion, socket }: NodeRequest): Connection {
  return {
    peerAddress: socket?.remoteAddress,
    peerPort: socket?.remotePort,
    protocolVersion: httpVersion?.replace(/^([23])\.0$/, "$1"),
  };
}

function isBunServer(value: BunServer | undefined): value is Required<BunServer> {
  return typeof value?.requestIP === "function";
}

function fromBun(server: Required<BunServer>, request: Request): Connection {
  const peer = server.requestIP(request);
  return peer ? { peerAddress: peer.address, peerPort: peer.port } : UNKNOWN;
}

/** Cloudflare's edge sets the header; what a client sends under its name does not get through. */
function fromWorkerd({ httpProtocol }: { httpProtocol?: string }, headers: Headers): Connection {
  return {
    clientAddress: headers.get("cf-connecting-ip") ?? undefined,
    protocolVersion: httpProtocol?.replace(/^HTTP\//i, "").replace(/^([23])\.0$/, "$1"),
  };
}
