import { parseDocument } from "yaml";
import { brokenComponents, unknownKeys } from "./components_check.ts";
import { missedDestinations } from "./destinations_check.ts";
import { brokenPipelines, unconnected, unreachable, unusedTypes } from "./pipelines_check.ts";
import { mapping } from "./yaml_maps.ts";

/** What a configuration must do, beyond being accepted. */
export interface Demands {
  /** The addresses that its traces pipeline must send to, from a container. */
  destinations?: readonly string[];
  /** The types of components that its pipelines must contain. */
  uses?: readonly string[];
}

/**
 * Why today's Collector would reject a configuration, or couldn't be reached with it in its container if it
 * must send to others, or wouldn't do what is demanded. Empty if there is no mistake. Components that the course doesn't
 * use are left to the Collector itself.
 */
export function findConfigMistakes(
  text: string,
  { destinations = [], uses = [] }: Demands = {},
): string[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) return [`it isn't valid YAML: ${error.message.split("\n")[0]}`];
  const config = mapping(document.toJS());
  return [
    ...unknownKeys(config),
    ...brokenComponents(config),
    ...brokenPipelines(config),
    ...unconnected(config),
    ...destinations.length > 0 ? unreachable(config) : [],
    ...missedDestinations(config, destinations),
    ...unusedTypes(config, uses),
  ];
}
