import { wrongPort, wrongPortMessage } from "../hints/wrong_port.ts";
import { encodeRpcStatus, RPC_CODE } from "../../otlp/rpc_status.ts";
import { beginExport, endExport, type ExportSink } from "./export_draft.ts";
import { peerName } from "./http_receiver.ts";

/** How a connection of HTTP/2 begins; no other protocol does. */
const PREFACE = "PRI * HTTP/2.0";

/** Enough of an HTTP/1.1 request to see who sent it. */
const MAX_HEAD_BYTES = 8 * 1024;

/** How much, and for how long, is still read after the answer, so that the sender gets to read it. */
const MAX_DRAINED_BYTES = 1024 * 1024;
const DRAIN_MS = 1000;

/** Who says nothing for so long has nothing to say. */
const SILENCE_MS = 10_000;

const ENCODINGS = [["application/x-protobuf", "protobuf"], ["application/json", "json"]] as const;

const COPY_BYTES = 64 * 1024;

/** Options of the front. */
export interface GrpcFrontOptions {
  /** The port on this machine that serves HTTP/2. */
  innerPort: number;
  exports: ExportSink;
  /** Where OTLP over HTTP goes. */
  otherPort: () => number;
}

/** What stands before the HTTP/2 server. */
export interface GrpcFront {
  address: Deno.NetAddr;
  /** The sender behind a connection of the inner server, by the port that it comes from. */
  peerOf(innerPort: number): string;
  /** Takes no new connections; those that said nothing yet are closed. */
  close(): void;
  /** Once the inner server is closed: resolves when everything that it said is out. */
  shutdown(): Promise<void>;
}

/**
 * Looks at the first bytes of each connection: HTTP/2 is handed to the inner server, everything else
 * gets an answer in HTTP/1.1, which says where to go. `node:http2` itself would answer with HTTP/2,
 * which the sender cannot read, and cannot be given a connection whose start was read.
 */
export function startGrpcFront(listener: Deno.TcpListener, options: GrpcFrontOptions): GrpcFront {
  const peers = new Map<number, string>();
  const silent = new Set<Deno.TcpConn>();
  const connections = new Map<Deno.TcpConn, Promise<void>>();

  async function serve(outside: Deno.TcpConn): Promise<void> {
    const peer = peerName(outside.remoteAddr);
    silent.add(outside);
    const patience = setTimeout(() => close(outside), SILENCE_MS);
    try {
      const start = await readStart(outside);
      silent.delete(outside);
      clearTimeout(patience);
      if (start.length === 0) return;
      const head = toBinaryString(start);
      if (!head.startsWith(PREFACE)) return await refuse(outside, head, peer, options);
      const inside = await Deno.connect({ hostname: "127.0.0.1", port: options.innerPort });
      peers.set(inside.localAddr.port, peer);
      try {
        await writeAll(inside, start);
        await Promise.race([copy(outside, inside), copy(inside, outside)]);
      } finally {
        peers.delete(inside.localAddr.port);
        close(inside);
      }
    } catch (error) {
      if (!isConnectionEnd(error)) throw error;
    } finally {
      silent.delete(outside);
      clearTimeout(patience);
      close(outside);
    }
  }

  const accepting = (async () => {
    for await (const connection of listener) {
      connections.set(connection, serve(connection).finally(() => connections.delete(connection)));
    }
  })();

  return {
    address: listener.addr,
    peerOf: (innerPort) => peers.get(innerPort) ?? "",
    close() {
      listener.close();
      for (const connection of silent) close(connection);
    },
    async shutdown() {
      await accepting;
      // The inner server is closed: what it said last is on its way, and each connection ends behind it.
      const patience = setTimeout(() => connections.keys().forEach(close), DRAIN_MS);
      await Promise.all(connections.values());
      clearTimeout(patience);
    },
  };
}

/** Closes a connection that may be closed already. */
function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

/** Reads until it is clear which protocol is spoken; for HTTP/1.1 the whole head. */
async function readStart(connection: Deno.Conn): Promise<Uint8Array> {
  const buffer = new Uint8Array(MAX_HEAD_BYTES);
  let length = 0;
  while (length < MAX_HEAD_BYTES) {
    const count = await connection.read(buffer.subarray(length));
    if (count === null) break;
    length += count;
    const head = toBinaryString(buffer.subarray(0, length));
    const isClear = head.startsWith(PREFACE) ||
      (!PREFACE.startsWith(head) && (head.includes("\r\n\r\n") || !/^[A-Z]+ /.test(head)));
    if (isClear) break;
  }
  return buffer.subarray(0, length);
}

function toBinaryString(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Answers in HTTP/1.1 and takes note. */
async function refuse(
  connection: Deno.Conn,
  head: string,
  peer: string,
  { exports, otherPort }: GrpcFrontOptions,
): Promise<void> {
  const header = (name: string) =>
    new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
  const requestLine = head.split("\r\n")[0]!.slice(0, 200);
  const type = header("content-type");
  const isHttp = / HTTP\/1\.[01]$/.test(requestLine);
  const rightPort = otherPort();
  const draft = beginExport({
    peer,
    userAgent: header("user-agent"),
    protocol: type.includes("protobuf")
      ? "http/protobuf"
      : type.includes("json")
      ? "http/json"
      : "unknown",
  });
  const message = wrongPortMessage({ spoken: "http", rightPort });
  draft.reason = isHttp ? message : "The connection speaks neither HTTP/2 nor HTTP/1.1";
  if (isHttp) {
    draft.hints.push(wrongPort({ spoken: "http", rightPort, detail: requestLine }));
    await writeAll(connection, answer(type, message));
    await connection.closeWrite();
    await drain(connection);
  }
  exports.add(endExport(draft, 400));
}

/** The status in the encoding of the request, or a line of text for people. */
function answer(type: string, message: string): Uint8Array {
  const status = { code: RPC_CODE.INVALID_ARGUMENT, message };
  const encoding = ENCODINGS.find(([name]) => type.startsWith(name));
  const body = encoding
    ? encodeRpcStatus(status, encoding[1])
    : new TextEncoder().encode(`${message}\n`);
  const head = new TextEncoder().encode(
    "HTTP/1.1 400 Bad Request\r\n" +
      `content-type: ${encoding?.[0] ?? "text/plain"}\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n`,
  );
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

async function drain(connection: Deno.Conn): Promise<void> {
  const timer = setTimeout(() => close(connection), DRAIN_MS);
  const buffer = new Uint8Array(COPY_BYTES);
  try {
    for (let drained = 0; drained < MAX_DRAINED_BYTES;) {
      const count = await connection.read(buffer);
      if (count === null) return;
      drained += count;
    }
  } finally {
    clearTimeout(timer);
  }
}

async function copy(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(COPY_BYTES);
  for (;;) {
    const count = await from.read(buffer);
    if (count === null) return;
    await writeAll(to, buffer.subarray(0, count));
  }
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await to.write(bytes.subarray(written));
  }
}

/** Either side may go at any time. */
function isConnectionEnd(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BrokenPipe || error instanceof Deno.errors.NotConnected ||
    error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.ConnectionAborted;
}
