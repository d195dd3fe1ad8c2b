import type { Attributes } from "@opentelemetry/api";
import { redactUrls } from "./url.ts";

/** Headers whose values are never recorded unless the list is replaced: they carry credentials. */
export const DEFAULT_SANITIZED_HEADERS: readonly string[] = [
  "authorization",
  "cookie",
  "set-cookie",
  "proxy-authorization",
  "x-api-key",
];

const REDACTED = "[REDACTED]";

/** Names come from clients, so what is remembered about them is bounded. */
const MAX_REMEMBERED_NAMES = 256;

/** A pattern without special characters matches just the header of that name. */
const PLAIN_NAME = /^[a-z0-9_-]+$/i;

type Treatment = "skip" | "redact" | "record";

/** Which headers become attributes, and under which key. */
export interface HeaderCaptureOptions {
  /** Regular expressions over the whole header name, case-insensitive. */
  capture: readonly string[];
  /** As `capture`: of these headers only the presence is recorded, never the value. */
  sanitize: readonly string[];
  /** The convention's attribute key of a header, for example `ATTR_HTTP_REQUEST_HEADER`. */
  attributeKey: (name: string) => string;
}

/** Returns a function that adds the captured headers to the attributes; undefined if none can match. */
export function createHeaderCapture(
  { capture, sanitize, attributeKey }: HeaderCaptureOptions,
): ((headers: Headers, attributes: Attributes) => void) | undefined {
  if (capture.length === 0) return undefined;
  if (capture.every((pattern) => PLAIN_NAME.test(pattern))) {
    return captureByName({ capture, sanitize, attributeKey });
  }
  const captured = anyOf(capture);
  const sanitized = anyOf(sanitize);
  const remembered = new Map<string, { treatment: Treatment; key: string }>();

  function decide(name: string) {
    const known = remembered.get(name);
    if (known) return known;
    const treatment: Treatment = !captured.test(name)
      ? "skip"
      : sanitized.test(name)
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

/** Where all patterns are names, each is asked for, which is cheaper than to look at all headers. */
function captureByName({ capture, sanitize, attributeKey }: HeaderCaptureOptions) {
  const sanitized = anyOf(sanitize);
  const wanted = capture.map((pattern) => {
    const name = pattern.toLowerCase();
    return { name, key: attributeKey(name), redact: sanitized.test(name) };
  });
  return function captureHeaders(headers: Headers, attributes: Attributes): void {
    for (const { name, key, redact } of wanted) {
      const values = valuesOf(headers, name);
      if (values.length > 0) attributes[key] = values.map(redact ? () => REDACTED : redactUrls);
    }
  };
}

/** The values of a header; Set-Cookie alone has several. */
function valuesOf(headers: Headers, name: string): string[] {
  if (name === "set-cookie") return headers.getSetCookie();
  const value = headers.get(name);
  return value === null ? [] : [value];
}

function anyOf(patterns: readonly string[]): RegExp {
  if (patterns.length === 0) return /(?!)/;
  return new RegExp(patterns.map((pattern) => `^(?:${pattern})$`).join("|"), "i");
}
