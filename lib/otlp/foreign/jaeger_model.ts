import { hexIdOf, type Json, objectIn, objectsIn, textIn } from "./plain_json.ts";

/** Whether a span is in Jaeger's model of storage and gRPC, as protobuf's JSON. */
export function isModelSpan(span: Json): boolean {
  return "spanId" in span;
}

/**
 * Converts a span to the model of Jaeger's page.
 *
 * @see https://github.com/jaegertracing/jaeger-idl/blob/main/proto/api_v2/model.proto
 */
export function modelToPage(span: Json): Json {
  return {
    ...span,
    traceID: hexIdOf(span.traceId),
    spanID: hexIdOf(span.spanId),
    // The enum's first name is left out.
    references: objectsIn(span.references).map(({ refType = "CHILD_OF", traceId, spanId }) => ({
      refType,
      traceID: hexIdOf(traceId),
      spanID: hexIdOf(spanId),
    })),
    startTime: microsOfDate(span.startTime),
    duration: microsOfDuration(span.duration),
    tags: pageTags(span.tags),
    logs: objectsIn(span.logs).map(({ timestamp, fields }) => ({
      timestamp: microsOfDate(timestamp),
      fields: pageTags(fields),
    })),
    ...span.process !== undefined && { process: pageProcess(objectIn(span.process)) },
  };
}

function pageProcess({ serviceName, tags }: Json): Json {
  return { serviceName, tags: pageTags(tags) };
}

/** Values that are their type's default, and the type of texts, are left out. */
function pageTags(tags: unknown): Json[] {
  return objectsIn(tags).map(({ key, vType, vStr, vBool, vInt64, vFloat64, vBinary }) => {
    switch (vType) {
      case "BOOL":
        return { key, type: "bool", value: vBool ?? false };
      case "INT64":
        return { key, type: "int64", value: vInt64 ?? 0 };
      case "FLOAT64":
        return { key, type: "float64", value: vFloat64 ?? 0 };
      case "BINARY":
        return { key, type: "binary", value: vBinary ?? "" };
      default:
        return { key, type: "string", value: vStr ?? "" };
    }
  });
}

/** A time in RFC 3339's format, in microseconds since 1970. */
function microsOfDate(value: unknown): number {
  const text = textIn(value);
  const seconds = Math.floor(Date.parse(text) / 1000);
  const [, fraction = ""] = /\.(\d{1,9})/.exec(text) ?? [];
  return seconds * 1e6 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

const MICROS: Readonly<Record<string, number>> = { ns: 1e-3, us: 1, µs: 1, ms: 1e3, s: 1e6 };

/** A duration in the format of protobuf or Go, with a single unit, in microseconds. */
function microsOfDuration(value: unknown): number {
  const [, number, unit = ""] = /^([\d.]+)(ns|us|µs|ms|s)$/.exec(textIn(value)) ?? [];
  return Number(number ?? 0) * (MICROS[unit] ?? 0);
}
