import type { CollectorStats, ExportRecord } from "../../collector/model.ts";
import { quoted, type Section } from "../answer.ts";
import { pathWith } from "../ask.ts";
import { defineTool } from "../tool.ts";
import { count, serviceText } from "./trace_line.ts";

const MAX_EXPORTS = 200;
const MAX_REFUSED = 30;

/** Whether anything arrives. */
export const getStatus = defineTool({
  name: "get_status",
  title: "Received telemetry",
  description:
    "Answers whether programs send telemetry: the collector's addresses, how much of each signal " +
    "arrived, when each service last sent, and how many requests were refused. If nothing " +
    "arrives, it says what to check.",
  input: {},
  async run(_, { ask, now }) {
    const [stats, exports] = await Promise.all([
      ask<CollectorStats>("/api/kit/stats"),
      ask<ExportRecord[]>(pathWith("/api/kit/exports", { limit: MAX_EXPORTS })),
    ]);
    return [
      {
        title: "Collector",
        lines: [
          `receives OTLP at ${stats.httpUrl} (HTTP) and ${stats.grpcUrl} (gRPC)`,
          ...Object.entries(stats.store.signals).map(([signal, { received, kept, rejected }]) =>
            `${signal}: ${received} received, ${kept} stored, ${rejected} rejected`
          ),
          `requests: ${stats.exports.accepted} accepted, ${stats.exports.refused} refused`,
        ],
      },
      { title: "Last requests by service", lines: lastRequests(exports, now()) },
      ...isSilent(stats) ? [silence(stats)] : [],
    ];
  },
});

/** Why requests were refused. */
export const listRefused = defineTool({
  name: "list_refused",
  title: "Requests that were refused",
  description:
    "Lists export requests that the collector refused entirely or in part, with the reason " +
    "and where in the body the mistake is.",
  input: {},
  async run(_, { ask, now }) {
    const outcomes = ["refused", "partial"] as const;
    const lists = await Promise.all(
      outcomes.map((outcome) =>
        ask<ExportRecord[]>(pathWith("/api/kit/exports", { outcome, limit: MAX_REFUSED }))
      ),
    );
    const newest = lists.flat().sort((a, b) => b.id - a.id);
    const lines = newest.map((record) => refusedLine(record, now()));
    return [{ lines: lines.length > 0 ? lines : ["No request was refused"] }];
  },
});

function lastRequests(exports: readonly ExportRecord[], nowMillis: number): string[] {
  const byService = Map.groupBy(
    exports.flatMap((record) => record.serviceNames.map((name) => ({ name, record }))),
    ({ name, record }) => `${record.signal ?? "unknown signal"} of ${serviceText(name)}`,
  );
  return [...byService].map(([what, [newest]]) => {
    const { receivedAt, accepted, userAgent } = newest!.record;
    return `${what}: ${ago(receivedAt, nowMillis)}, ${count(accepted, "item")}, by ${
      quoted(userAgent, 80)
    }`;
  });
}

function refusedLine(record: ExportRecord, nowMillis: number): string {
  const { receivedAt, signal, protocol, status, reason, rejected, accepted, byteOffset } = record;
  return [
    `${ago(receivedAt, nowMillis)}: ${signal ?? "unknown signal"} by ${protocol}, status ${status}`,
    `${accepted} accepted, ${rejected} rejected`,
    `of ${record.serviceNames.map(serviceText).join(", ") || "unknown service"}`,
    quoted(reason ?? "", 300),
    ...byteOffset === undefined ? [] : [`at byte ${byteOffset}`],
  ].join("; ");
}

function isSilent({ exports }: CollectorStats): boolean {
  return exports.accepted + exports.refused === 0;
}

function silence({ httpUrl, connections }: CollectorStats): Section {
  const opened = connections.http.accepted + connections.grpc.accepted;
  return {
    title: "Nothing has arrived",
    lines: [
      opened === 0
        ? "No program has connected. Is it running, with its SDK started?"
        : `${count(opened, "connection")} came without a valid request. Does it speak OTLP?`,
      `Set OTEL_EXPORTER_OTLP_ENDPOINT=${httpUrl} (or run it under "otel-kit auto -- COMMAND")`,
      "Check that OTEL_SDK_DISABLED is not true, and that no OTEL_..._EXPORTER is none",
      'Run "otel-kit doctor" in the environment of the program',
    ],
  };
}

function ago(millis: number, nowMillis: number): string {
  const seconds = Math.max(0, Math.round((nowMillis - millis) / 1000));
  return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
