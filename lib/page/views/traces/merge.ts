import type { TraceSummary } from "../../../collector/model.ts";

/** Puts what is new on top, in its order, and what is known already in its place. */
export function mergeTraces(
  shown: readonly TraceSummary[],
  arrived: readonly TraceSummary[],
): TraceSummary[] {
  const changes = new Map(arrived.map((trace) => [trace.traceId, trace]));
  const kept = shown.map((trace) => {
    const changed = changes.get(trace.traceId);
    changes.delete(trace.traceId);
    return changed ?? trace;
  });
  return [...changes.values(), ...kept];
}

/** Puts older ones below, without those that are there. */
export function appendTraces(
  shown: readonly TraceSummary[],
  older: readonly TraceSummary[],
): TraceSummary[] {
  const known = new Set(shown.map(({ traceId }) => traceId));
  return [...shown, ...older.filter(({ traceId }) => !known.has(traceId))];
}

/** Changes what is shown, and leaves out what is not. */
export function updateTraces(
  shown: readonly TraceSummary[],
  arrived: readonly TraceSummary[],
): TraceSummary[] {
  const changes = new Map(arrived.map((trace) => [trace.traceId, trace]));
  return shown.map((trace) => changes.get(trace.traceId) ?? trace);
}
