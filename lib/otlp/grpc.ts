import type { Signal } from "./signal.ts";

/** The service of each signal. Its only method is `Export`. */
export const GRPC_SERVICES: Readonly<Record<Signal, string>> = {
  traces: "opentelemetry.proto.collector.trace.v1.TraceService",
  metrics: "opentelemetry.proto.collector.metrics.v1.MetricsService",
  logs: "opentelemetry.proto.collector.logs.v1.LogsService",
};

/** A message is preceded by one byte for whether it is compressed, and four for its length. */
export const PREFIX_BYTES = 5;

/**
 * A message with its prefix.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function frameMessage(message: Uint8Array, isCompressed = false): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(PREFIX_BYTES + message.length);
  frame[0] = isCompressed ? 1 : 0;
  new DataView(frame.buffer).setUint32(1, message.length);
  frame.set(message, PREFIX_BYTES);
  return frame;
}
