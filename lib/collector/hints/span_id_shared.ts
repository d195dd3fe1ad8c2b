import type { Hint } from "../model.ts";
import { type PlacedSpan, spanEvidence, spanTitle } from "./span_table.ts";
import { TUTORIAL } from "./tutorial.ts";

/** Warns about different spans with the same id, once per id. */
export function spanIdSharedHints(spans: readonly PlacedSpan[]): Hint[] {
  const byId = Map.groupBy(spans, ({ span }) => span.spanId ?? "");
  return [...byId.values()].filter((sharing) => sharing.length > 1).map((sharing) => ({
    id: "span-id-shared",
    title: `${spanTitle(sharing[0]!)} and ${spanTitle(sharing[1]!)} have the same span id`,
    advice:
      "All spans with the id are kept, but children cannot tell which is their parent. Zipkin " +
      "and Envoy share an id between client and server; if these spans are no such pair, let each " +
      "span have a random id of its own.",
    evidence: {
      ...spanEvidence(sharing[0]!.span),
      detail: `${sharing.length} spans with id ${sharing[0]!.span.spanId}`,
    },
    tutorial: TUTORIAL.propagation,
  }));
}
