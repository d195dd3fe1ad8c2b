import type { ExportRecord } from "../model.ts";

/** Receives every request; numbers the records, and completes the evidence of their hints. */
export interface ExportSink {
  add(record: Omit<ExportRecord, "id" | "outcome">): void;
}

/** The facts about a request before its response. */
export type ExportDraft = Omit<ExportRecord, "id" | "outcome" | "status" | "durationMillis"> & {
  startedAtMillis: number;
};

/** Begins the record of a request that has just arrived. */
export function beginExport(
  { peer, userAgent, protocol }: Pick<ExportRecord, "peer" | "userAgent" | "protocol">,
): ExportDraft {
  return {
    receivedAt: Date.now(),
    startedAtMillis: performance.now(),
    peer,
    userAgent,
    protocol,
    compression: "none",
    wireBytes: 0,
    bodyBytes: 0,
    accepted: 0,
    rejected: 0,
    duplicated: 0,
    serviceNames: [],
    hints: [],
  };
}

/** Completes the record with the status that the sender got. */
export function endExport({ startedAtMillis, ...record }: ExportDraft, status: number) {
  return { ...record, status, durationMillis: performance.now() - startedAtMillis };
}
