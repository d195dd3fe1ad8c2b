import type { TraceSummary } from "../../../collector/model.ts";

/** Adds new traces on top, in order, and updates known ones in place. */
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

/** Adds older ones at the bottom, without duplicates. */
export function appendTraces(
  shown: readonly TraceSummary[],
  older: readonly TraceSummary[],
): TraceSummary[] {
  const known = new Set(shown.map(({ traceId }) => traceId));
  return [...shown, ...older.filter(({ traceId }) => !known.has(traceId))];
}

/** Updates the shown traces, and ignores others. */
export function updateTraces(
  shown: readonly TraceSummary[],
  arrived: readonly TraceSummary[],
): TraceSummary[] {
  const changes = new Map(arrived.map((trace) => [trace.traceId, trace]));
  return shown.map((trace) => changes.get(trace.traceId) ?? trace);
}
