import { type Attributes, createNoopMeter, type MeterProvider, metrics } from "@opentelemetry/api";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_URL_SCHEME,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from "@opentelemetry/semantic-conventions";
import { INSTRUMENTATION_SCOPE } from "./scope.ts";
import { METRIC_HTTP_SERVER_ACTIVE_REQUESTS } from "./unstable_conventions.ts";

/** The bucket boundaries that the convention recommends, in seconds. */
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

/** Ends the measurement of a request with its status; without one, there was no response. */
export type Measurement = (
  status: number | undefined,
  route: string | undefined,
  errorType: string | undefined,
) => void;

/** Counts a request as active, until the measurement ends and its duration is recorded. */
export type StartMeasurement = (request: Attributes) => Measurement;

/** All apps of a process that use the same provider share their counts. */
const created = new WeakMap<MeterProvider, StartMeasurement>();

/**
 * Creates the two HTTP server metrics; undefined without a meter provider, so that nothing is measured.
 *
 * The instrument of active requests is observable: it reads the counts on collection, which gives the same sums
 * as a counter that is updated at every change, at a third of the cost of both metrics.
 */
export function httpServerMetrics(
  meterProvider: MeterProvider = metrics.getMeterProvider(),
): StartMeasurement | undefined {
  const known = created.get(meterProvider);
  if (known) return known;
  const meter = meterProvider.getMeter(INSTRUMENTATION_SCOPE.name, INSTRUMENTATION_SCOPE.version);
  if (meter === createNoopMeter()) return undefined;

  const counts = new Map<string, { attributes: Attributes; count: number }>();
  meter.createObservableUpDownCounter(METRIC_HTTP_SERVER_ACTIVE_REQUESTS, {
    description: "Number of active HTTP server requests.",
    unit: "{request}",
  }).addCallback((result) => {
    for (const { attributes, count } of counts.values()) result.observe(count, attributes);
  });
  const durations = meter.createHistogram(METRIC_HTTP_SERVER_REQUEST_DURATION, {
    description: "Duration of HTTP server requests.",
    unit: "s",
    advice: { explicitBucketBoundaries: DURATION_BOUNDARIES },
  });

  const start: StartMeasurement = (request) => {
    const startMillis = performance.now();
    const {
      [ATTR_HTTP_REQUEST_METHOD]: method,
      [ATTR_URL_SCHEME]: scheme,
      [ATTR_NETWORK_PROTOCOL_VERSION]: version,
    } = request;
    const key = `${method} ${scheme}`;
    let active = counts.get(key);
    if (!active) {
      const attributes = { [ATTR_HTTP_REQUEST_METHOD]: method, [ATTR_URL_SCHEME]: scheme };
      counts.set(key, active = { attributes, count: 0 });
    }
    active.count++;
    const { attributes: shared } = active;
    return (status, route, errorType) => {
      active.count--;
      const attributes: Attributes = { ...shared };
      if (status) attributes[ATTR_HTTP_RESPONSE_STATUS_CODE] = status;
      if (version) attributes[ATTR_NETWORK_PROTOCOL_VERSION] = version;
      if (route) attributes[ATTR_HTTP_ROUTE] = route;
      if (errorType) attributes[ATTR_ERROR_TYPE] = errorType;
      durations.record((performance.now() - startMillis) / 1000, attributes);
    };
  };
  created.set(meterProvider, start);
  return start;
}
