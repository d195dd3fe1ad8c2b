import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_URL_SCHEME,
  ATTR_USER_AGENT_ORIGINAL,
} from "@opentelemetry/semantic-conventions";
import { defaultPort, redactQuery, splitAuthority, splitUrl } from "./url.ts";

/** The other end of the connection, as `Deno.serve` names it. */
export interface Peer {
  hostname: string;
  port: number;
}

/**
 * The attributes of an HTTP server span that are known when it starts.
 *
 * `network.protocol.version` is told by the Host header: HTTP/2 has none. `Deno.serve` does not show
 * HTTP/1.0, which is thus recorded as 1.1.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function requestAttributes(
  requestUrl: string,
  headers: Headers,
  { method, peer }: { method: string; peer: Peer | undefined },
): Attributes {
  // To ask this first is cheapest: it makes Deno read all headers at once, as they will be needed.
  const isHttp1 = headers.has("host");
  const url = splitUrl(requestUrl);
  const forwarded = readForwarded(headers);
  const scheme = forwarded.proto ?? url.scheme;
  const server = serverOf(forwarded.host ?? url.authority);
  const port = server.port ?? defaultPort(scheme);

  const attributes: Attributes = {
    [ATTR_HTTP_REQUEST_METHOD]: method,
    [ATTR_URL_SCHEME]: scheme,
    [ATTR_URL_PATH]: url.path,
    [ATTR_NETWORK_PROTOCOL_VERSION]: isHttp1 ? "1.1" : "2",
  };
  if (url.query) attributes[ATTR_URL_QUERY] = redactQuery(url.query);
  if (server.host) {
    attributes[ATTR_SERVER_ADDRESS] = server.host;
    if (port !== undefined) attributes[ATTR_SERVER_PORT] = port;
  }
  const client = forwarded.for ?? peer?.hostname;
  if (client) attributes[ATTR_CLIENT_ADDRESS] = client;
  if (peer) {
    attributes[ATTR_NETWORK_PEER_ADDRESS] = peer.hostname;
    attributes[ATTR_NETWORK_PEER_PORT] = peer.port;
  }
  const userAgent = headers.get("user-agent");
  if (userAgent) attributes[ATTR_USER_AGENT_ORIGINAL] = userAgent;
  return attributes;
}

/** The last authority that was split: it is mostly the same one again. */
let lastServer = { authority: "", server: splitAuthority("") };

function serverOf(authority: string): ReturnType<typeof splitAuthority> {
  if (authority !== lastServer.authority) {
    lastServer = { authority, server: splitAuthority(authority) };
  }
  return lastServer.server;
}

/** What the first proxy said of the original request. */
interface Forwarded {
  for?: string | undefined;
  host?: string | undefined;
  proto?: string | undefined;
}

const NOT_FORWARDED: Forwarded = {};

/** Reads `Forwarded` (RFC 7239), and where that says nothing, the `X-Forwarded-*` headers. */
function readForwarded(headers: Headers): Forwarded {
  const standard = headers.get("forwarded");
  const address = headers.get("x-forwarded-for");
  const host = headers.get("x-forwarded-host");
  const proto = headers.get("x-forwarded-proto");
  if ((standard ?? address ?? host ?? proto) === null) return NOT_FORWARDED;
  const result: Forwarded = {};
  if (standard !== null) {
    for (const [, key, quoted, token] of firstElement(standard).matchAll(FORWARDED_PAIR)) {
      const value = quoted?.replaceAll(/\\(.)/g, "$1") ?? token;
      const name = key?.toLowerCase();
      if (value && (name === "for" || name === "host" || name === "proto")) result[name] ??= value;
    }
  }
  result.for ??= firstOf(address);
  result.host ??= firstOf(host);
  result.proto ??= firstOf(proto);

  if (result.for) result.for = splitAuthority(result.for).host;
  if (result.proto && !/^[a-z][a-z0-9+.-]*$/i.test(result.proto)) delete result.proto;
  return result;
}

const FORWARDED_PAIR = /([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))/g;

function firstElement(header: string): string {
  return /^(?:[^,"]|"(?:[^"\\]|\\.)*")*/.exec(header)?.[0] ?? "";
}

function firstOf(header: string | null): string | undefined {
  return header?.split(",", 1)[0]?.trim() || undefined;
}
