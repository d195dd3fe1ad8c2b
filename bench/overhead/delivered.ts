import { type Signal, SIGNALS } from "../../lib/otlp/signal.ts";
import type { ReportedItems } from "../../tests/helpers/closing_report.ts";

/** What is known of a variant's telemetry after its end. */
export interface Outcome {
  /** Requests that were answered to the load; more may have been served. */
  requests: number;
  /** What the server says it created, and what became of it; undefined if it says nothing. */
  report: Partial<Record<Signal, ReportedItems>> | undefined;
  /** What arrived. */
  received: Record<Signal, number>;
}

/** How many spans arrived, of how many. */
export function describeSpans({ requests, report, received }: Outcome): string {
  return `${received.traces} of ${report?.traces?.created ?? requests}`;
}

/** What is missing, each in a few words; nothing if all that was created arrived. */
export function findMissing({ requests, report, received }: Outcome): string[] {
  if (!report) {
    return received.traces < requests
      ? [`${requests} requests, and ${received.traces} spans arrived`]
      : [];
  }
  const created = report.traces?.created ?? 0;
  return [
    ...created < requests ? [`${requests} requests, and ${created} spans created`] : [],
    ...SIGNALS.flatMap((signal) => {
      const { created, sent, lost, dropped } = report[signal] ?? NOTHING;
      const arrived = received[signal];
      return created === sent && sent === arrived ? [] : [
        `${signal}: ${created} created, ${sent} sent, ${lost} lost, ${dropped} dropped, ` +
        `and ${arrived} arrived`,
      ];
    }),
  ];
}

const NOTHING: ReportedItems = { created: 0, sent: 0, lost: 0, dropped: 0 };
