import type { Exemplar, MetricPoint, MetricType } from "../../model.ts";
import { protobufToJson } from "../../../otlp/decode.ts";
import type { Buckets, DataPoint, KeyValue, MetricExemplar } from "../../../otlp/json.ts";

/** A point with the attributes of its series. */
export interface DecodedPoint {
  attributes: KeyValue[];
  point: MetricPoint;
}

/** `DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK` of a data point's flags. */
const NO_RECORDED_VALUE = 1;

/**
 * Reads a data point's message. If its flags say that no value was recorded, other values are ignored.
 */
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
        ...totals(point, (bucketCounts ?? []).length > 0),
        explicitBounds: (explicitBounds ?? []).map(Number),
        bucketCounts: (bucketCounts ?? []).map(Number),
        ...exemplarsOf(exemplars),
      });
    }
    case "exponentialHistogram": {
      const point = protobufToJson("ExponentialHistogramDataPoint", bytes);
      return decoded(point, {
        ...totals(point, point.positive !== undefined || point.negative !== undefined),
        scale: point.scale ?? 0,
        zeroCount: Number(point.zeroCount ?? 0),
        ...numbers({ zeroThreshold: point.zeroThreshold }),
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
      const isEmpty = point.count === undefined && point.sum === undefined &&
        quantiles.length === 0;
      return decoded(point, {
        ...isEmpty ? {} : totals({ ...point, sum: point.sum ?? 0 }),
        quantiles,
      });
    }
    default:
      return type satisfies never;
  }
}

function decoded(
  { attributes = [], startTimeUnixNano, timeUnixNano, flags = 0 }: DataPoint,
  values: Partial<MetricPoint>,
): DecodedPoint {
  const times = {
    ...startTimeUnixNano !== undefined && { startTimeUnixNano },
    ...timeUnixNano !== undefined && { timeUnixNano },
  };
  const isEnd = (flags & NO_RECORDED_VALUE) !== 0;
  return { attributes, point: { ...times, ...isEnd ? { hasNoRecordedValue: true } : values } };
}

type Written = number | string | undefined;

/** Protobuf omits a count of 0. Without a sum or buckets, there is no count at all. */
function totals(
  { count, sum, min, max }: Partial<Record<"count" | "sum" | "min" | "max", Written>>,
  hasBuckets = true,
) {
  const isZero = count === undefined && (sum !== undefined || hasBuckets);
  return numbers({ count: isZero ? 0 : count, sum, min, max });
}

/** Converts the values that are set to numbers. */
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
      ...exemplar.timeUnixNano !== undefined && { timeUnixNano: exemplar.timeUnixNano },
      ...numbers({ value: exemplar.asDouble ?? exemplar.asInt }),
      traceId: exemplar.traceId ?? "",
      spanId: exemplar.spanId ?? "",
      filteredAttributes: exemplar.filteredAttributes ?? [],
    })),
  };
}
