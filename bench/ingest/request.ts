import { Buffer } from "node:buffer";
import { encodeMessage } from "../../lib/otlp/encode.ts";
import type { Span } from "../../lib/otlp/json.ts";

const SPANS = 100;
const ATTRIBUTES = 8;

/** An export request, and the positions of the last eight bytes of its trace ids. */
export interface PreparedRequest {
  body: Uint8Array;
  places: number[];
  spanCount: number;
}

/** A request of a hundred spans in some traces, each with eight attributes and an event. */
export function prepareRequest(traceCount: number): PreparedRequest {
  const spans = Array.from({ length: SPANS }, (_, i) => spanOf(i, traceCount));
  const resource = {
    attributes: [
      { key: "service.name", value: { stringValue: "bench" } },
      { key: "host.name", value: { stringValue: "box" } },
    ],
  };
  const body = encodeMessage("TracesData", {
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "bench" }, spans }] }],
  });
  const buffer = Buffer.from(body);
  const places: number[] = [];
  for (let trace = 0; trace < traceCount; trace++) {
    const id = Buffer.from(traceId(trace, 0), "hex");
    for (let at = buffer.indexOf(id); at >= 0; at = buffer.indexOf(id, at + 1)) places.push(at + 8);
  }
  if (places.length !== SPANS) throw new Error(`Found ${places.length} trace ids, wanted ${SPANS}`);
  return { body, places, spanCount: SPANS };
}

/** The id of a numbered trace in the request. */
export function traceId(trace: number, requestNumber: number): string {
  const head = 0xbe9c000000000000n + BigInt(trace);
  return head.toString(16) + requestNumber.toString(16).padStart(16, "0");
}

function spanOf(index: number, traceCount: number): Span {
  const indexInTrace = Math.floor(index / traceCount);
  const start = BigInt(Date.now()) * 1_000_000n + BigInt(index);
  const time = (offset: bigint) => String(start + offset);
  const spanId = (i: number) => (0xabcdef0000000000n + BigInt(i)).toString(16);
  return {
    traceId: traceId(index % traceCount, 0),
    spanId: spanId(index),
    ...indexInTrace > 0 && { parentSpanId: spanId(index % traceCount) },
    name: `GET /items/${index % 10}`,
    kind: indexInTrace === 0 ? 2 : 1,
    startTimeUnixNano: time(0n),
    endTimeUnixNano: time(1_500_000n),
    attributes: Array.from({ length: ATTRIBUTES }, (_, i) => ({
      key: `bench.attribute.${i}`,
      value: i % 2 === 0 ? { stringValue: `value ${i}` } : { intValue: String(i * 1000) },
    })),
    events: [{
      timeUnixNano: time(1_000_000n),
      name: "cache.miss",
      attributes: [{ key: "key", value: { stringValue: `item:${index}` } }],
    }],
  };
}
