import type { Socket } from "./socket.ts";

/** How a connection of HTTP/2 begins; no other protocol does. */
const HTTP2_START = "PRI * HTTP/2.0";

/** Enough of an HTTP/1.1 request to see who sent it. */
const MAX_START_BYTES = 8 * 1024;

/** No method of HTTP is longer. */
const MAX_METHOD_BYTES = 20;

/** What a client said first. */
export interface ProtocolStart {
  isHttp2: boolean;
  /** All that was read; for HTTP/1.1 that is the whole head, unless it is very long. */
  bytes: Uint8Array;
}

/**
 * Reads until it is clear which protocol is spoken.
 *
 * @throws Whatever the socket does.
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
