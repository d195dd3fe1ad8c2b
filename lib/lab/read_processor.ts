import { type Mapping, typeOf } from "../workshop/collector_config/yaml_maps.ts";
import { readActions } from "./edit_attributes.ts";
import { readCondition } from "./filter_spans.ts";
import type { Processor } from "./process.ts";

/** What a processor with these settings does; nothing if it has no effect in the lab. */
export function readProcessor(id: string, settings: Mapping): Processor[] {
  switch (typeOf(id)) {
    case "attributes":
      return [{ kind: "edit", of: "items", actions: readActions(settings["actions"]) }];
    case "resource":
      return [{ kind: "edit", of: "resources", actions: readActions(settings["attributes"]) }];
    case "filter":
      return [{
        kind: "filter",
        id,
        conditions: texts(settings["trace_conditions"]).flatMap((text) =>
          readCondition(text) ?? []
        ),
      }];
    case "redaction":
      return [{
        kind: "redaction",
        blocked: texts(settings["blocked_values"]).map((text) => new RegExp(text, "g")),
      }];
    default:
      return [];
  }
}

/** Why the lab can't run a processor whose settings fit the Collector's. */
export function refusedProcessor(id: string, settings: Mapping): string[] {
  switch (typeOf(id)) {
    case "filter":
      return texts(settings["trace_conditions"])
        .filter((text) => !readCondition(text))
        .map((text) =>
          `the lab reads conditions such as span.attributes["url.path"] == "/health", not ${text}`
        );
    case "redaction":
      return [
        ...settings["allow_all_keys"] === true
          ? []
          : [`the lab needs allow_all_keys: true for ${id}`],
        ...texts(settings["blocked_values"]).filter((text) => !isExpression(text))
          .map((text) => `${id} has a value that isn't a regular expression: ${text}`),
      ];
    default:
      return [];
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
