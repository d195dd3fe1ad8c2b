import type { Signal } from "../../lib/otlp/signal.ts";

/** What happened to a signal's items, according to the report of the program that created them. */
export interface ReportedItems {
  created: number;
  sent: number;
  lost: number;
  dropped: number;
}

const SIGNALS: Record<string, Signal> = {
  spans: "traces",
  "data points": "metrics",
  "log records": "logs",
};

/** A line of the report. Empty columns are left out. */
const LINE =
  /^Sent (\d+) of (\d+) ([a-z ]+) to [^\s,]+(?:, lost (\d+): .*?)?(?:[,;] dropped (\d+): the queue was full)?$/gm;

/** Reads the report at the end of a program's output. It has one destination per signal. */
export function readClosingReport(text: string): Partial<Record<Signal, ReportedItems>> {
  const report: Partial<Record<Signal, ReportedItems>> = {};
  for (const [, sent, created, items, lost = "0", dropped = "0"] of text.matchAll(LINE)) {
    report[SIGNALS[items!]!] = {
      created: Number(created),
      sent: Number(sent),
      lost: Number(lost),
      dropped: Number(dropped),
    };
  }
  return report;
}
