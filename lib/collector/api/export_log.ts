import type { ExportRecord } from "../model.ts";

/** How many records are kept. */
const CAPACITY = 200;

/** Limits the length of texts that senders choose, so that records stay small. */
const MAX_TEXT_LENGTH = 300;
const MAX_SERVICES = 20;

/** The latest export requests, successful or not. */
export interface ExportLog {
  /** The number of requests since the start. */
  readonly counts: { accepted: number; refused: number };
  /** Numbers and adds a request, which also becomes the evidence of its hints. */
  add(record: Omit<ExportRecord, "id">): ExportRecord;
  /** Newest first. */
  list(limit?: number): ExportRecord[];
  /** Calls back with each added record; dispose to stop. */
  subscribe(listener: (record: ExportRecord) => void): Disposable;
}

/** Creates an empty log that keeps the last 200 requests. */
export function createExportLog(): ExportLog {
  const records: ExportRecord[] = [];
  const listeners = new Set<(record: ExportRecord) => void>();
  const counts = { accepted: 0, refused: 0 };
  let lastId = 0;

  return {
    counts,
    add(given) {
      const record = shorten({ ...given, id: ++lastId });
      counts[isSuccess(record) ? "accepted" : "refused"]++;
      records.push(record);
      if (records.length > CAPACITY) records.shift();
      for (const listener of listeners) listener(record);
      return record;
    },
    list(limit = CAPACITY) {
      return records.slice(-limit).reverse();
    },
    subscribe(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}

/** Whether the response to the sender was a success. */
function isSuccess({ protocol, status }: ExportRecord): boolean {
  return protocol === "grpc" ? status === 0 : status >= 200 && status < 300;
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
