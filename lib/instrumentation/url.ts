/** Where a server is reached. */
export interface Authority {
  host: string;
  port: number | undefined;
}

/** The part of an absolute URL in front of its path. */
interface Origin extends Authority {
  text: string;
  /**
   * A client can put anything into its request line, and the scheme is an attribute of metrics. But a request that
   * reached an HTTP server came by HTTP, with or without TLS; Deno's scheme for sockets is `http+unix`.
   */
  scheme: "http" | "https";
}

/** The parts of an absolute URL as sent, not normalized. */
export interface UrlParts {
  origin: Origin;
  path: string;
  query: string;
}

const ORIGIN = /^(?:(?:(https)|[^:/?#]*):\/\/)?([^/?#]*)/i;
const AUTHORITY = /^(?:\[([^\]]*)\]|([^:]*))(?::(?:(\d{1,5})|[^:]*))?$/;
const MAX_PORT = 65_535;

/** That of the last URL: those of one server nearly always begin alike. */
let last = originOf("");

/** Splits a URL without parsing it: much cheaper than `new URL()`, and it never throws. */
export function splitUrl(url: string): UrlParts {
  const { text } = last;
  if (!url.startsWith(text) || url[text.length] !== "/") last = originOf(url);
  const start = last.text.length;
  const fragment = url.indexOf("#", start);
  const end = fragment < 0 ? url.length : fragment;
  let queryStart = url.indexOf("?", start);
  if (queryStart < 0 || queryStart > end) queryStart = end;
  return {
    origin: last,
    path: url.slice(start, queryStart) || "/",
    query: url.slice(queryStart + 1, end),
  };
}

function originOf(url: string): Origin {
  const [text, isSecure, authority = ""] = ORIGIN.exec(url)!;
  return { text, scheme: isSecure ? "https" : "http", ...splitAuthority(authority) };
}

/** Splits `host:port`; brackets of an IPv6 address are removed, credentials are left out. */
export function splitAuthority(authority: string): Authority {
  const known = authority.slice(authority.lastIndexOf("@") + 1);
  // Anything else is a bare IPv6 address, as in X-Forwarded-For.
  const [, bracketed, name, digits] = AUTHORITY.exec(known) ?? [known, known];
  const port = Number(digits);
  return { host: bracketed ?? name ?? "", port: port > 0 && port <= MAX_PORT ? port : undefined };
}

/** The port of a URL that has none. */
export function defaultPort(scheme: "http" | "https"): number {
  return scheme === "https" ? 443 : 80;
}

/**
 * Query parameters that sign a request or identify the signer: their values are replaced, and their names kept.
 * Names are case-sensitive.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/ note on `url.query`
 */
const SENSITIVE_PARAMETERS = [
  "X-Amz-Signature",
  "X-Amz-Credential",
  "X-Amz-Security-Token",
  "AWSAccessKeyId",
  "Signature",
  "sig",
  "X-Goog-Signature",
].join("|");

const IN_QUERY = new RegExp(`((?:^|&)(?:${SENSITIVE_PARAMETERS})=)[^&]*`, "g");
const IN_TEXT = new RegExp(`([?&](?:${SENSITIVE_PARAMETERS})=)[^&#\\s"'\`<>()]*`, "g");
const CREDENTIALS_IN_TEXT = /:\/\/[^\s/?#@"'`<>()]+@/g;

/** The query with the values of sensitive parameters replaced by REDACTED. */
export function redactQuery(query: string): string {
  return query.replace(IN_QUERY, "$1REDACTED");
}

/** The same for an absolute URL, whose credentials are replaced as well. */
export function redactUrl(url: string): string {
  if (!url.includes("=") && !url.includes("@")) return url;
  const { text } = originOf(url);
  const rest = url.slice(text.length);
  return text.replace(/:\/\/[^/]*@/, "://REDACTED:REDACTED@") +
    rest.replace(/^([^?#]*\?)([^#]*)/, (_, path, query) => path + redactQuery(query));
}

/** A text that may quote URLs, with their credentials and sensitive parameters replaced by REDACTED. */
export function redactUrls(text: string): string {
  return text.replace(IN_TEXT, "$1REDACTED").replace(CREDENTIALS_IN_TEXT, "://REDACTED:REDACTED@");
}
