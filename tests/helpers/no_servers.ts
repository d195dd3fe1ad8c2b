import { type Backends, EXTERNAL_BACKENDS } from "../../lib/workshop/backends/backends.ts";
import { closedUrl } from "./ports.ts";

/** URLs on which nothing listens. */
export function noServers(): Backends {
  const url = closedUrl();
  return {
    ...EXTERNAL_BACKENDS,
    otlpHttpUrl: url,
    otlpGrpcUrl: url,
    healthUrl: `${url}/`,
    ownMetricsUrl: `${url}/metrics`,
    jaegerUrl: url,
    zipkinUrl: url,
    prometheusUrl: url,
  };
}
