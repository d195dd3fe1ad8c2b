import type { Socket } from "../http/socket.ts";

/** The first bytes of HTTP/2, and of no other protocol. */
const HTTP2_START = "PRI * HTTP/2.0";

/** Enough for a whole request of most clients. */
const MAX_START_BYTES = 8 * 1024;

/** The first bytes of a client. */
export interface ProtocolStart {
  isHttp2: boolean;
  /** Everything that was read. */
  bytes: Uint8Array;
}

/**
 * Reads until it is clear which protocol the client speaks.
 *
 * @throws The errors of the socket.
 */
export async function readProtocolStart(socket: Pick<Socket, "read">): Promise<ProtocolStart> {
  const buffer = new Uint8Array(MAX_START_BYTES);
  let length = 0;
  while (length < HTTP2_START.length) {
    const count = await socket.read(buffer.subarray(length));
    if (count === null) break;
    length += count;
    if (!HTTP2_START.startsWith(textOf(buffer, length))) break;
  }
  return { isHttp2: textOf(buffer, length) === HTTP2_START, bytes: buffer.subarray(0, length) };
}

/** Whether these may be the first bytes of HTTP/2. */
function textOf(buffer: Uint8Array, length: number): string {
  return String.fromCharCode(...buffer.subarray(0, Math.min(length, HTTP2_START.length)));
}
