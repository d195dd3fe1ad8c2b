import type { Attributes } from "@opentelemetry/api";
import type { ResourceConfigModel } from "@opentelemetry/configuration";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { executableName } from "../executable_name.ts";
import { PAIRS } from "../value_types.ts";
import { attributeValue } from "./attribute_type.ts";

/**
 * The resource that the configuration describes. A service without a name is named after the executable, for
 * which the SDK would use the whole path.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/service/
 */
export function configuredAttributes(model: ResourceConfigModel = {}): Attributes {
  const listed = model.attributes_list ? PAIRS.parse(model.attributes_list) : {};
  const named = (model.attributes ?? []).flatMap((attribute) => {
    const value = attributeValue(attribute);
    return value === undefined ? [] : [[attribute.name, value] as const];
  });
  return {
    [ATTR_SERVICE_NAME]: ["unknown_service", executableName()].filter(Boolean).join(":"),
    ...listed,
    ...Object.fromEntries(named),
  };
}
