import { protobufToJson } from "../otlp/decode.ts";
import { encodeMessage } from "../otlp/encode.ts";
import { REQUEST_MESSAGES } from "../otlp/messages.ts";
import type { Signal } from "../otlp/signal.ts";
import { type Edit, editAttributes } from "./edit_attributes.ts";
import { dropSpans, type Filter } from "./filter_spans.ts";
import { type Redaction, redactValues } from "./redact_values.ts";
import type { RequestJson } from "./requests.ts";

/** A processor of a pipeline. */
export type Processor = Edit | Filter | Redaction;

/**
 * Passes an export request through processors, in order. Fields that OTLP doesn't have are lost, as in the Collector.
 *
 * @param onDropped Called with each filter that dropped spans, and their number.
 * @throws {MalformedError} If the bytes are not such a request.
 */
export function processRequest(
  signal: Signal,
  request: Uint8Array<ArrayBuffer>,
  processors: readonly Processor[],
  onDropped: (filterId: string, count: number) => void = () => {},
): Uint8Array<ArrayBuffer> {
  if (processors.length === 0) return request;
  const name = REQUEST_MESSAGES[signal];
  const json: RequestJson = protobufToJson(name, request);
  for (const processor of processors) {
    if (processor.kind === "edit") editAttributes(json, processor);
    else if (processor.kind === "redaction") redactValues(json, processor);
    else {
      const dropped = dropSpans(json, processor);
      if (dropped > 0) onDropped(processor.id, dropped);
    }
  }
  return encodeMessage(name, json);
}
