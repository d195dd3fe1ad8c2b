import { parseDocument } from "yaml";

type Section = "receivers" | "processors" | "exporters" | "extensions";
type Mapping = Record<string, unknown>;

/**
 * Components in older configurations that today's Collector doesn't have, and their replacements.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/CHANGELOG.md
 */
const REMOVED: Partial<Record<Section, Record<string, string>>> = {
  exporters: {
    jaeger: "otlp_grpc with Jaeger's port 4317",
    logging: "debug",
  },
  extensions: { memory_ballast: "the environment variable GOMEMLIMIT" },
};

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]):/;

/**
 * Why today's Collector would reject a configuration, or couldn't be reached with it in its
 * container. Empty if there is no mistake. The settings of components are left to the Collector
 * itself.
 */
export function findConfigMistakes(text: string): string[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) return [`it isn't valid YAML: ${error.message.split("\n")[0]}`];
  const config = mapping(document.toJS());
  const service = mapping(config["service"]);
  const pipelines = Object.entries(mapping(service["pipelines"]));
  return [
    ...removed(config),
    ...verbosity(config),
    ...pipelines.length === 0 ? ["there is no pipeline under service"] : [],
    ...pipelines.flatMap(([name, pipeline]) => brokenPipeline(config, name, mapping(pipeline))),
    ...undefinedIn(config, "extensions", list(service["extensions"]), "service"),
    ...unreachable(config),
  ];
}

function removed(config: Mapping): string[] {
  return Object.entries(REMOVED).flatMap(([section, components]) =>
    Object.keys(mapping(config[section])).flatMap((id) => {
      const type = typeOf(id);
      const instead = Object.hasOwn(components, type) ? components[type] : undefined;
      return instead ? [`${section} "${id}" no longer exists: use ${instead}`] : [];
    })
  );
}

/** The exporter debug has a verbosity; the exporter logging had a log level. */
function verbosity(config: Mapping): string[] {
  return Object.entries(mapping(config["exporters"]))
    .filter(([id, settings]) => typeOf(id) === "debug" && "loglevel" in mapping(settings))
    .map(([id]) => `exporters "${id}" has no setting loglevel: use verbosity`);
}

function brokenPipeline(config: Mapping, name: string, pipeline: Mapping): string[] {
  const where = `pipeline "${name}"`;
  return (["receivers", "processors", "exporters"] as const).flatMap((section) => {
    const ids = list(pipeline[section]);
    if (ids.length === 0 && section !== "processors") return [`${where} has no ${section}`];
    return undefinedIn(config, section, ids, where);
  });
}

/** A connector is the exporter of one pipeline and the receiver of another. */
function undefinedIn(
  config: Mapping,
  section: Section,
  ids: readonly string[],
  where: string,
): string[] {
  const connects = section === "receivers" || section === "exporters";
  const defined = {
    ...mapping(config[section]),
    ...connects && mapping(config["connectors"]),
  };
  return ids.filter((id) => !Object.hasOwn(defined, id)).map((id) =>
    `${where} contains "${id}", which is not defined under ${section}`
  );
}

/** Nothing outside a container reaches its loopback address. */
function unreachable(config: Mapping): string[] {
  return Object.entries(mapping(config["receivers"])).flatMap(([id, receiver]) =>
    Object.entries(mapping(mapping(receiver)["protocols"])).flatMap(([protocol, settings]) => {
      const { endpoint } = mapping(settings);
      return typeof endpoint === "string" && LOOPBACK.test(endpoint)
        ? [
          `receiver "${id}" listens on ${endpoint} for ${protocol}: nothing outside its container can reach it`,
        ]
        : [];
    })
  );
}

/** `otlp_grpc/jaeger` is an `otlp_grpc`. */
function typeOf(id: string): string {
  return id.split("/")[0]!;
}

function mapping(value: unknown): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Mapping
    : {};
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
