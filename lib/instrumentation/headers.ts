/**
 * Captures headers of requests and responses for `httpInstrumentation()`.
 *
 * @module
 */
import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_HTTP_REQUEST_HEADER,
  ATTR_HTTP_RESPONSE_HEADER,
} from "@opentelemetry/semantic-conventions";
import type { AddHeaders, HeaderCapture } from "./http_options.ts";
import { redactUrls } from "./url.ts";

export type { AddHeaders, HeaderCapture };

/** Headers whose values are never recorded unless the list is replaced: they carry credentials. */
const DEFAULT_SANITIZED_HEADERS: readonly string[] = [
  "authorization",
  "cookie",
  "set-cookie",
  "proxy-authorization",
  "x-api-key",
];

const REDACTED = "[REDACTED]";

/** Names come from clients, so the cache of names is bounded. */
const MAX_REMEMBERED_NAMES = 256;

/** Anything that is neither part of a name nor `.*`. */
const NO_NAME = /[\\^$+?()[\]{}|]/;

type Treatment = "skip" | "redact" | "record";

/**
 * The name of a header, in any case, in which `.*` matches any characters; or another matcher for names.
 * Matched names come from clients and are in lower case.
 */
export type HeaderPattern = string | { matches(name: string): boolean };

/** Options of {@linkcode captureHeaders}. */
export interface HeaderCaptureOptions {
  /** Request headers to record. */
  request?: readonly HeaderPattern[];
  /** Response headers to record. */
  response?: readonly HeaderPattern[];
  /**
   * Headers whose values are replaced by `[REDACTED]`. By default `authorization`, `cookie`, `set-cookie`,
   * `proxy-authorization` and `x-api-key`; a list of your own replaces all of these.
   */
  sanitize?: readonly HeaderPattern[];
}

/**
 * Records headers as attributes, as option `headers` of `httpInstrumentation()`.
 *
 * @throws {TypeError} If a pattern is invalid.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { captureHeaders } from "@otel-kit/instrumentation/headers";
 *
 * const { addRequest } = captureHeaders({ request: ["x-.*", "cookie"] });
 * const attributes = {};
 * addRequest?.(new Headers({ "x-tenant": "1", cookie: "a=b" }), attributes);
 * assertEquals(attributes, {
 *   "http.request.header.cookie": ["[REDACTED]"],
 *   "http.request.header.x-tenant": ["1"],
 * });
 * ```
 */
export function captureHeaders(
  { request = [], response = [], sanitize = DEFAULT_SANITIZED_HEADERS }: HeaderCaptureOptions,
): HeaderCapture {
  const isSanitized = anyOf(sanitize);
  return {
    addRequest: adderOf(request, isSanitized, ATTR_HTTP_REQUEST_HEADER),
    addResponse: adderOf(response, isSanitized, ATTR_HTTP_RESPONSE_HEADER),
  };
}

/** Undefined if no header can match. */
function adderOf(
  capture: readonly HeaderPattern[],
  isSanitized: (name: string) => boolean,
  attributeKey: (name: string) => string,
): AddHeaders | undefined {
  if (capture.length === 0) return undefined;
  if (capture.every(isName)) return captureByName(capture, isSanitized, attributeKey);
  const isCaptured = anyOf(capture);
  const remembered = new Map<string, { treatment: Treatment; key: string }>();

  function decide(name: string) {
    const known = remembered.get(name);
    if (known) return known;
    const treatment: Treatment = !isCaptured(name)
      ? "skip"
      : isSanitized(name)
      ? "redact"
      : "record";
    const decision = { treatment, key: attributeKey(name) };
    if (remembered.size < MAX_REMEMBERED_NAMES) remembered.set(name, decision);
    return decision;
  }

  return function captureHeaders(headers, attributes) {
    for (const [name, value] of headers) {
      const { treatment, key } = decide(name);
      if (treatment === "skip") continue;
      const recorded = treatment === "redact" ? REDACTED : redactUrls(value);
      // Set-Cookie is the one header that is iterated once per occurrence.
      const earlier = attributes[key];
      attributes[key] = Array.isArray(earlier) ? [...earlier as string[], recorded] : [recorded];
    }
  };
}

/** If all patterns are plain names, each header is looked up, which is cheaper than scanning all headers. */
function captureByName(
  names: readonly string[],
  isSanitized: (name: string) => boolean,
  attributeKey: (name: string) => string,
): AddHeaders {
  const wanted = names.map((given) => {
    const name = given.toLowerCase();
    return { name, key: attributeKey(name), redact: isSanitized(name) };
  });
  return function captureHeaders(headers: Headers, attributes: Attributes): void {
    for (const { name, key, redact } of wanted) {
      const values = valuesOf(headers, name);
      if (values.length > 0) attributes[key] = values.map(redact ? () => REDACTED : redactUrls);
    }
  };
}

/** The values of a header; only Set-Cookie can have several. */
function valuesOf(headers: Headers, name: string): string[] {
  if (name === "set-cookie") return headers.getSetCookie();
  const value = headers.get(name);
  return value === null ? [] : [value];
}

function isName(pattern: HeaderPattern): pattern is string {
  return typeof pattern === "string" && !pattern.includes(".*") && !NO_NAME.test(pattern);
}

function anyOf(patterns: readonly HeaderPattern[]): (name: string) => boolean {
  const matchers = patterns.map((pattern) =>
    typeof pattern === "string" ? wildcard(pattern) : (name: string) => pattern.matches(name)
  );
  return (name) => matchers.some((matches) => matches(name));
}

/** Creates a matcher for a name in which `.*` matches any characters. */
function wildcard(given: string): (name: string) => boolean {
  if (NO_NAME.test(given)) {
    throw new TypeError(
      `Cannot look for a header "${given}": expected a name, in which .* stands for any characters`,
    );
  }
  const [start = "", ...others] = given.toLowerCase().split(".*");
  const end = others.pop();
  if (end === undefined) return (name) => name === start;
  return (name) => {
    if (!name.startsWith(start)) return false;
    let at = start.length;
    for (const part of others) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return name.length - end.length >= at && name.endsWith(end);
  };
}
