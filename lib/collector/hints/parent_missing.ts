import type { Hint } from "../model.ts";
import { type PlacedSpan, spanEvidence, spanTitle } from "./span_table.ts";
import { TUTORIAL } from "./tutorial.ts";

/**
 * A parent ends after its children, so it is also sent later. Batches wait 5 s by default, and failed
 * exports are retried. Until then, a missing parent means nothing.
 */
const GRACE_MS = 15_000;

/** Span flags: the first says whether the second is valid, the second whether the parent is remote. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/** Warns about spans whose parent should have arrived by now, once per parent. */
export function parentMissingHints(spans: readonly PlacedSpan[], nowMillis: number): Hint[] {
  const known = new Set(spans.map(({ span }) => span.spanId));
  const orphans = new Map<string, PlacedSpan>();
  for (const placed of spans) {
    const parent = placed.span.parentSpanId;
    if (parent && !known.has(parent) && !orphans.has(parent)) orphans.set(parent, placed);
  }
  if (orphans.size === 0 || nowMillis - lastEndMillis(spans) < GRACE_MS) return [];
  return [...orphans].map(([parent, placed]) => ({
    id: "parent-missing",
    title: `The parent of ${spanTitle(placed)} never arrived`,
    advice: advise(placed.span.flags ?? 0),
    evidence: { ...spanEvidence(placed.span), detail: `parent span id ${parent}` },
    tutorial: TUTORIAL.propagation,
  }));
}

function advise(flags: number): string {
  if (flags & HAS_IS_REMOTE && !(flags & IS_REMOTE)) {
    return "The parent is in the same process. Call end() on it, in a finally block, and " +
      "provider.shutdown() before the process ends, because spans that are not ended or flushed are never sent.";
  }
  return "The caller sent a traceparent header, but its own span did not arrive. Make the caller " +
    "export to this collector too, check that it samples as this service does " +
    "(OTEL_TRACES_SAMPLER=parentbased_always_on), and that it flushes before it ends.";
}

function lastEndMillis(spans: readonly PlacedSpan[]): number {
  const ends = spans.map(({ span }) => Number(span.endTimeUnixNano ?? 0) / 1e6);
  return ends.reduce((latest, end) => Math.max(latest, end), 0);
}
