import { COMPONENTS } from "./components.ts";
import { list, type Mapping, mapping, typeOf } from "./yaml_maps.ts";

/** Processors that must not wait for a batch: they reject or drop what comes in. */
const BEFORE_BATCH = ["filter", "probabilistic_sampler", "tail_sampling"];

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]):/;

/** Pipelines that the Collector would refuse, or that lose what they should keep. */
export function brokenPipelines(config: Mapping): string[] {
  const service = mapping(config["service"]);
  const pipelines = Object.entries(mapping(service["pipelines"]));
  return [
    ...pipelines.length === 0 ? ["there is no pipeline under service"] : [],
    ...pipelines.flatMap(([name, pipeline]) => brokenPipeline(config, name, mapping(pipeline))),
    ...undefinedIn(config, "extensions", list(service["extensions"]), "service"),
  ];
}

/** Connectors of which one end is in no pipeline, which the Collector refuses. */
export function unconnected(config: Mapping): string[] {
  const pipelines = Object.values(mapping(mapping(config["service"])["pipelines"])).map(mapping);
  const idsIn = (section: string) => pipelines.flatMap((pipeline) => list(pipeline[section]));
  const [receivers, exporters] = [idsIn("receivers"), idsIn("exporters")];
  return Object.keys(mapping(config["connectors"])).flatMap((id) => {
    const [isReceiver, isExporter] = [receivers.includes(id), exporters.includes(id)];
    if (isReceiver === isExporter) return [];
    return [
      `connector "${id}" is only among the ${
        isReceiver ? "receivers" : "exporters"
      } of pipelines: another pipeline must have it among its ${
        isReceiver ? "exporters" : "receivers"
      }`,
    ];
  });
}

/** Nothing outside a container reaches its loopback address. */
export function unreachable(config: Mapping): string[] {
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

/** Which of these types of components no pipeline contains. */
export function unusedTypes(config: Mapping, types: readonly string[]): string[] {
  const pipelines = Object.values(mapping(mapping(config["service"])["pipelines"]));
  const used = pipelines.flatMap((pipeline) => Object.values(mapping(pipeline)).flatMap(list))
    .map(typeOf);
  return types.filter((type) => !used.includes(type))
    .map((type) => `no pipeline contains a component of the type "${type}"`);
}

function brokenPipeline(config: Mapping, name: string, pipeline: Mapping): string[] {
  const where = `pipeline "${name}"`;
  const parts = (["receivers", "processors", "exporters"] as const).flatMap((section) => {
    const given = pipeline[section];
    if (given !== undefined && given !== null && !Array.isArray(given)) {
      return [`${where}: ${section} must be a list, such as [${given}]`];
    }
    const ids = list(given);
    if (ids.length === 0 && section !== "processors") return [`${where} has no ${section}`];
    return [
      ...undefinedIn(config, section, ids, where),
      ...ids.filter((id) => {
        const { signals } = COMPONENTS[section].get(typeOf(id)) ?? {};
        return signals && !signals.includes(typeOf(name));
      }).map((id) => `${where} contains "${id}", which doesn't handle ${typeOf(name)}`),
    ];
  });
  return [...parts, ...wrongOrder(list(pipeline["processors"]), where)];
}

/**
 * The memory limiter comes first, so that it can refuse data before anything is done with it; sampling
 * and filtering come before batching.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor#recommended-processors
 */
function wrongOrder(ids: readonly string[], where: string): string[] {
  const types = ids.map(typeOf);
  const limiter = types.indexOf("memory_limiter");
  const batch = types.indexOf("batch");
  const late = types.findLast((type, i) => batch >= 0 && i > batch && BEFORE_BATCH.includes(type));
  return [
    ...limiter > 0
      ? [`${where} has "${ids[0]}" before "${ids[limiter]}": the memory limiter must come first`]
      : [],
    ...late ? [`${where} has "${late}" after "batch": batching comes last`] : [],
  ];
}

/** A connector is the exporter of one pipeline and the receiver of another. */
function undefinedIn(
  config: Mapping,
  section: "receivers" | "processors" | "exporters" | "extensions",
  ids: readonly string[],
  where: string,
): string[] {
  const connects = section === "receivers" || section === "exporters";
  const defined = { ...mapping(config[section]), ...connects && mapping(config["connectors"]) };
  return ids.filter((id) => !Object.hasOwn(defined, id)).map((id) =>
    `${where} contains "${id}", which is not defined under ${section}`
  );
}
