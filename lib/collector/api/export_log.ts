import type { ExportOutcome, ExportRecord } from "../model.ts";
import { LatestExports, outcomeOf } from "./latest_exports.ts";

/** How many records of each outcome are kept. */
export const EXPORTS_PER_OUTCOME = 200;

/** Limits the length of texts that senders choose, so that records stay small. */
const MAX_TEXT_LENGTH = 300;
const MAX_SERVICES = 20;

/** The latest export requests, successful or not. */
export interface ExportLog {
  /** The number of requests since the start. */
  readonly counts: Readonly<Record<ExportOutcome, number>>;
  /** Numbers and adds a request, which also becomes the evidence of its hints. */
  add(record: Omit<ExportRecord, "id" | "outcome">): ExportRecord;
  /** Newest first; of one outcome only, if it is given. */
  list(options?: { limit?: number; outcome?: ExportOutcome | undefined }): ExportRecord[];
  /** Calls back with each added record; dispose to stop. */
  subscribe(listener: (record: ExportRecord) => void): Disposable;
}

/** Creates an empty log that keeps the last 200 requests of each outcome. */
export function createExportLog(): ExportLog {
  const latest = new LatestExports(EXPORTS_PER_OUTCOME);
  const listeners = new Set<(record: ExportRecord) => void>();
  const counts = { accepted: 0, partial: 0, refused: 0 };
  let lastId = 0;

  return {
    counts,
    add(given) {
      const record = shorten({ ...given, id: ++lastId, outcome: outcomeOf(given) });
      counts[record.outcome]++;
      latest.add(record);
      for (const listener of listeners) listener(record);
      return record;
    },
    list({ limit = EXPORTS_PER_OUTCOME, outcome } = {}) {
      return latest.list(outcome).slice(-limit).reverse();
    },
    subscribe(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}

function shorten(record: ExportRecord): ExportRecord {
  return {
    ...record,
    userAgent: cut(record.userAgent),
    serviceNames: record.serviceNames.slice(0, MAX_SERVICES).map(cut),
    ...(record.reason !== undefined && { reason: cut(record.reason) }),
    hints: record.hints.map((hint) => ({
      ...hint,
      evidence: { exportId: record.id, ...hint.evidence, detail: cut(hint.evidence.detail) },
    })),
  };
}

function cut(text: string): string {
  return text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH - 1)}…` : text;
}
