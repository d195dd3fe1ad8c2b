import { COMPONENTS, type Section } from "./components.ts";
import { suggest } from "../../suggest.ts";
import { MAX_DISTANCE, misfits } from "./schema.ts";
import { type Mapping, mapping, typeOf } from "./yaml_maps.ts";

const SECTIONS = Object.keys(COMPONENTS) as Section[];
const SERVICE = ["extensions", "pipelines", "telemetry"];
const PIPELINE = ["receivers", "processors", "exporters"];
const SIGNALS = ["traces", "metrics", "logs", "profiles"];

/**
 * Components in older configurations that today's Collector doesn't have, and their replacements.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/CHANGELOG.md
 */
const REMOVED: Partial<Record<Section, ReadonlyMap<string, string>>> = {
  exporters: new Map([["jaeger", "otlp_grpc with Jaeger's port 4317"], ["logging", "debug"]]),
  extensions: new Map([["memory_ballast", "the environment variable GOMEMLIMIT"]]),
};

/** The sections and keys that the Collector doesn't have. */
export function unknownKeys(config: Mapping): string[] {
  const service = mapping(config["service"]);
  return [
    ...unknown(Object.keys(config), [...SECTIONS, "service"], "the configuration"),
    ...unknown(Object.keys(service), SERVICE, "service"),
    ...Object.entries(mapping(service["pipelines"])).flatMap(([name, pipeline]) => [
      ...unknown([typeOf(name)], SIGNALS, "pipelines"),
      ...unknown(Object.keys(mapping(pipeline)), PIPELINE, `pipeline "${name}"`),
    ]),
  ];
}

/** Components that don't exist, and settings that they don't have. */
export function brokenComponents(config: Mapping): string[] {
  return SECTIONS.flatMap((section) =>
    Object.entries(mapping(config[section])).flatMap(([id, settings]) =>
      brokenComponent(section, id, settings).map((text) => `${section} "${id}" ${text}`)
    )
  );
}

function brokenComponent(section: Section, id: string, settings: unknown): string[] {
  const type = typeOf(id);
  const instead = REMOVED[section]?.get(type);
  if (instead !== undefined) return [`no longer exists: use ${instead}`];
  const component = COMPONENTS[section].get(type);
  if (!component) {
    const meant = suggest(type, [...COMPONENTS[section].keys()], { maxDistance: MAX_DISTANCE });
    return meant ? [`doesn't exist: did you mean ${meant}?`] : [];
  }
  const wrong = misfits(settings, component);
  return wrong.length > 0 ? wrong : component.demand?.(mapping(settings)) ?? [];
}

function unknown(names: readonly string[], known: readonly string[], where: string): string[] {
  return names.filter((name) => !known.includes(name)).map((name) => {
    const meant = suggest(name, known, { maxDistance: MAX_DISTANCE });
    return `${where} has no ${name}: ${
      meant ? `did you mean ${meant}?` : `expected ${known.join(", ")}`
    }`;
  });
}
