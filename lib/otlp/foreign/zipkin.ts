import {
  ATTR_NETWORK_LOCAL_ADDRESS,
  ATTR_NETWORK_LOCAL_PORT,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
} from "@opentelemetry/semantic-conventions";
import type { KeyValue, ResourceSpans, TracesData } from "../json.ts";
import { mapTags } from "./mapped_tags.ts";
import {
  attribute,
  idIn,
  type Json,
  kindOf,
  nanosOfMicros,
  objectIn,
  objectsIn,
  serviceAttributes,
  textIn,
} from "./plain_json.ts";
import { isV1Span, v1ToV2 } from "./zipkin_v1.ts";

/**
 * Reads a span of Zipkin's JSON, a list of them, or a list of traces, which are such lists.
 *
 * @see https://zipkin.io/zipkin-api/#/default/post_spans
 */
export function readZipkin(document: unknown): TracesData {
  const spans = objectsIn([document].flat(2));
  const current = spans.flatMap((span) => isV1Span(span) ? v1ToV2(span) : [span]);
  return { resourceSpans: current.map(readSpan) };
}

function readSpan(span: Json): ResourceSpans {
  const tags = Object.entries(objectIn(span.tags))
    .map(([key, value]) => attribute(key, textIn(value) || String(value ?? "")));
  const { attributes, scope, status, traceState } = mapTags(tags);
  const local = objectIn(span.localEndpoint);
  const remote = objectIn(span.remoteEndpoint);
  const peer = textIn(remote.serviceName);
  return {
    resource: { attributes: serviceAttributes(local.serviceName) },
    scopeSpans: [{
      scope,
      spans: [{
        traceId: idIn(span.traceId, 32),
        spanId: idIn(span.id, 16),
        parentSpanId: idIn(span.parentId, 16),
        name: textIn(span.name),
        // In Zipkin, a span without a kind is a local one.
        kind: kindOf(span.kind ?? "internal"),
        startTimeUnixNano: nanosOfMicros(span.timestamp),
        // A span that has not ended has no duration.
        endTimeUnixNano: span.duration === undefined
          ? "0"
          : nanosOfMicros(span.timestamp, span.duration),
        attributes: [
          ...attributes,
          ...peer === "" ? [] : [attribute("peer.service", peer)],
          ...readAddress(local, ATTR_NETWORK_LOCAL_ADDRESS, ATTR_NETWORK_LOCAL_PORT),
          ...readAddress(remote, ATTR_NETWORK_PEER_ADDRESS, ATTR_NETWORK_PEER_PORT),
        ],
        status,
        traceState,
        events: objectsIn(span.annotations).map(({ timestamp, value }) => ({
          timeUnixNano: nanosOfMicros(timestamp),
          name: textIn(value),
        })),
      }],
    }],
  };
}

function readAddress(endpoint: Json, addressKey: string, portKey: string): KeyValue[] {
  const address = textIn(endpoint.ipv4) || textIn(endpoint.ipv6);
  const { port } = endpoint;
  return [
    ...address === "" ? [] : [attribute(addressKey, address)],
    ...Number.isInteger(port) ? [{ key: portKey, value: { intValue: String(port) } }] : [],
  ];
}
