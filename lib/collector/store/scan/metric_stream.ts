import { protobufToJson } from "../../../otlp/decode.ts";
import { attributeText } from "../../../otlp/any_value.ts";
import type { KeyValue } from "../../../otlp/json.ts";
import { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import type { MetricType } from "../../model.ts";

/**
 * What identifies a metric stream, except for the attributes of its points.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#opentelemetry-protocol-data-model-producer-recommendations
 */
export interface MetricStream extends StreamTraits {
  /** Resource and scope; equal ones have equal texts. */
  source: string;
  serviceName: string;
  name: string;
  type: MetricType;
  unit: string;
}

/** How the points of a stream follow each other. */
export interface StreamTraits {
  /** 1 DELTA, 2 CUMULATIVE, 0 if it has none. */
  aggregationTemporality: number;
  isMonotonic: boolean;
}

/** Identifies a stream; equal ones have equal texts. */
export function streamKey(stream: MetricStream): string {
  const { source, name, unit, type, aggregationTemporality, isMonotonic } = stream;
  return source + JSON.stringify([name, unit, type, aggregationTemporality, isMonotonic]);
}

/** Reads an encoded `ResourceMetrics` without its metrics. */
export function readResource(header: Uint8Array): { key: string; serviceName: string } {
  const { resource } = protobufToJson("ResourceMetrics", header);
  return {
    key: attributesKey(resource?.attributes),
    serviceName: attributeText(resource?.attributes, "service.name") ?? "",
  };
}

/** Identifies resource and scope. @param header An encoded `ScopeMetrics` without its metrics. */
export function sourceKey(resourceKey: string, header: Uint8Array): string {
  const { scope, schemaUrl = "" } = protobufToJson("ScopeMetrics", header);
  const { name = "", version = "", attributes } = scope ?? {};
  return JSON.stringify([resourceKey, [name, version, schemaUrl, attributesKey(attributes)]]);
}

/** Sorts, so that the order in which the sender wrote the attributes does not matter. */
function attributesKey(attributes: KeyValue[] = []): string {
  return JSON.stringify(
    attributes.toSorted((a, b) => (a.key ?? "") < (b.key ?? "") ? -1 : 1),
  );
}

const NAME = 1 << 3 | 2;
const UNIT = 3 << 3 | 2;

/** Reads name and unit of an encoded `Metric`. Of several, the last one counts, as protobuf says. */
export function readNames(
  bytes: Uint8Array,
  start: number,
  end: number,
): Pick<MetricStream, "name" | "unit"> {
  const reader = new ProtobufReader(bytes, start);
  const names = { name: "", unit: "" };
  while (reader.position < end) {
    const tag = reader.tag(end);
    if (tag === NAME) names.name = reader.string(end);
    else if (tag === UNIT) names.unit = reader.string(end);
    else reader.skip(tag, end);
  }
  return names;
}
