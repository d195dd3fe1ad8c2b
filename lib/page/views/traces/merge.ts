import type { TraceSummary } from "../../../collector/model.ts";

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
