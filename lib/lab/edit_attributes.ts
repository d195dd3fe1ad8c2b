import { protobufToJson } from "../otlp/decode.ts";
import { encodeMessage } from "../otlp/encode.ts";
import type {
  AnyValue,
  KeyValue,
  LogsData,
  Metric,
  MetricsData,
  TracesData,
} from "../otlp/json.ts";
import { REQUEST_MESSAGES } from "../otlp/messages.ts";
import type { Signal } from "../otlp/signal.ts";
import { mapping } from "../workshop/collector_config/yaml_maps.ts";

/** One change to a list of attributes. */
export interface AttributeAction {
  kind: "insert" | "update" | "upsert" | "delete";
  key: string;
  value?: AnyValue;
  /** The key of the attribute whose value it takes. */
  from?: string;
}

/** What a processor `attributes` or `resource` does. */
export interface Edit {
  /** The attributes of spans, data points, and log records, or those of their resources. */
  of: "items" | "resources";
  actions: readonly AttributeAction[];
}

/** Anything with attributes. */
interface Owner {
  attributes?: KeyValue[];
}

/** The actions of a processor, as written in its settings, which have been checked. */
export function readActions(written: unknown): AttributeAction[] {
  return (Array.isArray(written) ? written : []).map((action) => {
    const { key, action: kind, value, from_attribute: from } = mapping(action);
    return {
      kind: String(kind).toLowerCase() as AttributeAction["kind"],
      key: String(key),
      ...value !== undefined && value !== null && { value: anyValue(value) },
      ...typeof from === "string" && { from },
    };
  });
}

/**
 * Changes the attributes in an export request. Fields that OTLP doesn't have are lost, as in the Collector.
 *
 * @throws {MalformedError} If the bytes are not such a request.
 */
export function editRequest(
  signal: Signal,
  request: Uint8Array<ArrayBuffer>,
  edits: readonly Edit[],
): Uint8Array<ArrayBuffer> {
  if (edits.length === 0) return request;
  const name = REQUEST_MESSAGES[signal];
  const json: RequestJson = protobufToJson(name, request);
  for (const { of, actions } of edits) {
    for (const owner of of === "items" ? itemsOf(json) : resourcesOf(json)) {
      const attributes = actions.reduce(act, owner.attributes ?? []);
      if (attributes.length > 0) owner.attributes = attributes;
      else delete owner.attributes;
    }
  }
  return encodeMessage(name, json);
}

/** @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/attributesprocessor */
function act(
  attributes: KeyValue[],
  { kind, key, value: given, from }: AttributeAction,
): KeyValue[] {
  const others = attributes.filter((attribute) => attribute.key !== key);
  const isThere = others.length < attributes.length;
  if (kind === "delete") return others;
  const value = given ?? attributes.find((attribute) => attribute.key === from)?.value;
  if (value === undefined || isThere && kind === "insert" || !isThere && kind === "update") {
    return attributes;
  }
  return isThere
    ? attributes.map((attribute) => attribute.key === key ? { key, value } : attribute)
    : [...attributes, { key, value }];
}

/** A request of any signal: each has one of the three lists. */
type RequestJson = TracesData & MetricsData & LogsData;

function resourcesOf(
  { resourceSpans = [], resourceMetrics = [], resourceLogs = [] }: RequestJson,
): Owner[] {
  return [...resourceSpans, ...resourceMetrics, ...resourceLogs]
    .map((group) => group.resource ??= {});
}

function itemsOf(
  { resourceSpans = [], resourceMetrics = [], resourceLogs = [] }: RequestJson,
): Owner[] {
  return [
    ...resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans)
      .flatMap(({ spans = [] }) => spans),
    ...resourceMetrics.flatMap(({ scopeMetrics = [] }) => scopeMetrics)
      .flatMap(({ metrics = [] }) => metrics.flatMap(dataPointsOf)),
    ...resourceLogs.flatMap(({ scopeLogs = [] }) => scopeLogs)
      .flatMap(({ logRecords = [] }) => logRecords),
  ];
}

function dataPointsOf(
  { gauge, sum, histogram, exponentialHistogram, summary }: Metric,
): Owner[] {
  return [
    ...gauge?.dataPoints ?? [],
    ...sum?.dataPoints ?? [],
    ...histogram?.dataPoints ?? [],
    ...exponentialHistogram?.dataPoints ?? [],
    ...summary?.dataPoints ?? [],
  ];
}

/** @see https://pkg.go.dev/go.opentelemetry.io/collector/pdata/pcommon#Value.FromRaw */
function anyValue(value: unknown): AnyValue {
  switch (typeof value) {
    case "boolean":
      return { boolValue: value };
    case "number":
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    case "object": {
      if (value === null) return {};
      if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
      const values = Object.entries(value).map(([key, inner]) => ({ key, value: anyValue(inner) }));
      return { kvlistValue: { values } };
    }
    default:
      return { stringValue: String(value) };
  }
}
