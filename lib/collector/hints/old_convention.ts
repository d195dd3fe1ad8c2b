import type { Hint } from "../model.ts";
import { RENAMED_ATTRIBUTES } from "./renamed_attributes.ts";
import { valueText } from "../../otlp/any_value.ts";
import { type PlacedSpan, spanEvidence, spanTitle } from "./span_table.ts";
import { TUTORIAL } from "./tutorial.ts";

/** The span attributes that these hints use. */
export const CONVENTION_KEYS: ReadonlySet<string> = new Set(
  Object.entries(RENAMED_ATTRIBUTES).flatMap(([old, newNames]) => [old, ...newNames]),
);

/**
 * Warns about attributes that the stable semantic conventions renamed, once per name and service. A span
 * that has both names is compatible with both on purpose, so it is left out.
 */
export function oldConventionHints(spans: readonly PlacedSpan[]): Hint[] {
  const hints = new Map<string, Hint>();
  for (const placed of spans) {
    let keys: Set<string | undefined> | undefined;
    for (const { key = "", value } of placed.span.attributes ?? []) {
      const newNames = Object.hasOwn(RENAMED_ATTRIBUTES, key) ? RENAMED_ATTRIBUTES[key] : undefined;
      if (!newNames) continue;
      const about = `${placed.serviceName}\n${key}`;
      if (hints.has(about)) continue;
      keys ??= new Set(placed.span.attributes?.map(({ key }) => key));
      if (newNames.some((name) => keys!.has(name))) continue;
      hints.set(about, {
        id: "old-convention",
        title: `${spanTitle(placed)} uses the old name ${key}`,
        advice: `The stable semantic conventions call it ${newNames.join(" or ")}. Use ` +
          `${newNames.map(constantName).join(" or ")} of @opentelemetry/semantic-conventions; ` +
          "where a library sets it, update that library, or set " +
          `OTEL_SEMCONV_STABILITY_OPT_IN=${optInOf(key)} for it.`,
        evidence: { ...spanEvidence(placed.span), detail: `${key} = ${valueText(value)}` },
        tutorial: TUTORIAL.conventions,
      });
    }
  }
  return [...hints.values()];
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
