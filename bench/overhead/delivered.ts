import { type Signal, SIGNALS } from "../../lib/otlp/signal.ts";
import type { ReportedItems } from "../../tests/helpers/closing_report.ts";

/** The totals of a variant's telemetry after its end. */
export interface Outcome {
  /** Requests of the load that got a response; more may have been served. */
  requests: number;
  /** The server's own counts; undefined if it doesn't report them. */
  report: Partial<Record<Signal, ReportedItems>> | undefined;
  /** The counts at the receiver. */
  received: Record<Signal, number>;
}

/** The share of spans that arrived, in words. */
export function describeSpans({ requests, report, received }: Outcome): string {
  return `${received.traces} of ${report?.traces?.created ?? requests}`;
}

/** What is missing, each in a few words; nothing if everything arrived. */
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
