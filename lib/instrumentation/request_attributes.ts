import type { Attributes } from "@opentelemetry/api";
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_NETWORK_TRANSPORT,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_URL_SCHEME,
  ATTR_USER_AGENT_ORIGINAL,
  NETWORK_TRANSPORT_VALUE_UNIX,
} from "@opentelemetry/semantic-conventions";
import type { Connection } from "./connection.ts";
import type { Forwarded, HttpInstrumentationOptions } from "./http_options.ts";
import { defaultPort, redactQuery, splitAuthority, splitUrl } from "./url.ts";

/** The input of {@linkcode requestAttributes} besides URL and headers. */
export interface RequestParts {
  /** A known method, or `_OTHER`. */
  method: string;
  connection: Connection;
  /** Reads headers about the original client, host and scheme, if these are trusted. */
  readForwarded: HttpInstrumentationOptions["readForwarded"];
}

const NOT_FORWARDED: Forwarded = {};

/**
 * The attributes of an HTTP server span that are known when it starts.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function requestAttributes(
  requestUrl: string,
  headers: Headers,
  { method, connection, readForwarded }: RequestParts,
): Attributes {
  // Checking this first is cheapest: it makes Deno read all headers at once, which are needed anyway.
  const hasHost = headers.has("host");
  const url = splitUrl(requestUrl);
  const forwarded = readForwarded?.(headers) ?? NOT_FORWARDED;
  const scheme = forwarded.scheme ?? schemeOf(url.scheme);

  const attributes: Attributes = {
    [ATTR_HTTP_REQUEST_METHOD]: method,
    [ATTR_URL_SCHEME]: scheme,
    [ATTR_URL_PATH]: url.path,
  };
  if (url.query) attributes[ATTR_URL_QUERY] = redactQuery(url.query);
  const { authority } = url;
  addParties(attributes, headers, { authority, hasHost, scheme, forwarded, connection });
  return attributes;
}

/** The part of {@linkcode requestAttributes} that Deno itself leaves out: client and server addresses. */
export function partyAttributes(
  requestUrl: string,
  headers: Headers,
  { connection, readForwarded }: Omit<RequestParts, "method">,
): Attributes {
  const hasHost = !connection.isUnixSocket || headers.has("host");
  const { authority, scheme } = splitUrl(requestUrl);
  const attributes: Attributes = {};
  addParties(attributes, headers, {
    authority,
    hasHost,
    scheme: schemeOf(scheme),
    forwarded: readForwarded?.(headers) ?? NOT_FORWARDED,
    connection,
  });
  return attributes;
}

/** The attributes of client and server. */
interface Parties {
  /** The attributes of the request's URL. */
  authority: string;
  hasHost: boolean;
  scheme: "http" | "https";
  forwarded: Forwarded;
  connection: Connection;
}

function addParties(
  attributes: Attributes,
  headers: Headers,
  { authority, hasHost, scheme, forwarded, connection }: Parties,
): void {
  const { peerAddress, peerPort, isUnixSocket, protocolVersion } = connection;
  if (isUnixSocket && !hasHost && !forwarded.host) {
    attributes[ATTR_SERVER_ADDRESS] = peerAddress;
  } else {
    const server = serverOf(forwarded.host ?? authority);
    // A socket has no port, so a missing one doesn't imply the default.
    const port = server.port ?? (isUnixSocket && !forwarded.host ? undefined : defaultPort(scheme));
    if (server.host) {
      attributes[ATTR_SERVER_ADDRESS] = server.host;
      if (port !== undefined) attributes[ATTR_SERVER_PORT] = port;
    }
  }
  const client = forwarded.client ?? connection.clientAddress ?? peerAddress;
  if (client) attributes[ATTR_CLIENT_ADDRESS] = client;
  if (peerAddress) {
    attributes[ATTR_NETWORK_PEER_ADDRESS] = peerAddress;
    if (peerPort) attributes[ATTR_NETWORK_PEER_PORT] = peerPort;
  }
  if (isUnixSocket) attributes[ATTR_NETWORK_TRANSPORT] = NETWORK_TRANSPORT_VALUE_UNIX;
  if (protocolVersion) attributes[ATTR_NETWORK_PROTOCOL_VERSION] = protocolVersion;
  const userAgent = headers.get("user-agent");
  if (userAgent) attributes[ATTR_USER_AGENT_ORIGINAL] = userAgent;
}

/**
 * The scheme is an attribute of metrics, and a client can put anything into its request line. But a request
 * that reached an HTTP server came by HTTP, with or without TLS; Deno's scheme for sockets is `http+unix`.
 */
function schemeOf(scheme: string): "http" | "https" {
  return scheme !== "http" && scheme.toLowerCase() === "https" ? "https" : "http";
}

/** The last authority that was split: it is mostly the same one again. */
let lastServer = { authority: "", server: splitAuthority("") };

function serverOf(authority: string): ReturnType<typeof splitAuthority> {
  if (authority !== lastServer.authority) {
    lastServer = { authority, server: splitAuthority(authority) };
  }
  return lastServer.server;
}
