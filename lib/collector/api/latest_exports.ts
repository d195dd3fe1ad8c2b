import type { ExportOutcome, ExportRecord } from "../model.ts";

/** The latest export requests, the same number of each outcome: accepted ones don't displace others. */
export class LatestExports {
  readonly #capacity: number;
  readonly #records: Record<ExportOutcome, ExportRecord[]> = {
    accepted: [],
    partial: [],
    refused: [],
  };

  /** @param capacity How many requests of each outcome are kept. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(record: ExportRecord): void {
    const records = this.#records[record.outcome];
    records.push(record);
    if (records.length > this.#capacity) records.shift();
  }

  /** Of all outcomes, or of one, in order of arrival. */
  list(outcome?: ExportOutcome): ExportRecord[] {
    if (outcome) return [...this.#records[outcome]];
    return Object.values(this.#records).flat().sort((a, b) => a.id - b.id);
  }
}

/** What happened to the items of a request: it is refused if none was accepted, whatever the status. */
export function outcomeOf(
  { protocol, status, accepted, rejected, duplicated }: Omit<ExportRecord, "id" | "outcome">,
): ExportOutcome {
  const isSuccess = protocol === "grpc" ? status === 0 : status >= 200 && status < 300;
  if (!isSuccess) return "refused";
  if (rejected === 0) return "accepted";
  return accepted + duplicated > 0 ? "partial" : "refused";
}
