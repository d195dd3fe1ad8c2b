import { DEFAULT_PORTS, JAEGER_PORT, PROMETHEUS_PORT, ZIPKIN_PORT } from "../../default_ports.ts";

/** The addresses of everything that a step checks, without a path or a trailing slash. */
export interface Backends {
  /** Whether one collector of this program replaces all of them. */
  isEmbedded: boolean;
  /** The Collector's OTLP/HTTP receiver. */
  otlpHttpUrl: string;
  /** Its OTLP/gRPC receiver. */
  otlpGrpcUrl: string;
  /** Responds with 200 if the Collector is healthy. */
  healthUrl: string;
  /** The Collector's own metrics as text. */
  ownMetricsUrl: string;
  /** Serves Jaeger's `/api/v3`. */
  jaegerUrl: string;
  /** Serves Zipkin's `/api/v2`. */
  zipkinUrl: string;
  /** Serves Prometheus's `/api/v1/query`. */
  prometheusUrl: string;
  /** Our collector's own API, `/api/kit`, which also has log records; undefined with external servers. */
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

/** The same addresses for a collector of this program, which serves all of them on one port. */
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

/** Those of a collector of this program on its usual ports. */
export function usualBackends(): Backends {
  const { httpPort, grpcPort, uiPort } = DEFAULT_PORTS;
  const [httpUrl, grpcUrl, uiUrl] = [httpPort, grpcPort, uiPort]
    .map((port) => `http://127.0.0.1:${port}`) as [string, string, string];
  return embeddedBackends({ httpUrl, grpcUrl, uiUrl });
}
