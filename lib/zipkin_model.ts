import { isIPv4, isIPv6 } from "node:net";
import {
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_SERVER_ADDRESS,
} from "@opentelemetry/semantic-conventions";

/** A service in Zipkin's format, or the address of one. */
export interface ZipkinEndpoint {
  serviceName?: string;
  ipv4?: string;
  ipv6?: string;
  port?: number;
}

/** Attributes that name the other side of a call, the best first, with the attribute of its port. */
const NAMES: readonly [key: string, portKey?: string][] = [
  ["peer.service"],
  [ATTR_SERVER_ADDRESS],
  ["net.peer.name"],
  [ATTR_NETWORK_PEER_ADDRESS, ATTR_NETWORK_PEER_PORT],
  ["server.socket.domain"],
  ["server.socket.address", "server.socket.port"],
  ["net.sock.peer.name"],
  ["net.sock.peer.addr", "net.sock.peer.port"],
  ["peer.hostname"],
  ["peer.address"],
  ["db.name"],
];

/**
 * The other side of a CLIENT or PRODUCER span; undefined if no attribute names it.
 *
 * @param textOf The value of an attribute as text; undefined if it is missing.
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/#otlp---zipkin
 */
export function remoteEndpoint(
  textOf: (key: string) => string | undefined,
): ZipkinEndpoint | undefined {
  for (const [key, portKey] of NAMES) {
    const name = textOf(key);
    if (!name) continue;
    const port = portKey === undefined ? NaN : Number(textOf(portKey));
    return {
      ...portKey === undefined ? { serviceName: name.toLowerCase() } : addressOf(name),
      ...Number.isInteger(port) && port > 0 && port < 65_536 && { port },
    };
  }
  return undefined;
}

/** Whether an attribute `error` with this value becomes a tag. */
export function isErrorTag(value: string | undefined): boolean {
  return value !== undefined && value.toLowerCase() !== "false";
}

/** In Zipkin, a span with a tag `error` has failed, whatever the tag's value. */
export function withoutFalseError(attributes: Record<string, string>): Record<string, string> {
  const { error, ...others } = attributes;
  return isErrorTag(error) ? attributes : others;
}

/**
 * What is no IP address, such as a socket's path, becomes a name: Zipkin's clients reject a whole trace
 * with an invalid address. They know no zones either.
 */
function addressOf(address: string): ZipkinEndpoint {
  if (isIPv4(address)) return { ipv4: address };
  return isIPv6(address) && !address.includes("%")
    ? { ipv6: address }
    : { serviceName: address.toLowerCase() };
}
