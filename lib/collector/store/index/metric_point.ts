import type { Exemplar, MetricPoint, MetricType } from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { Buckets, DataPoint, KeyValue, MetricExemplar } from "../../../otlp/json.ts";

/** A point with the attributes that its series has. */
export interface DecodedPoint {
  attributes: KeyValue[];
  point: MetricPoint;
}

/** Reads the message of a data point. */
export function pointOf(type: MetricType, bytes: Uint8Array): DecodedPoint {
  switch (type) {
    case "gauge":
    case "sum": {
      const point = protobufToJson("NumberDataPoint", bytes);
      return decoded(point, {
        ...exemplarsOf(point.exemplars),
        ...numbers({ value: point.asDouble ?? point.asInt }),
      });
    }
    case "histogram": {
      const { explicitBounds, bucketCounts, exemplars, ...point } = protobufToJson(
        "HistogramDataPoint",
        bytes,
      );
      return decoded(point, {
        ...totals(point),
        explicitBounds: (explicitBounds ?? []).map(Number),
        bucketCounts: (bucketCounts ?? []).map(Number),
        ...exemplarsOf(exemplars),
      });
    }
    case "exponentialHistogram": {
      const point = protobufToJson("ExponentialHistogramDataPoint", bytes);
      return decoded(point, {
        ...totals(point),
        scale: point.scale ?? 0,
        zeroCount: Number(point.zeroCount ?? 0),
        positive: bucketsOf(point.positive),
        negative: bucketsOf(point.negative),
        ...exemplarsOf(point.exemplars),
      });
    }
    case "summary": {
      const point = protobufToJson("SummaryDataPoint", bytes);
      const quantiles = (point.quantileValues ?? []).map(({ quantile, value }) => ({
        quantile: Number(quantile ?? 0),
        value: Number(value ?? 0),
      }));
      return decoded(point, { ...totals({ ...point, sum: point.sum ?? 0 }), quantiles });
    }
    default:
      return type satisfies never;
  }
}

function decoded(
  { attributes = [], startTimeUnixNano = "0", timeUnixNano = "0" }: DataPoint,
  values: Partial<MetricPoint>,
): DecodedPoint {
  return { attributes, point: { startTimeUnixNano, timeUnixNano, ...values } };
}

type Written = number | string | undefined;

function totals(
  { count, sum, min, max }: Partial<Record<"count" | "sum" | "min" | "max", Written>>,
) {
  return { count: Number(count ?? 0), ...numbers({ sum, min, max }) };
}

/** Those that are set, as numbers. */
function numbers<Name extends string>(
  values: Record<Name, Written>,
): Partial<Record<Name, number>> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, Number(value)])) as Partial<
    Record<Name, number>
  >;
}

function bucketsOf(buckets: Buckets | undefined) {
  return {
    offset: buckets?.offset ?? 0,
    bucketCounts: (buckets?.bucketCounts ?? []).map(Number),
  };
}

function exemplarsOf(exemplars: MetricExemplar[] | undefined): { exemplars?: Exemplar[] } {
  if (exemplars === undefined || exemplars.length === 0) return {};
  return {
    exemplars: exemplars.map((exemplar) => ({
      timeUnixNano: exemplar.timeUnixNano ?? "0",
      value: Number(exemplar.asDouble ?? exemplar.asInt ?? 0),
      traceId: exemplar.traceId ?? "",
      spanId: exemplar.spanId ?? "",
      filteredAttributes: exemplar.filteredAttributes ?? [],
    })),
  };
}
