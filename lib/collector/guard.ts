import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { isWildcard, urlHost } from "../host.ts";
import { rememberLast } from "./remember_last.ts";

/** Names of this machine that no other machine has. */
const LOOPBACK_HOSTNAMES = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Names that container engines and virtual machines give to the machine they run on. `internal` is reserved: no
 * public DNS has names below it.
 */
const HOST_OF_CONTAINER = /^(host|gateway)\.[a-z-]+\.internal$/;

/**
 * The kind of request: `receive` is an export of telemetry, which pages of this machine may send too; `query`
 * reads or changes stored data; `page` is the page itself, which links may lead to.
 */
export type Access = "receive" | "query" | "page";

/** The part of a request that is checked: a `Request`, or an HTTP/2 stream's headers with `get`. */
export interface GuardedRequest {
  method: string;
  headers: { get(name: string): string | null };
  /** Contains the host if there is no `host` header. */
  url?: string;
}

/** Why a request was rejected. */
export interface Refusal {
  /** 401: no valid token; 403: sent by a page of another site. */
  status: 401 | 403;
  /** For the person who sent it. */
  message: string;
}

/** Decides which requests are allowed. */
export interface Guard {
  /** The required token; undefined if only this machine can connect. */
  readonly token: string | undefined;
  /** Returns why the request is rejected; undefined if it is allowed. */
  check(access: Access, request: GuardedRequest): Refusal | undefined;
  /**
   * Answers a page request with the token in its URL: sets the session cookie, and leads to the URL
   * without it. Undefined for any other request.
   */
  signIn(request: Request): Response | undefined;
}

/** The server's address, and the secret for access to it. */
export interface GuardOptions {
  /** The address that the server listens on, as given: `127.0.0.1`, `::`, `box.example`. */
  hostname: string;
  /** Required for all addresses except this machine's own. */
  token?: string;
  /** More hosts to which telemetry may be sent, without ports. They give no access to what is stored. */
  allowedHosts?: readonly string[];
}

/**
 * Creates the guard of a single-user server. The host must be one of this machine's own names. This keeps
 * out other sites whose names resolve to this machine (DNS rebinding). Pages of other origins are
 * rejected by `Origin` and `Sec-Fetch-Site`. Telemetry is also accepted for names that no site can have,
 * such as those of containers. If a page has such a name nevertheless, it is rejected by its `Origin`,
 * because it can't send without one.
 *
 * @throws {TypeError} If other machines could connect without a token.
 */
export function createGuard({ hostname, token, allowedHosts = [] }: GuardOptions): Guard {
  const own = parseHost(urlHost(hostname))?.hostname ?? hostname;
  if (!token && !isLoopback(own)) {
    throw new TypeError(
      `Cannot listen on "${hostname}" without a token: other machines could read the stored telemetry`,
    );
  }
  // Cookies are sent to every port of a host, so the cookie doesn't contain a token that other programs could
  // use.
  const session = createToken();

  // A sender names the same host in every request.
  const parse = rememberLast(parseHost);
  const allowed = new Set(allowedHosts.map((host) => parseHost(urlHost(host))?.hostname ?? host));

  function isOwnName(name: string): boolean {
    // A request through a rebound name has neither token nor cookie.
    return isLoopback(name) || name === own || isWildcard(own);
  }

  /** Whether telemetry may be sent to this name, also by a page with that name. */
  function isReceiverName(name: string): boolean {
    return isOwnName(name) || isLocalName(name) || allowed.has(name);
  }

  function isAllowedHost(access: Access, host: URL): boolean {
    if (access !== "receive") return isOwnName(host.hostname);
    const name = nameOf(host);
    return isReceiverName(name) || isPrivateName(name);
  }

  function checkToken(access: Access, headers: GuardedRequest["headers"], host: URL) {
    if (!token) return undefined;
    const [, bearer] = /^bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
    if (bearer && isSame(bearer, token)) return undefined;
    const cookie = access === "receive" ? undefined : readCookie(headers, cookieName(host));
    if (cookie && isSame(cookie, session)) return undefined;
    return refuse(
      401,
      bearer
        ? `Cannot accept the token in "Authorization": it is not the one printed at the start`
        : `Cannot serve a request without a token: send "Authorization: Bearer TOKEN" with the ` +
          `token printed at the start, or open the page with "?token=TOKEN"`,
    );
  }

  return {
    token,
    check(access, { method, headers, url }) {
      const host = hostOf(parse, headers, url);
      if (!host || !isAllowedHost(access, host)) {
        return refuse(
          403,
          `Cannot serve host "${headers.get("host") ?? host?.host ?? ""}": expected localhost, ` +
            `127.0.0.1 or [::1]${isLoopback(own) ? "" : `, or "${hostname}"`}` +
            (access === "receive" ? ", or what --allow-host names" : ""),
        );
      }
      return checkPage(access, { method, headers }, host, isReceiverName) ??
        checkToken(access, headers, host);
    },
    signIn(request) {
      const given = new URL(request.url).searchParams.get("token");
      const host = hostOf(parse, request.headers, request.url);
      if (!token || given === null || !host || !isSame(given, token)) return undefined;
      return answerSignIn(request, `${cookieName(host)}=${session}`);
    },
  };
}

