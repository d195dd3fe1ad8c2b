/**
 * Where the collector listens. OTLP's ports are registered, and the specification has them as defaults;
 * the page gets the next one.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export const DEFAULT_PORTS = { httpPort: 4318, grpcPort: 4317, uiPort: 4319 };

/** Where a class listens, with its page: the port after the collector's. */
export const CLASS_PORT = 4320;

/**
 * Where metrics wait for Prometheus.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const PROMETHEUS_EXPORTER_PORT = 9464;

/** Where Jaeger has its page and its query API. */
export const JAEGER_PORT = 16686;

/** Where Zipkin has its page, its query API and its receiver. */
export const ZIPKIN_PORT = 9411;

/** Where Prometheus has its page and its query API. */
export const PROMETHEUS_PORT = 9090;
