import { Buffer } from "node:buffer";
import type { HttpResponse } from "../http/handler.ts";

/** Bodies up to this size are copied after the head, which is cheaper than a second write. */
const COPIED_BYTES = 64 * 1024;

/** https://www.rfc-editor.org/rfc/rfc9110#section-15. Clients need none of these phrases, but people read them. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [200, "OK"],
  [204, "No Content"],
  [304, "Not Modified"],
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "Not Found"],
  [405, "Method Not Allowed"],
  [408, "Request Timeout"],
  [413, "Content Too Large"],
  [415, "Unsupported Media Type"],
  [431, "Request Header Fields Too Large"],
  [500, "Internal Server Error"],
  [501, "Not Implemented"],
  [503, "Service Unavailable"],
  [505, "HTTP Version Not Supported"],
]);

/** The properties of a request that affect how its response is written. */
export interface ResponseContext {
  method: string;
  isHttp10: boolean;
  /** Whether another request may follow. */
  isKeptAlive: boolean;
}

/** Writes a response; resolves when the socket has accepted it. */
export async function writeResponse(
  { status, headers = {}, body = new Uint8Array() }: HttpResponse,
  { method, isHttp10, isKeptAlive }: ResponseContext,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const hasBody = status !== 204 && status !== 304;
  const lines = [`HTTP/1.1 ${status} ${REASONS.get(status) ?? ""}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${checked(value)}`);
  if (headers["date"] === undefined) lines.push(`date: ${now()}`);
  if (!isKeptAlive) lines.push("connection: close");
  else if (isHttp10) lines.push("connection: keep-alive");
  const isWhole = body instanceof Uint8Array;
  const isChunked = !isWhole && !isHttp10;
  if (hasBody && headers["content-length"] === undefined) {
    if (isWhole) lines.push(`content-length: ${body.length}`);
    else if (isChunked) lines.push("transfer-encoding: chunked");
  }
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  const isSent = hasBody && method !== "HEAD";
  if (isWhole) return await writeWhole(head, isSent ? body : new Uint8Array(), write);
  await write(head);
  if (!isSent) return void await body[Symbol.asyncIterator]().return?.();
  for await (const part of body) {
    if (part.length > 0) await write(isChunked ? chunkOf(part) : part);
  }
  if (isChunked) await write(LAST_CHUNK);
}

const LAST_CHUNK = Buffer.from("0\r\n\r\n");

async function writeWhole(
  head: Uint8Array,
  body: Uint8Array,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  if (body.length <= COPIED_BYTES) return await write(Buffer.concat([head, body]));
  await write(head);
  await write(body);
}

function chunkOf(part: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n")]);
}

function checked(value: string): string {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw new TypeError("A header field of the response has forbidden characters");
  }
  return value;
}

let [dateSecond, dateText] = [0, ""];

/** The date, created once a second: https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1 */
function now(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== dateSecond) [dateSecond, dateText] = [second, new Date().toUTCString()];
  return dateText;
}
