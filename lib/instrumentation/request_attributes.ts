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
  /**
   * A known method, or `_OTHER`. Without it, only what Deno's own span lacks is read: the client and server, the
   * network, and the user agent.
   */
  method?: string | undefined;
  connection: Connection;
  /** Reads headers about the original client, host and scheme, if these are trusted. */
  readForwarded: HttpInstrumentationOptions["readForwarded"];
}

/**
 * The attributes of an HTTP server span that are known when it starts.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function requestAttributes(
  url: string,
  headers: Headers,
  { method, connection, readForwarded }: RequestParts,
): Attributes {
  const { peerAddress, peerPort, isUnixSocket, protocolVersion } = connection;
  // Checking this first is cheapest: it makes Deno read all headers at once, which a new span needs anyway.
  const hasHost = (method === undefined && !isUnixSocket) || headers.has("host");
  const { origin, path, query } = splitUrl(url);
  const forwarded: Forwarded | undefined = readForwarded?.(headers);
  const scheme = forwarded?.scheme ?? origin.scheme;
  const attributes: Attributes = {};
  if (method) {
    attributes[ATTR_HTTP_REQUEST_METHOD] = method;
    attributes[ATTR_URL_SCHEME] = scheme;
    attributes[ATTR_URL_PATH] = path;
    if (query) attributes[ATTR_URL_QUERY] = redactQuery(query);
  }

  const isSocket = isUnixSocket && !forwarded?.host;
  const server = forwarded?.host ? splitAuthority(forwarded.host) : origin;
  // A socket has no port, so a missing one doesn't imply the default.
  const port = server.port ?? (isSocket ? undefined : defaultPort(scheme));
  if (isSocket && !hasHost) attributes[ATTR_SERVER_ADDRESS] = peerAddress;
  else if (server.host) {
    attributes[ATTR_SERVER_ADDRESS] = server.host;
    if (port) attributes[ATTR_SERVER_PORT] = port;
  }
  const client = forwarded?.client ?? connection.clientAddress ?? peerAddress;
  if (client) attributes[ATTR_CLIENT_ADDRESS] = client;
  if (peerAddress) {
    attributes[ATTR_NETWORK_PEER_ADDRESS] = peerAddress;
    if (peerPort) attributes[ATTR_NETWORK_PEER_PORT] = peerPort;
  }
  if (isUnixSocket) attributes[ATTR_NETWORK_TRANSPORT] = NETWORK_TRANSPORT_VALUE_UNIX;
  if (protocolVersion) attributes[ATTR_NETWORK_PROTOCOL_VERSION] = protocolVersion;
  const userAgent = headers.get("user-agent");
  if (userAgent) attributes[ATTR_USER_AGENT_ORIGINAL] = userAgent;
  return attributes;
}
