import type { Socket } from "./socket.ts";

/** The first bytes of HTTP/2, and of no other protocol. */
const HTTP2_START = "PRI * HTTP/2.0";

/** Enough of an HTTP/1.1 request to tell who sent it. */
const MAX_START_BYTES = 8 * 1024;

/** No HTTP method is longer. */
const MAX_METHOD_BYTES = 20;

/** The first bytes of a client. */
export interface ProtocolStart {
  isHttp2: boolean;
  /** Everything that was read: for HTTP/1.1 the whole head, unless it is very long. */
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
  while (length < MAX_START_BYTES) {
    const count = await socket.read(buffer.subarray(length));
    if (count === null) break;
    const isComplete = isClear(buffer, length, length + count);
    length += count;
    if (isComplete) break;
  }
  const bytes = buffer.subarray(0, length);
  return { isHttp2: textOf(bytes, 0, HTTP2_START.length) === HTTP2_START, bytes };
}

function isClear(buffer: Uint8Array, before: number, length: number): boolean {
  const start = textOf(buffer, 0, Math.min(length, HTTP2_START.length));
  if (HTTP2_START.startsWith(start)) return length >= HTTP2_START.length;
  const method = textOf(buffer, 0, Math.min(length, MAX_METHOD_BYTES + 1));
  if (/^[A-Z]{1,20}$/.test(method)) return false;
  if (!/^[A-Z]{1,20} /.test(method)) return true;
  return textOf(buffer, Math.max(before - 3, 0), length).includes("\r\n\r\n");
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
