import type { LogEntry, LogList } from "../../collector/model.ts";
import { valueText } from "../../otlp/any_value.ts";
import { toNanos } from "../../otlp/nanos.ts";
import { askForJson, UnreachableError } from "../backends/ask.ts";
import type { LogCheck } from "../course/check.ts";
import { listed, type Look, met, notMet, quoted } from "./outcome.ts";

const LIMIT = 200;

/** Looks for a log record that was written after the step began. */
export const lookAtLog: Look<LogCheck> = async ({ service, body, correlated }, context) => {
  const { backends: { kitUrl }, startedAt } = context;
  if (kitUrl === undefined) {
    const found = "none of these servers stores log records: use the embedded backend";
    return { isMet: false, reason: "no-logs-here", found, isFinal: true };
  }
  const records = (await findLogs(kitUrl, startedAt, { service }))
    .filter(({ serviceName }) => serviceName === service);
  if (records.length === 0) {
    const found = `no log record from ${quoted(service)} since the step began`;
    const others = new Set((await findLogs(kitUrl, startedAt)).map((one) => one.serviceName));
    return notMet(
      "no-log",
      others.size > 0 ? `${found}, but from ${listed([...others], 3)}` : found,
    );
  }
  const meant = records.filter((record) => body === undefined || textOf(record).includes(body));
  if (meant.length === 0) {
    return notMet("wrong-body", `log records that arrived: ${listed(records.map(textOf), 3)}`);
  }
  const record = correlated ? meant.find(({ traceId }) => traceId !== "") : meant[0];
  if (!record) {
    return notMet("not-correlated", `log record ${quoted(textOf(meant[0]!))} has no trace ID`);
  }
  const { traceId } = record;
  return met({
    ...traceId && { traceId },
    text: `log record ${quoted(textOf(record))} from ${quoted(service)} arrived`,
  });
};

/** The latest log records since then, in milliseconds since 1970. */
async function findLogs(
  kitUrl: string,
  since: number,
  filter: Record<string, string> = {},
): Promise<LogEntry[]> {
  const query = new URLSearchParams({ ...filter, limit: String(LIMIT) });
  const url = `${kitUrl}/api/kit/logs?${query}`;
  const logs = (await askForJson("The collector", url) as Partial<LogList> | null)?.logs;
  if (!logs) throw new UnreachableError(`The collector responded without log records at ${kitUrl}`);
  return logs.filter(({ timeUnixNano }) => toNanos(timeUnixNano) / 1_000_000n >= BigInt(since));
}

function textOf({ body }: LogEntry): string {
  return valueText(body);
}
