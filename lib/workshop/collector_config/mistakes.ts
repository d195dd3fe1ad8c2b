import { parseDocument } from "yaml";
import { brokenComponents, unknownKeys } from "./components_check.ts";
import { missedDestinations } from "./destinations_check.ts";
import { brokenPipelines, unreachable } from "./pipelines_check.ts";
import { mapping } from "./yaml_maps.ts";

/**
 * Why today's Collector would reject a configuration, or couldn't be reached with it in its container, or
 * wouldn't send traces to these addresses. Empty if there is no mistake. Components that the course doesn't
 * use are left to the Collector itself.
 */
export function findConfigMistakes(text: string, destinations: readonly string[] = []): string[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) return [`it isn't valid YAML: ${error.message.split("\n")[0]}`];
  const config = mapping(document.toJS());
  return [
    ...unknownKeys(config),
    ...brokenComponents(config),
    ...brokenPipelines(config),
    ...unreachable(config),
    ...missedDestinations(config, destinations),
  ];
}
