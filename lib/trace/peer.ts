import { attributeText } from "../otlp/any_value.ts";
import type { TraceSpan } from "./spans.ts";

const SERVER = 2;
const CLIENT = 3;
const PRODUCER = 4;
const CONSUMER = 5;

/** Whom a span calls. */
export interface Peer {
  name: string;
  /** Whether the name is that of a service; otherwise, it is an address or a system. */
  isService: boolean;
}

/** Finds the value of the first of several attributes that a span has. */
export type Find = (...keys: string[]) => string | undefined;

/** A function that finds attributes of a span; empty values don't count. */
export function finder({ span }: TraceSpan): Find {
  return (...keys) => {
    for (const key of keys) {
      const value = attributeText(span.attributes, key);
      if (value !== undefined && value !== "") return value;
    }
    return undefined;
  };
}

/** Whether the span is a call: peers and equal calls are of interest only for these. */
export function isCall({ kind }: TraceSpan): boolean {
  return kind === CLIENT || kind === PRODUCER;
}

/**
 * Whom a client or a producer calls: the service that it names, or that took the call according to the span
 * below it; otherwise the server's address, or what kind of database or queue it is. Undefined for other
 * kinds of spans, and if nothing is known.
 *
 * @param children The spans below it.
 * @see https://opentelemetry.io/docs/specs/semconv/general/attributes/
 */
export function peerOf(span: TraceSpan, children: readonly TraceSpan[]): Peer | undefined {
  if (!isCall(span)) return undefined;
  const find = finder(span);
  const service = find("service.peer.name", "peer.service") ?? calledService(span, children);
  if (service !== undefined) return { name: service, isService: true };
  const name = addressOf(find) ??
    find("messaging.destination.name", "db.system.name", "db.system", "messaging.system") ??
    find("gen_ai.provider.name", "gen_ai.system", "rpc.service");
  return name === undefined ? undefined : { name, isService: false };
}

function calledService({ serviceName }: TraceSpan, children: readonly TraceSpan[]) {
  return children.find((child) =>
    (child.kind === SERVER || child.kind === CONSUMER) && child.serviceName !== "" &&
    child.serviceName !== serviceName
  )?.serviceName;
}

function addressOf(find: Find): string | undefined {
  const address = find("server.address");
  if (address === undefined) return find("net.peer.name");
  const port = find("server.port");
  return port === undefined ? address : `${address}:${port}`;
}
