import type { AnyValue, KeyValue, ResourceSpans, Span, TracesData } from "../json.ts";
import { mapTags } from "./mapped_tags.ts";
import {
  idIn,
  type Json,
  kindOf,
  nanosOfMicros,
  objectIn,
  objectsIn,
  serviceAttributes,
  textIn,
} from "./plain_json.ts";
import { isModelSpan, modelToPage } from "./jaeger_model.ts";

/**
 * Reads the JSON that Jaeger's page saves and its `/api/traces` returns, a list of traces or spans, and
 * a trace or span alone, also in the model of its gRPC API.
 *
 * @returns Undefined if it contains something else.
 * @see https://github.com/jaegertracing/jaeger/blob/main/internal/uimodel/model.go
 */
export function readJaeger(document: unknown): TracesData | undefined {
  const items = Array.isArray(document) ? document : objectIn(document).data ?? [document];
  if (!Array.isArray(items)) return undefined;
  // Spans alone are what its storage keeps.
  const traces = objectsIn(items).map((item) => "operationName" in item ? { spans: [item] } : item);
  const isKnown = traces.every(({ spans }) =>
    objectsIn(spans).length > 0 && objectsIn(spans).every((span) => "operationName" in span)
  );
  return isKnown ? { resourceSpans: traces.flatMap(readTrace) } : undefined;
}

function readTrace({ spans, processes }: Json): ResourceSpans[] {
  const known = objectIn(processes);
  return objectsIn(spans).map((given) => {
    const span = isModelSpan(given) ? modelToPage(given) : given;
    const { serviceName, tags } = objectIn(span.process ?? known[textIn(span.processID)]);
    const { span: read, scope } = readSpan(span);
    return {
      resource: { attributes: [...serviceAttributes(serviceName), ...readTags(tags)] },
      scopeSpans: [{ scope, spans: [read] }],
    };
  });
}

function readSpan(span: Json) {
  const { attributes, scope, status, traceState, kind } = mapTags(readTags(span.tags));
  const traceId = idIn(span.traceID, 32);
  const references = objectsIn(span.references).map(({ refType, traceID, spanID }) => ({
    isParent: refType === "CHILD_OF" && idIn(traceID, 32) === traceId,
    traceId: idIn(traceID, 32),
    spanId: idIn(spanID, 16),
  }));
  const parent = references.find(({ isParent }) => isParent);
  const read: Span = {
    traceId,
    spanId: idIn(span.spanID, 16),
    parentSpanId: parent?.spanId ?? idIn(span.parentSpanID, 16),
    name: textIn(span.operationName),
    kind: kindOf(kind ?? "internal"),
    startTimeUnixNano: nanosOfMicros(span.startTime),
    endTimeUnixNano: nanosOfMicros(span.startTime, span.duration),
    attributes,
    status,
    traceState,
    events: objectsIn(span.logs).map(readLog),
    links: references.filter((reference) => reference !== parent)
      .map(({ traceId, spanId }) => ({ traceId, spanId })),
  };
  return { span: read, scope };
}

function readLog({ timestamp, fields }: Json) {
  const attributes = readTags(fields);
  const name = attributes.find(({ key }) => key === "event");
  return {
    timeUnixNano: nanosOfMicros(timestamp),
    name: name?.value?.stringValue ?? "",
    attributes: attributes.filter((field) => field !== name),
  };
}

function readTags(tags: unknown): KeyValue[] {
  return objectsIn(tags).map(({ key, type, value }) => ({
    key: textIn(key),
    value: readValue(type, value),
  }));
}

function readValue(type: unknown, value: unknown): AnyValue {
  if (type === "bool") return { boolValue: value === true || value === "true" };
  if (type === "int64" && /^-?\d{1,19}$/.test(String(value))) return { intValue: String(value) };
  if (type === "float64" && Number.isFinite(Number(value))) return { doubleValue: Number(value) };
  if (type === "binary") return { bytesValue: textIn(value) };
  return { stringValue: typeof value === "string" ? value : JSON.stringify(value) ?? "" };
}
