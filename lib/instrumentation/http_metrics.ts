import {
  createNoopMeter,
  type Histogram,
  type MeterProvider,
  metrics,
  type UpDownCounter,
} from "@opentelemetry/api";
import { METRIC_HTTP_SERVER_REQUEST_DURATION } from "@opentelemetry/semantic-conventions";
import { METRIC_HTTP_SERVER_ACTIVE_REQUESTS } from "@opentelemetry/semantic-conventions/incubating";
import { INSTRUMENTATION_SCOPE } from "./scope.ts";

/** The bucket boundaries that the convention advises, in seconds. */
const DURATION_BOUNDARIES = [
  0.005,
  0.01,
  0.025,
  0.05,
  0.075,
  0.1,
  0.25,
  0.5,
  0.75,
  1,
  2.5,
  5,
  7.5,
  10,
];

/** The two HTTP server metrics. */
export interface HttpServerMetrics {
  requestDuration: Histogram;
  activeRequests: UpDownCounter;
}

/** Creates the instruments; undefined where no meter provider was set, so that nothing is measured. */
export function createHttpServerMetrics(
  meterProvider: MeterProvider = metrics.getMeterProvider(),
): HttpServerMetrics | undefined {
  const meter = meterProvider.getMeter(INSTRUMENTATION_SCOPE.name, INSTRUMENTATION_SCOPE.version);
  if (meter === createNoopMeter()) return undefined;
  return {
    requestDuration: meter.createHistogram(METRIC_HTTP_SERVER_REQUEST_DURATION, {
      description: "Duration of HTTP server requests.",
      unit: "s",
      advice: { explicitBucketBoundaries: DURATION_BOUNDARIES },
    }),
    activeRequests: meter.createUpDownCounter(METRIC_HTTP_SERVER_ACTIVE_REQUESTS, {
      description: "Number of active HTTP server requests.",
      unit: "{request}",
    }),
  };
}
