import { findTraces, readKitTrace } from "../backends/kit.ts";
import type { HintsCheck } from "../course/check.ts";
import { type Look, met, notMet, quoted } from "./outcome.ts";

/** Looks for hints of the collector at traces: a convention that is violated, a parent that is missing. */
export const lookAtHints: Look<HintsCheck> = async (check, { backends: { kitUrl }, startedAt }) => {
  if (kitUrl === undefined) return notMet("no-kit", "only otel-kit's own collector has hints");
  const { inTraces: query, allowed = [] } = check;
  const traces = await findTraces(kitUrl, { query, since: startedAt });
  for (const { traceId } of traces) {
    const { hints } = await readKitTrace(kitUrl, traceId);
    const hint = hints.find(({ id }) => !allowed.includes(id));
    if (hint) {
      const { id, title, evidence: { detail } } = hint;
      return notMet("hint", `trace ${traceId} has the hint ${id}: ${title} (${quoted(detail)})`);
    }
  }
  return met({ text: `no hint in ${traces.length} ${traces.length === 1 ? "trace" : "traces"}` });
};
