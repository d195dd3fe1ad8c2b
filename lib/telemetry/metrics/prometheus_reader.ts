import type { ExperimentalPrometheusMetricExporterConfigModel } from "@opentelemetry/configuration";
import { PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { type IMetricReader, MetricReader } from "@opentelemetry/sdk-metrics";
import { PROMETHEUS_EXPORTER_PORT } from "../../default_ports.ts";
import { messageOf } from "../../error_message.ts";
import { hostAndPort, urlHost } from "../../host.ts";
import type { ExporterRegistry } from "../exporter_registry.ts";
import { withUnitsInNames } from "./prometheus_units.ts";

/** The text format that every version of Prometheus understands. */
const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Serves the current metrics at `/metrics`, for Prometheus to scrape.
 *
 * @throws {Error} If it cannot listen on the address.
 */
export function startPrometheusReader(
  model: NonNullable<ExperimentalPrometheusMetricExporterConfigModel>,
  registry: ExporterRegistry,
): IMetricReader {
  const hostname = model.host ?? "localhost";
  const port = model.port ?? PROMETHEUS_EXPORTER_PORT;
  const withTargetInfo = model["target_info_enabled/development"] ?? true;
  const withScopeInfo = model.scope_info_enabled ?? true;
  const serializer = new PrometheusSerializer(
    undefined,
    false,
    undefined,
    !withTargetInfo,
    !withScopeInfo,
  );
  const reader = new PullReader(() => server.shutdown());
  const server = listen(hostname, port, async (request) => {
    if (new URL(request.url).pathname !== "/metrics") {
      return new Response("Not found: the metrics are at /metrics\n", { status: 404 });
    }
    const { resourceMetrics } = await reader.collect();
    const headers = { "content-type": CONTENT_TYPE };
    return new Response(serializer.serialize(withUnitsInNames(resourceMetrics)), { headers });
  });
  registry.report(`Serving metrics at http://${urlHost(hostname)}:${server.addr.port}/metrics`);
  return reader;
}

function listen(
  hostname: string,
  port: number,
  handler: (request: Request) => Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    const server = Deno.serve({ hostname, port, onListen: () => {} }, handler);
    server.unref();
    return server;
  } catch (error) {
    const reason = error instanceof Deno.errors.AddrInUse
      ? "the port is in use. Choose another with --exporter-prometheus-port"
      : messageOf(error);
    throw new Error(`cannot listen on ${hostAndPort({ hostname, port })}: ${reason}`, {
      cause: error,
    });
  }
}

/** Collects on each scrape. */
class PullReader extends MetricReader {
  readonly #stop: () => Promise<void>;

  constructor(stop: () => Promise<void>) {
    super();
    this.#stop = stop;
  }

  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return this.#stop();
  }
}
