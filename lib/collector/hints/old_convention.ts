import type { Hint } from "../model.ts";
import { RENAMED_ATTRIBUTES } from "./renamed_attributes.ts";
import { valueText } from "../../otlp/any_value.ts";
import { type PlacedSpan, spanEvidence, spanTitle } from "./span_table.ts";
import { TUTORIAL } from "./tutorial.ts";

/** The span attributes that these hints use. */
export const CONVENTION_KEYS: ReadonlySet<string> = new Set(
  Object.entries(RENAMED_ATTRIBUTES).flatMap(([old, newNames]) => [old, ...newNames]),
);

/** The evidence of more names would be unreadable. */
const MAX_NAMES = 8;

/**
 * Warns about attributes that the stable semantic conventions renamed, once per service. A span that has
 * both names is compatible with both on purpose, so it is left out.
 */
export function oldConventionHints(spans: readonly PlacedSpan[]): Hint[] {
  const services = new Map<string, { first: PlacedSpan; values: Map<string, string> }>();
  for (const placed of spans) {
    let keys: Set<string | undefined> | undefined;
    const known = services.get(placed.serviceName);
    for (const { key = "", value } of placed.span.attributes ?? []) {
      const newNames = Object.hasOwn(RENAMED_ATTRIBUTES, key) ? RENAMED_ATTRIBUTES[key] : undefined;
      if (!newNames || known?.values.has(key)) continue;
      keys ??= new Set(placed.span.attributes?.map(({ key }) => key));
      if (newNames.some((name) => keys!.has(name))) continue;
      const service = services.get(placed.serviceName) ?? { first: placed, values: new Map() };
      service.values.set(key, valueText(value));
      services.set(placed.serviceName, service);
    }
  }
  return [...services.values()].map(({ first, values }) => ({
    id: "old-convention",
    title: values.size === 1
      ? `${spanTitle(first)} uses the old name ${[...values.keys()][0]}`
      : `${spanTitle(first)} uses ${values.size} old attribute names`,
    advice: advise([...values.keys()]),
    evidence: {
      ...spanEvidence(first.span),
      detail: listed([...values].map(([key, value]) => `${key} = ${value}`)),
    },
    tutorial: TUTORIAL.conventions,
  }));
}

function advise(keys: readonly string[]): string {
  const renamed = keys.map((key) => `${key} is now ${RENAMED_ATTRIBUTES[key]!.join(" or ")}`);
  const constants = keys.flatMap((key) => RENAMED_ATTRIBUTES[key]!).map(constantName);
  const optIn = [...new Set(keys.map(optInOf))].join(",");
  return `In the stable semantic conventions, ${listed(renamed)}. Use ` +
    `${listed([...new Set(constants)])} of @opentelemetry/semantic-conventions; where a library ` +
    `sets them, update that library, or set OTEL_SEMCONV_STABILITY_OPT_IN=${optIn} for it.`;
}

function listed(texts: readonly string[]): string {
  const more = texts.length - MAX_NAMES;
  return [...texts.slice(0, MAX_NAMES), ...more > 0 ? [`${more} more`] : []].join(", ");
}

/** The package's constant for an attribute: `http.route` is `ATTR_HTTP_ROUTE`. */
function constantName(attribute: string): string {
  return `ATTR_${attribute.toUpperCase().replaceAll(".", "_")}`;
}

/** The value of the variable that switches a library to the stable names. */
function optInOf(key: string): string {
  if (key.startsWith("db.")) return "database";
  return key.startsWith("code.") ? "code" : "http";
}
