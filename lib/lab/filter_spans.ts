import { attributeText } from "../otlp/any_value.ts";
import type { KeyValue, Span } from "../otlp/json.ts";
import type { RequestJson } from "./requests.ts";

/** One of a filter's conditions: what is compared with a text. */
export interface SpanCondition {
  /** `name`, or whose attribute with the `key`. */
  of: "name" | "span" | "resource";
  key: string;
  isEqual: boolean;
  text: string;
}

/** What a processor `filter` does. */
export interface Filter {
  kind: "filter";
  id: string;
  /** A span that meets one of them is dropped. */
  conditions: readonly SpanCondition[];
}

/** What the lab reads of the Collector's language for conditions. */
const CONDITION =
  /^(?:(span|resource)\.attributes\["([^"\\]+)"\]|span\.name) ?(==|!=) ?"([^"\\]*)"$/;

/**
 * A condition as written; undefined if it is more than a comparison of one attribute, or the name, with a text.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/ottl
 */
export function readCondition(written: string): SpanCondition | undefined {
  const match = CONDITION.exec(written.trim());
  if (!match) return undefined;
  const [, owner, key = "", operator, text = ""] = match;
  return {
    of: owner === "span" || owner === "resource" ? owner : "name",
    key,
    isEqual: operator === "==",
    text,
  };
}

/** Removes the spans that meet a condition, in place, and returns their number. */
export function dropSpans(request: RequestJson, { conditions }: Filter): number {
  let dropped = 0;
  for (const { resource, scopeSpans = [] } of request.resourceSpans ?? []) {
    for (const scope of scopeSpans) {
      const { spans = [] } = scope;
      scope.spans = spans.filter((span) =>
        !conditions.some((condition) => isMet(condition, span, resource?.attributes))
      );
      dropped += spans.length - scope.spans.length;
    }
  }
  return dropped;
}

/** As in the Collector, an attribute that a span doesn't have differs from every text. */
function isMet(
  { of, key, isEqual, text }: SpanCondition,
  { name = "", attributes }: Span,
  ofResource: readonly KeyValue[] | undefined,
): boolean {
  const value = of === "name" ? name : attributeText(of === "span" ? attributes : ofResource, key);
  return (value === text) === isEqual;
}
