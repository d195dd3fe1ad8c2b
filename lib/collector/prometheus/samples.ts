import type { MetricData, MetricPoint, MetricSeries } from "../model.ts";
import { valueText } from "../../otlp/any_value.ts";
import { prometheusLabel, prometheusName } from "./names.ts";
import type { Labels } from "./selector.ts";

/** A value with its name and labels. */
export interface Sample {
  labels: Labels;
  value: number;
}

const DELTA = 1;

/**
 * The last point of each series of a metric in Prometheus' model: the service is `job`, its instance
 * `instance`. Delta points are left out, because a single one doesn't give the total.
 *
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 */
export function samplesOf(metric: MetricData): Sample[] {
  return metric.series.flatMap((series) => {
    const point = series.points.at(-1);
    if (!point || series.aggregationTemporality === DELTA) return [];
    const name = prometheusName({ ...series, name: metric.name });
    const labels = labelsOf(series);
    return pointSamples(point).map(({ suffix, label, value }) => ({
      labels: { __name__: `${name}${suffix}`, ...labels, ...label },
      value,
    }));
  });
}

function labelsOf(
  { serviceName, serviceInstanceId, scopeName, attributes }: MetricSeries,
): Labels {
  return {
    job: serviceName,
    ...serviceInstanceId && { instance: serviceInstanceId },
    ...scopeName && { otel_scope_name: scopeName },
    ...Object.fromEntries(
      attributes.map(({ key = "", value }) => [prometheusLabel(key), valueText(value)]),
    ),
  };
}

interface PointSample {
  suffix: string;
  label?: Labels;
  value: number;
}

function pointSamples(point: MetricPoint): PointSample[] {
  if (point.value !== undefined) return [{ suffix: "", value: point.value }];
  if (point.count === undefined) return [];
  const samples: PointSample[] = [{ suffix: "_count", value: point.count }];
  if (point.sum !== undefined) samples.push({ suffix: "_sum", value: point.sum });
  for (const { quantile, value } of point.quantiles ?? []) {
    samples.push({ suffix: "", label: { quantile: String(quantile) }, value });
  }
  let cumulative = 0;
  for (const [i, count] of (point.bucketCounts ?? []).entries()) {
    cumulative += count;
    const le = point.explicitBounds?.[i];
    samples.push({
      suffix: "_bucket",
      label: { le: le === undefined ? "+Inf" : String(le) },
      value: cumulative,
    });
  }
  return samples;
}
