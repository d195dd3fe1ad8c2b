import { MalformedError } from "../../../otlp/malformed_error.ts";
import { MESSAGES, REQUEST_MESSAGES } from "../../../otlp/messages.ts";
import type { MessageType } from "../../../otlp/message_type.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import type { Signal } from "../../../otlp/signal.ts";

/**
 * More than any exporter sends at once. Each item costs the store time and memory, however short it is.
 */
export const MAX_ITEMS = 100_000;
/** Tag and length: an item is never shorter. */
const MIN_ITEM_BYTES = 2;

/** The messages on the way from a request down to spans, log records and data points. */
export const LEVELS: ReadonlySet<MessageType> = new Set([
  ...Object.values(REQUEST_MESSAGES).map((name) => MESSAGES[name]),
  MESSAGES.ResourceSpans,
  MESSAGES.ScopeSpans,
  MESSAGES.ResourceLogs,
  MESSAGES.ScopeLogs,
  MESSAGES.ResourceMetrics,
  MESSAGES.ScopeMetrics,
  MESSAGES.Metric,
  MESSAGES.Gauge,
  MESSAGES.Sum,
  MESSAGES.Histogram,
  MESSAGES.ExponentialHistogram,
  MESSAGES.Summary,
]);

/**
 * Rejects a request with so many items that it would keep the store busy for seconds. Spans, log records
 * and data points count, and so do the resources, scopes and metrics that hold them.
 *
 * @throws {MalformedError} If there are too many, or the bytes are not protobuf.
 */
export function checkItemCount(signal: Signal, bytes: Uint8Array): void {
  if (bytes.length <= MAX_ITEMS * MIN_ITEM_BYTES) return;
  const type = MESSAGES[REQUEST_MESSAGES[signal]];
  countItems(new ProtobufReader(bytes), bytes.length, type, MAX_ITEMS);
}

/** Returns how many more items are allowed. */
function countItems(reader: ProtobufReader, end: number, type: MessageType, allowed: number) {
  let left = allowed;
  while (reader.position < end) {
    const tag = reader.tag(end);
    const field = type.byNumber[tag >>> 3];
    if (!field?.message || (tag & 7) !== field.wireType) {
      reader.skip(tag, end);
      continue;
    }
    const inner = reader.lengthDelimited(end);
    if (field.isRepeated && --left < 0) {
      throw tooManyItems(reader.position);
    }
    if (LEVELS.has(field.message)) left = countItems(reader, inner, field.message, left);
    else reader.position = inner;
  }
  return left;
}

/** The error for a request with more than {@linkcode MAX_ITEMS}. */
export function tooManyItems(byteOffset: number): MalformedError {
  return new MalformedError(
    `more than ${MAX_ITEMS} items in one request: export smaller batches`,
    byteOffset,
  );
}
