import type { Hint } from "../model.ts";
import type { Store } from "../store/store.ts";
import { TUTORIAL } from "./tutorial.ts";

/** This many names that differ only in ids are not separate operations. */
const MIN_VARIANTS = 10;

/** Parts of a name that identify a single thing; longer kinds come first. */
const IDENTIFIERS = [
  /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi,
  /(?<!\S)[^\s@]+@\S+/g,
  // Hex of a certain length contains a digit somewhere; words such as "facade" don't.
  /\b(?=[a-f]*\d)[\da-f]{8,}\b/gi,
  /\d+/g,
];

/** Names of a service that differ only in ids. */
export interface NameVariants {
  /** The name with `{id}` in place of the differences. */
  template: string;
  count: number;
  example: string;
}

/** Warns about services whose span names contain ids or values, so that spans can't be compared. */
export async function spanNameCardinalityHints(store: Store): Promise<Hint[]> {
  const hints: Hint[] = [];
  for (const serviceName of await store.services()) {
    const operations = await store.operations(serviceName);
    for (const { template, count, example } of findVariants(operations.map(({ name }) => name))) {
      const { traces: [trace] } = await store.findTraces({
        serviceName,
        operationName: example,
        limit: 1,
      });
      hints.push({
        id: "span-name-cardinality",
        title: `${serviceName || "A service"} has ${count} span names like "${template}"`,
        advice:
          "Rates, durations and searches use the span name, so a name must be one of a few. " +
          'Name the span by its route or operation, as c.req.routePath or "GET /users/:id", and ' +
          'put the value into an attribute: span.setAttribute("user.id", id).',
        evidence: { ...(trace && { traceId: trace.traceId }), detail: example },
        tutorial: TUTORIAL.spanNames,
      });
    }
  }
  return hints;
}

/** Groups names that differ only in ids; returns groups of a relevant size, the largest first. */
export function findVariants(names: readonly string[]): NameVariants[] {
  const groups = new Map<string, NameVariants>();
  for (const name of new Set(names)) {
    const template = IDENTIFIERS.reduce((text, pattern) => text.replace(pattern, "{id}"), name);
    if (template === name) continue;
    const group = groups.get(template);
    if (group) group.count++;
    else groups.set(template, { template, count: 1, example: name });
  }
  return [...groups.values()]
    .filter(({ count }) => count >= MIN_VARIANTS)
    .sort((a, b) => b.count - a.count);
}
