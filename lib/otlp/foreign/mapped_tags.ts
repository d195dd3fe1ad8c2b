import type { InstrumentationScope, KeyValue, Span } from "../json.ts";

const STATUS_OK = 1;
const STATUS_ERROR = 2;

/** Data that other formats keep in tags, and OTLP in separate fields. */
export interface MappedTags {
  attributes: KeyValue[];
  scope: InstrumentationScope;
  status: NonNullable<Span["status"]>;
  traceState: string;
  /** The value of `span.kind`, if there is one. */
  kind: string | undefined;
}

/**
 * Separates tags that represent OTLP fields from a span's attributes: those that exporters write
 * for Jaeger and Zipkin, such as `otel.status_code` and `otel.scope.name`, and `error` if the span
 * has no status.
 *
 * @see https://opentelemetry.io/docs/specs/otel/common/mapping-to-non-otlp/
 */
export function mapTags(tags: readonly KeyValue[]): MappedTags {
  const mapped: MappedTags = {
    attributes: [],
    scope: {},
    status: {},
    traceState: "",
    kind: undefined,
  };
  let error: string | undefined;
  for (const tag of tags) {
    const text = tag.value?.stringValue ?? String(tag.value?.boolValue ?? "");
    switch (tag.key) {
      case "span.kind":
        mapped.kind = text;
        break;
      case "otel.status_code":
        mapped.status.code = text === "OK" ? STATUS_OK : text === "ERROR" ? STATUS_ERROR : 0;
        break;
      case "otel.status_description":
        mapped.status.message = text;
        break;
      case "otel.scope.name":
      case "otel.library.name":
        mapped.scope.name = text;
        break;
      case "otel.scope.version":
      case "otel.library.version":
        mapped.scope.version = text;
        break;
      case "w3c.tracestate":
        mapped.traceState = text;
        break;
      case "error":
        error = text;
        break;
      default:
        mapped.attributes.push(tag);
    }
  }
  if (error !== undefined && error !== "false" && mapped.status.code === undefined) {
    mapped.status.code = STATUS_ERROR;
    if (error !== "true" && error !== "") mapped.status.message ??= error;
  }
  return mapped;
}
