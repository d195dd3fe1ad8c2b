import { FRAME_TYPE } from "../../lib/http2/frames.ts";
import { frameMessage, GRPC_SERVICES } from "../../lib/otlp/grpc.ts";
import { grpcCall } from "../../tests/helpers/http2/grpc_call.ts";
import { frame, headers, reset, settings, START } from "../../tests/helpers/http2_frames.ts";
import { type Bomb, makeBombs } from "./bodies.ts";

/** The target collector. */
export interface Target {
  httpUrl: string;
  grpcUrl: string;
  uiUrl: string;
}

/** An attack: the action that each of its senders repeats. */
export interface Attack {
  name: string;
  /** The number of concurrent senders. */
  senders: number;
  once(target: Target): Promise<void>;
}

const encoder = new TextEncoder();
const POST = "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
/** Twice a server's maximum number of connections, and more than the page's share. */
const MANY_CONNECTIONS = 1100;
const HOLD_MS = 500;

/** The attacks, in their order. */
export function makeAttacks(): Attack[] {
  const bombs = makeBombs();
  const ports = (target: Target) => [target.httpUrl, target.grpcUrl, target.uiUrl];
  return [
    {
      name: "connections that are reset",
      senders: 16,
      once: (target) => each(ports(target), resetConnection),
    },
    {
      name: "requests that are reset (HTTP/2)",
      senders: 2,
      once: ({ grpcUrl }) => rapidReset(grpcUrl),
    },
    {
      name: "PING and SETTINGS floods",
      senders: 2,
      once: (target) => each(ports(target), floodOfFrames),
    },
    { name: "stalled bodies", senders: 32, once: ({ httpUrl }) => stall(httpUrl, true) },
    {
      name: "partial heads",
      senders: 64,
      once: (target) => each(ports(target), (url) => stall(url, false)),
    },
    { name: "more connections than there are files", senders: 1, once: exhaust },
    { name: "hostile queries", senders: 4, once: hostileQueries },
    ...bombs.map((bomb): Attack => ({
      name: bomb.name,
      senders: 8,
      once: ({ httpUrl }) => throwBomb(httpUrl, bomb),
    })),
    {
      name: "protobuf bombs over gRPC",
      senders: 8,
      once: ({ grpcUrl }) => throwGrpcBomb(grpcUrl, bombs),
    },
  ];
}

/** Connects, and passes the connection on; a server may refuse it. */
async function connected(
  url: string,
  use: (connection: Deno.TcpConn) => Promise<void>,
): Promise<void> {
  try {
    const { hostname, port } = new URL(url);
    using connection = await Deno.connect({ hostname, port: Number(port) });
    await use(connection);
  } catch {
    // The server has closed it, which is allowed.
  }
}

async function each<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  await Promise.all(items.map(work));
}

/** Closing a connection with an unread response sends a reset. */
function resetConnection(url: string): Promise<void> {
  return connected(url, async (connection) => {
    await connection.write(encoder.encode("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"));
    await pause(5);
  });
}

function rapidReset(url: string): Promise<void> {
  return connected(url, async (connection) => {
    await connection.write(START);
    for (let id = 1; id < 10_000; id += 2) {
      await connection.write(headers(id));
      await connection.write(reset(id));
    }
  });
}

function floodOfFrames(url: string): Promise<void> {
  return connected(url, async (connection) => {
    await connection.write(START);
    const ping = frame(FRAME_TYPE.PING, 0, 0, new Uint8Array(8));
    for (let i = 0; i < 10_000; i++) await connection.write(i % 2 === 0 ? ping : settings());
  });
}

/** Announces a long body, sends a part of it, and stalls; or stalls within the head. */
function stall(url: string, hasBody: boolean): Promise<void> {
  return connected(url, async (connection) => {
    await connection.write(
      encoder.encode(hasBody ? `${POST}content-length: 8000000\r\n\r\n` : POST),
    );
    if (hasBody) await connection.write(new Uint8Array(2 ** 20).fill(0x20));
    await pause(4 * HOLD_MS);
  });
}

async function exhaust(target: Target): Promise<void> {
  const urls = [target.httpUrl, target.grpcUrl, target.uiUrl];
  await Promise.all(
    Array.from(
      { length: MANY_CONNECTIONS },
      (_, i) => connected(urls[i % urls.length]!, () => pause(HOLD_MS)),
    ),
  );
}

async function hostileQueries({ uiUrl }: Target): Promise<void> {
  for (const pattern of ["(a+)+$", "(a|a)*b", "(.*)*(.*)*c", "a{1000}{1000}"]) {
    await ask(`${uiUrl}/api/v1/query?query=${encodeURIComponent(`load{a=~"${pattern}"}`)}`);
    await ask(`${uiUrl}/api/kit/logs?text=${encodeURIComponent(pattern)}&limit=1000`);
  }
}

async function throwBomb(httpUrl: string, { signal, type, bytes }: Bomb): Promise<void> {
  await ask(`${httpUrl}/v1/${signal}`, {
    method: "POST",
    headers: { "content-type": type, "content-encoding": "gzip" },
    body: bytes,
  });
}

async function throwGrpcBomb(grpcUrl: string, bombs: Bomb[]): Promise<void> {
  for (const { signal, type, bytes } of bombs) {
    if (type === "application/json") continue;
    const path = `/${GRPC_SERVICES[signal]}/Export`;
    const message = frameMessage(bytes, true);
    await grpcCall({ url: grpcUrl }, path, message, { "grpc-encoding": "gzip" }).catch(() => {});
  }
}

/** Ignores the response. */
async function ask(url: string, init: RequestInit = {}): Promise<void> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
    await response.body?.cancel();
  } catch {
    // An attacker is not entitled to a response.
  }
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
