import type { Signal } from "../otlp/signal.ts";
import { submessages } from "../telemetry/otlp/protobuf_reader.ts";

/** The kinds of data that a metric may have: gauge, sum, histogram, exponential histogram, summary. */
const METRIC_DATA_FIELDS = [5, 7, 9, 10, 11];

/**
 * How many spans, data points or log records an export request in protobuf holds.
 *
 * @throws {RangeError} If the bytes are no such request.
 */
export function countItems(request: Uint8Array, signal: Signal): number {
  // In each signal: field 1 are the resources, 2 of these the scopes, 2 of these the items.
  const items = submessages(request, 1)
    .flatMap((resource) => submessages(resource, 2))
    .flatMap((scope) => submessages(scope, 2));
  if (signal !== "metrics") return items.length;
  return items
    .flatMap((metric) => METRIC_DATA_FIELDS.flatMap((field) => submessages(metric, field)))
    .flatMap((data) => submessages(data, 1)).length;
}
