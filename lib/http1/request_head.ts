import { Buffer } from "node:buffer";

/** More header fields than any client sends. */
const MAX_FIELDS = 128;

const [CR, LF] = [0x0d, 0x0a];

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The maximum length of a method. */
const MAX_METHOD_BYTES = 20;

/** Everything but visible characters, spaces and tabs. */
const FORBIDDEN = /[^\t\x20-\x7e\x80-\xff]/;

/** The request can't be parsed, so the connection ends. */
export class HeadError extends Error {
  override name = "HeadError";
  /** The response to the client; undefined if it doesn't speak HTTP. */
  readonly status: number | undefined;

  constructor(status: number | undefined, message: string) {
    super(message);
    this.status = status;
  }
}

/** The start of a request: https://www.rfc-editor.org/rfc/rfc9112#section-2.1 */
export interface RequestHead {
  method: string;
  /** Includes the query. */
  path: string;
  /** Host and port; empty if HTTP/1.0 leaves them out. */
  authority: string;
  /** All fields by lower-case name; repeated fields are joined. */
  headers: ReadonlyMap<string, string>;
  /** The length of the body, or that it is chunked. */
  framing: number | "chunked";
  /** Whether another request may follow. */
  isKeptAlive: boolean;
  /** Whether the client supports chunks. */
  isHttp10: boolean;
  /** Whether the client waits for permission to send the body. */
  waitsForContinue: boolean;
}

/** Returns where the head ends, the empty line included; -1 if it is incomplete. */
export function findHeadEnd(bytes: Uint8Array, from = 0): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (at >= 3 && bytes[at - 1] === CR && bytes[at - 2] === LF && bytes[at - 3] === CR) {
      return at + 1;
    }
  }
  return -1;
}

/** Whether this may be the start of a request. */
export function mayBeRequest(bytes: Uint8Array): boolean {
  const start = textOf(bytes.subarray(0, MAX_METHOD_BYTES + 1));
  const space = start.indexOf(" ");
  if (space < 0 && start.length > MAX_METHOD_BYTES) return false;
  return start === "" || TOKEN.test(space < 0 ? start : start.slice(0, space));
}

/**
 * Parses a complete head. Anything that two parsers could understand differently is rejected.
 *
 * @throws {HeadError} If it is malformed.
 */
export function readRequestHead(bytes: Uint8Array): RequestHead {
  const [requestLine = "", ...lines] = textOf(bytes.subarray(0, -4)).split("\r\n");
  const { method, target, isHttp10 } = readRequestLine(requestLine);
  const headers = readFields(lines);
  const host = headers.get("host");
  check(isHttp10 || host !== undefined, "it has no Host");
  const { path, authority } = readTarget(method, target, host ?? "");
  const connection = (headers.get("connection") ?? "").toLowerCase().split(",")
    .map((option) => option.trim());
  return {
    method,
    path,
    authority,
    headers,
    framing: framingOf(headers, isHttp10),
    isKeptAlive: isHttp10 ? connection.includes("keep-alive") : !connection.includes("close"),
    isHttp10,
    waitsForContinue: !isHttp10 && headers.get("expect")?.toLowerCase() === "100-continue",
  };
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-3 */
function readRequestLine(line: string): { method: string; target: string; isHttp10: boolean } {
  const parts = line.split(" ");
  const [method = "", target = "", version = ""] = parts;
  check(parts.length === 3 && TOKEN.test(method), "its first line is not HTTP/1.1");
  check(target !== "" && !/[^\x21-\x7e]/.test(target), "its target has forbidden characters");
  if (version === "HTTP/1.1" || version === "HTTP/1.0") {
    return { method, target, isHttp10: version === "HTTP/1.0" };
  }
  if (!version.startsWith("HTTP/")) throw new HeadError(undefined, "it is not HTTP");
  const isOther = /^HTTP\/\d(?:\.\d)?$/.test(version);
  throw new HeadError(isOther ? 505 : 400, `its version is not HTTP/1.1`);
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-3.2 */
function readTarget(
  method: string,
  target: string,
  host: string,
): { path: string; authority: string } {
  if (target.startsWith("/") || (target === "*" && method === "OPTIONS")) {
    return { path: target, authority: host };
  }
  const [, authority, path] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(target) ?? [];
  check(authority !== undefined, "its target is invalid");
  check(host === "" || authority.toLowerCase() === host.toLowerCase(), "it names two hosts");
  return { path: path!.startsWith("/") ? path! : `/${path}`, authority };
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-5 */
function readFields(lines: readonly string[]): Map<string, string> {
  if (lines.length > MAX_FIELDS) throw new HeadError(431, "it has too many header fields");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    const value = trim(line.slice(colon + 1));
    check(TOKEN.test(name), "a header field has no name");
    check(!FORBIDDEN.test(value), "a header field has forbidden characters");
    const before = headers.get(name);
    check(before === undefined || name !== "host", "it has two hosts");
    const separator = name === "cookie" ? "; " : ", ";
    headers.set(name, before === undefined ? value : `${before}${separator}${value}`);
  }
  return headers;
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
function framingOf(headers: ReadonlyMap<string, string>, isHttp10: boolean): number | "chunked" {
  const coding = headers.get("transfer-encoding");
  const length = headers.get("content-length");
  if (coding === undefined) {
    check(length === undefined || /^\d{1,15}$/.test(length), "its content-length is not a number");
    return Number(length ?? 0);
  }
  check(length === undefined, "its length is given in two ways");
  check(!isHttp10, "HTTP/1.0 has no transfer-encoding");
  if (coding.toLowerCase() === "chunked") return "chunked";
  throw new HeadError(501, "its transfer-encoding is not chunked");
}

/** Without surrounding spaces and tabs. A regular expression would be slow for many spaces. */
function trim(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && isBlank(value, start)) start++;
  while (end > start && isBlank(value, end - 1)) end--;
  return value.slice(start, end);
}

function isBlank(value: string, at: number): boolean {
  return value[at] === " " || value[at] === "\t";
}

function textOf({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, length).toString("latin1");
}

function check(isOk: boolean, message: string): asserts isOk {
  if (!isOk) throw new HeadError(400, message);
}
