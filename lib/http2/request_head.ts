import { ERROR_CODE, StreamError } from "./errors.ts";
import type { HeaderField } from "./hpack/header_field.ts";

/** The start of a request: https://www.rfc-editor.org/rfc/rfc9113#section-8.3.1 */
export interface RequestHead {
  method: string;
  /** Includes the query; empty for CONNECT. */
  path: string;
  /** Host and port from `:authority` or `host`; empty if neither was sent. */
  authority: string;
  /** All other fields by lower-case name; repeated fields are joined. */
  headers: ReadonlyMap<string, string>;
}

/** Fields that HTTP/2 forbids: https://www.rfc-editor.org/rfc/rfc9113#section-8.2.2 */
const CONNECTION_FIELDS = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

const PSEUDO_FIELDS = new Set([":method", ":scheme", ":authority", ":path"]);

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2, without capital letters. */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

const FORBIDDEN_IN_VALUE = /[\0\r\n]|^[ \t]|[ \t]$/;

/**
 * Reads the header fields of a request.
 *
 * @throws {StreamError} PROTOCOL_ERROR if the request is malformed.
 */
export function readRequestHead(fields: readonly HeaderField[]): RequestHead {
  const pseudo = new Map<string, string>();
  const headers = new Map<string, string>();
  for (const [name, value] of fields) {
    if (name.startsWith(":")) {
      check(headers.size === 0, `${name} comes after other fields`);
      check(PSEUDO_FIELDS.has(name), `${name} is not a field of a request`);
      check(!pseudo.has(name), `${name} comes twice`);
      check(!FORBIDDEN_IN_VALUE.test(value), `${name} has an invalid value`);
      pseudo.set(name, value);
    } else {
      checkField(name, value);
      const before = headers.get(name);
      const separator = name === "cookie" ? "; " : ", ";
      headers.set(name, before === undefined ? value : `${before}${separator}${value}`);
    }
  }
  const method = pseudo.get(":method") ?? "";
  const path = pseudo.get(":path") ?? "";
  check(method !== "", "there is no :method");
  if (method === "CONNECT") {
    check(!pseudo.has(":scheme") && !pseudo.has(":path"), "CONNECT has a :scheme or a :path");
    check(!!pseudo.get(":authority"), "CONNECT has no :authority");
  } else {
    check(!!pseudo.get(":scheme"), "there is no :scheme");
    check(path !== "", "there is no :path");
  }
  const authority = pseudo.get(":authority") ?? headers.get("host") ?? "";
  check((headers.get("host") ?? authority) === authority, "host is not :authority");
  return { method, path, authority, headers };
}

/**
 * Checks trailers.
 *
 * @throws {StreamError} PROTOCOL_ERROR if they are malformed.
 */
export function checkTrailers(fields: readonly HeaderField[]): void {
  for (const [name, value] of fields) checkField(name, value);
}

/**
 * Returns the announced length of the body, if any.
 *
 * @throws {StreamError} PROTOCOL_ERROR if it is not a number.
 */
export function contentLengthOf({ headers }: RequestHead): number | undefined {
  const text = headers.get("content-length");
  if (text === undefined) return undefined;
  check(/^\d{1,15}$/.test(text), "content-length is not a number");
  return Number(text);
}

function checkField(name: string, value: string): void {
  check(NAME.test(name), "a field has an invalid name");
  check(!CONNECTION_FIELDS.has(name), `${name} is not for HTTP/2`);
  check(!FORBIDDEN_IN_VALUE.test(value), `${name} has an invalid value`);
  check(name !== "te" || value === "trailers", "te is not trailers");
}

function check(isOk: boolean, message: string): asserts isOk {
  if (!isOk) throw new StreamError(ERROR_CODE.PROTOCOL_ERROR, message);
}
