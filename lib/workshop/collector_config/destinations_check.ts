import { list, type Mapping, mapping, typeOf } from "./yaml_maps.ts";

/** Jaeger's own protocol over gRPC, which Jaeger 2 and the Collector no longer support. */
const JAEGER_GRPC_PORT = "14250";

/** Exporters that send over TLS unless told otherwise. */
const OVER_TLS = ["otlp_grpc", "otlp"];

/** The port for OTLP over gRPC, and that over HTTP, with the exporters that use the other one. */
const OTHER_PROTOCOL: Readonly<Record<string, { speaks: string; wrong: readonly string[] }>> = {
  "4317": { speaks: "gRPC", wrong: ["otlp_http", "otlphttp"] },
  "4318": { speaks: "HTTP", wrong: OVER_TLS },
};

/**
 * What keeps the traces pipeline from reaching servers, each an address such as `jaeger:4317` that
 * accepts connections without TLS. The Collector itself can't notice this.
 */
export function missedDestinations(config: Mapping, addresses: readonly string[]): string[] {
  const pipelines = Object.entries(mapping(mapping(config["service"])["pipelines"]));
  const used = pipelines.filter(([name]) => typeOf(name) === "traces")
    .flatMap(([, pipeline]) => list(mapping(pipeline)["exporters"]));
  const exporters = Object.entries(mapping(config["exporters"]))
    .map(([id, settings]) => ({ id, settings: mapping(settings) }))
    .map(({ id, settings }) => ({ id, settings, address: addressOf(settings["endpoint"]) }));
  return addresses.flatMap((wanted) => {
    const [host, port] = wanted.split(":");
    const toHost = exporters.filter(({ address, id }) =>
      // One that no longer exists is reported as such.
      address?.host === host && typeOf(id) !== "jaeger"
    );
    const right = toHost.filter(({ address }) => address?.port === port);
    if (right.length === 0) {
      return toHost.length === 0
        ? [`no exporter sends to ${wanted}`]
        : toHost.map(({ id, address }) => wrongPort(id, address?.port ?? "", wanted));
    }
    const inPipeline = right.filter(({ id }) => used.includes(id));
    if (inPipeline.length === 0) {
      return [`the traces pipeline doesn't contain "${right[0]!.id}", so ${host} gets nothing`];
    }
    return inPipeline.flatMap(({ id, settings }) => {
      const { speaks, wrong = [] } = OTHER_PROTOCOL[port ?? ""] ?? {};
      if (wrong.includes(typeOf(id))) {
        return [
          `exporters "${id}" can't send to ${wanted}: port ${port} accepts OTLP over ${speaks}`,
        ];
      }
      return isWronglyOverTls(id, settings)
        ? [`exporters "${id}" sends over TLS, which ${wanted} doesn't use: add tls, insecure: true`]
        : [];
    });
  });
}

function wrongPort(id: string, port: string, wanted: string): string {
  const why = port === JAEGER_GRPC_PORT ? ", the port of a protocol that Jaeger no longer has" : "";
  return `exporters "${id}" sends to port ${port}${why}: expected ${wanted}`;
}

function isWronglyOverTls(id: string, settings: Mapping): boolean {
  const isPlain = String(settings["endpoint"]).startsWith("http://") ||
    mapping(settings["tls"])["insecure"] === true;
  return OVER_TLS.includes(typeOf(id)) && !isPlain;
}

/** The host and port of an endpoint, which may be a URL, or a variable with a default. */
function addressOf(endpoint: unknown): { host: string; port: string } | undefined {
  const text = String(endpoint ?? "").replace(/\$\{env:\w+:-([^}]*)\}/g, "$1");
  const [, host, port] = /^(?:\w+:\/\/)?([^/:]+):(\d+)/.exec(text) ?? [];
  return host === undefined || port === undefined ? undefined : { host, port };
}