/** Rejects requests that a page of another site triggers in a browser. */
function checkPage(
  access: Access,
  { method, headers }: Pick<GuardedRequest, "method" | "headers">,
  host: URL,
  isReceiverName: (hostname: string) => boolean,
): Refusal | undefined {
  const origin = headers.get("origin");
  const isAllowed = access === "receive"
    ? isSender(origin, headers, host, isReceiverName)
    : isOwnPage(origin, headers, host) || (access === "page" && isNavigation(method, headers));
  if (isAllowed) return undefined;
  return refuse(
    403,
    `Cannot serve a page of ${origin ? `"${origin}"` : "another site"}: ` +
      (access === "receive"
        ? "only pages from this machine may send telemetry"
        : `only the page of "${host.origin}" itself may use it`),
  );
}

/** Returns a new secret that is safe in a URL and in a header. */
export function createToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64url");
}

/** Whether the host name, in the form of a URL with IPv6 in brackets, always means this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_HOSTNAMES.includes(hostname);
}

/**
 * Whether the request comes from a program, which sends no `Origin`, from a page of this machine, or from
 * a page of the requested host.
 */
function isSender(
  origin: string | null,
  headers: GuardedRequest["headers"],
  host: URL,
  isReceiverName: (hostname: string) => boolean,
): boolean {
  if (origin === null) return headers.get("sec-fetch-site") !== "cross-site";
  if (!/^https?:/.test(origin) || !URL.canParse(origin)) return false;
  const name = nameOf(new URL(origin));
  // Different names of this machine may belong to programs that don't trust each other.
  return isLoopback(name) || (name === nameOf(host) && isReceiverName(name));
}

/** Names that always resolve to this machine: https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
function isLocalName(name: string): boolean {
  return isLoopback(name) || name.endsWith(".localhost") || /^127(\.\d+){3}$/.test(name);
}

/**
 * Whether no site can have this name: it is a single label, such as a compose service's, or the name of a
 * container's host.
 */
function isPrivateName(name: string): boolean {
  return HOST_OF_CONTAINER.test(name) || /^[a-z\d_-]+$/.test(name);
}

/** The name of a host, without the trailing dot. */
function nameOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, "");
}

/** Whether the request comes from a program, or from a page of the requested host and port. */
function isOwnPage(
  origin: string | null,
  headers: GuardedRequest["headers"],
  host: URL,
): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  return origin === null ||
    (/^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).host === host.host);
}

/** Whether someone follows a link; the page with the link can't read the response. */
function isNavigation(method: string, headers: GuardedRequest["headers"]): boolean {
  return (method === "GET" || method === "HEAD") && headers.get("origin") === null &&
    headers.get("sec-fetch-mode") === "navigate" && headers.get("sec-fetch-dest") === "document";
}

function hostOf(
  parse: typeof parseHost,
  headers: GuardedRequest["headers"],
  url = "",
): URL | undefined {
  const host = headers.get("host");
  return host === null ? URL.parse(url) ?? undefined : parse(host);
}

/** Parses `name:port`; undefined if there is anything else. */
function parseHost(host: string): URL | undefined {
  const url = `http://${host}`;
  return /^[^\s/\\?#@]+$/.test(host) && URL.canParse(url) ? new URL(url) : undefined;
}

/** Collectors on several ports of a host share its cookies, so the cookie's name includes the port. */
function cookieName(host: URL): string {
  return `otel_kit_${host.port || "80"}`;
}

function readCookie(headers: GuardedRequest["headers"], name: string): string | undefined {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const [key, value] = pair.trim().split("=");
    if (key === name) return value;
  }
  return undefined;
}

/**
 * A redirect would not work: after a link on another site, browsers omit a `SameSite=Strict` cookie from
 * the redirected request. A refresh counts as the page's own request.
 */
function answerSignIn({ url }: Request, cookie: string): Response {
  const { pathname, searchParams } = new URL(url);
  searchParams.delete("token");
  const query = searchParams.size > 0 ? `?${searchParams}` : "";
  return new Response("Signed in.\n", {
    headers: {
      "cache-control": "no-store",
      // Two slashes at the start would lead to another host.
      refresh: `0; url=${pathname.replace(/^\/+/, "/")}${query}`,
      "referrer-policy": "no-referrer",
      "set-cookie": `${cookie}; Path=/; HttpOnly; SameSite=Strict`,
      "x-content-type-options": "nosniff",
    },
  });
}

/** Compares in constant time, however much of a guess is correct. */
export function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(status: 401 | 403, message: string): Refusal {
  return { status, message };
}
