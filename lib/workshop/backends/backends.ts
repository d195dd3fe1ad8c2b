import { DEFAULT_PORTS, JAEGER_PORT, PROMETHEUS_PORT, ZIPKIN_PORT } from "../../default_ports.ts";

/** Where everything is that a step looks at. Addresses are without a path and without a last slash. */
export interface Backends {
  /** Whether one collector of this program stands in for all of them. */
  isEmbedded: boolean;
  /** The Collector's OTLP/HTTP receiver. */
  otlpHttpUrl: string;
  /** Its OTLP/gRPC receiver. */
  otlpGrpcUrl: string;
  /** Answers 200 when the Collector is well. */
  healthUrl: string;
  /** The Collector's own metrics as text. */
  ownMetricsUrl: string;
  /** Answers Jaeger's `/api/v3`. */
  jaegerUrl: string;
  /** Answers Zipkin's `/api/v2`. */
  zipkinUrl: string;
  /** Answers Prometheus' `/api/v1/query`. */
  prometheusUrl: string;
  /** Our collector's own API, `/api/kit`, which has log records, too; undefined with servers of others. */
  kitUrl?: string;
}

/** The servers of collector-demo, with the ports of its compose file. */
export const EXTERNAL_BACKENDS: Backends = {
  isEmbedded: false,
  otlpHttpUrl: `http://127.0.0.1:${DEFAULT_PORTS.httpPort}`,
  otlpGrpcUrl: `http://127.0.0.1:${DEFAULT_PORTS.grpcPort}`,
  healthUrl: "http://127.0.0.1:13133",
  ownMetricsUrl: "http://127.0.0.1:8888/metrics",
  jaegerUrl: `http://127.0.0.1:${JAEGER_PORT}`,
  zipkinUrl: `http://127.0.0.1:${ZIPKIN_PORT}`,
  prometheusUrl: `http://127.0.0.1:${PROMETHEUS_PORT}`,
};

/** The same questions to a collector of this program, which answers all of them on one port. */
export function embeddedBackends(
  { httpUrl, grpcUrl, uiUrl }: { httpUrl: string; grpcUrl: string; uiUrl: string },
): Backends {
  return {
    isEmbedded: true,
    otlpHttpUrl: httpUrl,
    otlpGrpcUrl: grpcUrl,
    healthUrl: `${uiUrl}/-/ready`,
    ownMetricsUrl: `${uiUrl}/metrics`,
    jaegerUrl: uiUrl,
    zipkinUrl: uiUrl,
    prometheusUrl: uiUrl,
    kitUrl: uiUrl,
  };
}
