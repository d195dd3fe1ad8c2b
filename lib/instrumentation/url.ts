/** The parts of an absolute URL as sent, not normalized. */
export interface UrlParts {
  scheme: string;
  authority: string;
  path: string;
  query: string;
}

/** The origin of the last URL: those of one server nearly always begin alike. */
let last = { origin: "", scheme: "", authority: "" };

/** Splits a URL without parsing it: much cheaper than `new URL()`, and it never throws. */
export function splitUrl(url: string): UrlParts {
  const { origin } = last;
  if (origin === "" || !url.startsWith(origin) || url[origin.length] !== "/") last = originOf(url);
  const { scheme, authority, origin: { length: pathStart } } = last;
  const fragment = url.indexOf("#", pathStart);
  const end = fragment === -1 ? url.length : fragment;
  let queryStart = url.indexOf("?", pathStart);
  if (queryStart === -1 || queryStart > end) queryStart = end;
  return {
    scheme,
    authority,
    path: url.slice(pathStart, queryStart) || "/",
    query: url.slice(queryStart + 1, end),
  };
}

function originOf(url: string): typeof last {
  const schemeEnd = url.indexOf("://");
  const authorityStart = schemeEnd === -1 ? 0 : schemeEnd + 3;
  const length = url.slice(authorityStart).search(/[/?#]/);
  const end = length === -1 ? url.length : authorityStart + length;
  return {
    origin: url.slice(0, end),
    scheme: schemeEnd === -1 ? "" : url.slice(0, schemeEnd),
    authority: url.slice(authorityStart, end),
  };
}

const MAX_PORT = 65_535;

/** Splits `host:port`; brackets of an IPv6 address are removed, credentials are left out. */
export function splitAuthority(authority: string): { host: string; port: number | undefined } {
  const hostStart = authority.lastIndexOf("@") + 1;
  const bracket = authority.indexOf("]", hostStart);
  const colon = authority.indexOf(":", bracket === -1 ? hostStart : bracket);
  // Two colons without brackets are a bare IPv6 address, as in X-Forwarded-For.
  if (bracket === -1 && colon !== -1 && authority.indexOf(":", colon + 1) !== -1) {
    return { host: authority.slice(hostStart), port: undefined };
  }
  const hostEnd = colon === -1 ? authority.length : colon;
  const host = bracket === -1
    ? authority.slice(hostStart, hostEnd)
    : authority.slice(hostStart + 1, bracket);
  const digits = colon === -1 ? "" : authority.slice(colon + 1);
  return { host, port: portOf(digits) };
}

function portOf(digits: string): number | undefined {
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port > 0 && port <= MAX_PORT ? port : undefined;
}

/** The default port of a scheme, if the URL has none. */
export function defaultPort(scheme: string): number | undefined {
  return scheme === "http" ? 80 : scheme === "https" ? 443 : undefined;
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

const IN_QUERY = new RegExp(`(^|&)(${SENSITIVE_PARAMETERS})=[^&]*`, "g");
const IN_TEXT = new RegExp(`([?&](?:${SENSITIVE_PARAMETERS})=)[^&#\\s"'\`<>()]*`, "g");
const CREDENTIALS_IN_TEXT = /:\/\/[^\s/?#@"'`<>()]+@/g;

/** The query with the values of sensitive parameters replaced by REDACTED. */
export function redactQuery(query: string): string {
  return query.includes("=") ? query.replace(IN_QUERY, "$1$2=REDACTED") : query;
}

/** The same for an absolute URL, whose credentials are replaced as well. */
export function redactUrl(url: string): string {
  if (!url.includes("=") && !url.includes("@")) return url;
  const { origin } = originOf(url);
  const { length } = origin;
  const fragment = url.indexOf("#", length);
  const end = fragment === -1 ? url.length : fragment;
  const query = url.indexOf("?", length);
  const known = origin.replace(/:\/\/.*@/, "://REDACTED:REDACTED@");
  if (query === -1 || query > end) return known + url.slice(length);
  return known + url.slice(length, query + 1) + redactQuery(url.slice(query + 1, end)) +
    url.slice(end);
}

/** A text that may quote URLs, with their credentials and sensitive parameters replaced by REDACTED. */
export function redactUrls(text: string): string {
  const isWithoutParameter = !text.includes("=");
  const isWithoutCredentials = !text.includes("@") || !text.includes("://");
  if (isWithoutParameter && isWithoutCredentials) return text;
  return text.replace(IN_TEXT, "$1REDACTED")
    .replace(CREDENTIALS_IN_TEXT, "://REDACTED:REDACTED@");
}
