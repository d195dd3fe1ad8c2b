import type { AnyValue, KeyValue } from "../otlp/json.ts";
import { mapping } from "../workshop/collector_config/yaml_maps.ts";
import { itemsOf, type RequestJson, resourcesOf } from "./requests.ts";

/** One change to a list of attributes. */
export interface AttributeAction {
  kind: "insert" | "update" | "upsert" | "delete";
  key: string;
  value?: AnyValue;
  /** The key of the attribute whose value it takes. */
  from?: string;
}

/** What a processor `attributes` or `resource` does. */
export interface Edit {
  kind: "edit";
  /** The attributes of spans, data points, and log records, or those of their resources. */
  of: "items" | "resources";
  actions: readonly AttributeAction[];
}

/** The actions of a processor, as written in its settings, which have been checked. */
export function readActions(written: unknown): AttributeAction[] {
  return (Array.isArray(written) ? written : []).map((action) => {
    const { key, action: kind, value, from_attribute: from } = mapping(action);
    return {
      kind: String(kind).toLowerCase() as AttributeAction["kind"],
      key: String(key),
      ...value !== undefined && value !== null && { value: anyValue(value) },
      ...typeof from === "string" && { from },
    };
  });
}

/** Changes the attributes in a request, in place. */
export function editAttributes(request: RequestJson, { of, actions }: Edit): void {
  for (const owner of of === "items" ? itemsOf(request) : resourcesOf(request)) {
    const attributes = actions.reduce(act, owner.attributes ?? []);
    if (attributes.length > 0) owner.attributes = attributes;
    else delete owner.attributes;
  }
}

/** @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/attributesprocessor */
function act(
  attributes: KeyValue[],
  { kind, key, value: given, from }: AttributeAction,
): KeyValue[] {
  const others = attributes.filter((attribute) => attribute.key !== key);
  const isThere = others.length < attributes.length;
  if (kind === "delete") return others;
  const value = given ?? attributes.find((attribute) => attribute.key === from)?.value;
  if (value === undefined || isThere && kind === "insert" || !isThere && kind === "update") {
    return attributes;
  }
  return isThere
    ? attributes.map((attribute) => attribute.key === key ? { key, value } : attribute)
    : [...attributes, { key, value }];
}

/** @see https://pkg.go.dev/go.opentelemetry.io/collector/pdata/pcommon#Value.FromRaw */
function anyValue(value: unknown): AnyValue {
  switch (typeof value) {
    case "boolean":
      return { boolValue: value };
    case "number":
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    case "object": {
      if (value === null) return {};
      if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
      const values = Object.entries(value).map(([key, inner]) => ({ key, value: anyValue(inner) }));
      return { kvlistValue: { values } };
    }
    default:
      return { stringValue: String(value) };
  }
}
