import { anySignal } from "../../time.ts";
import type { LogEntry, TraceSummary } from "../../collector/model.ts";
import { LOG_LIST, TRACE_LIST } from "../collector/answer_shapes.ts";
import { type ApiClient, clientOf, UI_URL_FLAG } from "../collector/api_client.ts";
import { checkQuery } from "../collector/query_flag.ts";
import { defineCommand } from "../command.ts";
import { StartError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import type { Output } from "../output.ts";
import { logLine, traceLine } from "../terminal/trace_lines.ts";

/** The maximum number that the collector returns at once. */
const MAX_LOGS = 1000;

/** The number of traces whose last line is remembered. */
const MAX_REMEMBERED = 10_000;

const FLAGS = {
  service: {
    placeholder: "NAME",
    nonEmpty: true,
    help: "Only traces and log records of this service",
  },
  query: {
    placeholder: "QUERY",
    nonEmpty: true,
    help: "Only traces that match, such as 'service:shop status:error', and no log records",
  },
  json: { help: `Print one line of JSON each: {"trace":...} or {"log":...}` },
  ...UI_URL_FLAG,
} as const satisfies FlagTable;

/** `otel-kit tail`: traces and log records as they arrive. */
export const tail = defineCommand({
  name: "tail",
  flags: FLAGS,
  help: () => ({
    usage: "[flags]",
    about: "Shows traces and log records as they arrive at a running collector or demo.",
  }),
  async run({ flags }, { output, stop }) {
    const { service: serviceName, query } = flags;
    if (query !== undefined) checkQuery(query);
    await follow(clientOf(flags), stop, {
      output,
      isJson: flags.json,
      ...serviceName !== undefined && { serviceName },
      ...query !== undefined && { query },
    });
    return 0;
  },
});

interface TailOptions {
  output: Output;
  isJson: boolean;
  serviceName?: string;
  query?: string;
}

async function follow(client: ApiClient, stop: AbortSignal, options: TailOptions): Promise<void> {
  const { output, isJson, serviceName, query } = options;
  const unread = new AbortController();
  const ended = anySignal(stop, unread.signal);
  let lastLog = (await readLogs(client, 1)).at(-1)?.sequence ?? 0;
  const printed = new Map<string, number>();

  /** Stops once the reader is gone, like `head`. */
  function print(line: string): void {
    if (!output.data(line)) unread.abort();
  }

  function printTrace(trace: TraceSummary): void {
    const { traceId, spanCount, services } = trace;
    // A trace is sent again with each span; unchanged lines are not repeated.
    if (printed.get(traceId) === spanCount) return;
    if (serviceName && !services.some(({ name }) => name === serviceName)) return;
    printed.delete(traceId);
    printed.set(traceId, spanCount);
    if (printed.size > MAX_REMEMBERED) printed.delete(printed.keys().next().value!);
    print(isJson ? JSON.stringify({ trace }) : traceLine(trace, Date.now()));
  }

  async function printLogs(count: number): Promise<void> {
    for (const log of await readLogs(client, Math.min(count + 100, MAX_LOGS), serviceName)) {
      if (log.sequence <= lastLog) continue;
      lastLog = log.sequence;
      print(isJson ? JSON.stringify({ log }) : logLine(log, Date.now()));
    }
  }

  const events = await client.openEvents(ended);
  output.status(`Waiting for telemetry at ${client.origin}; press Ctrl-C to stop`);
  for await (const event of events) {
    if (event.name === "traces") {
      const traces = query === undefined ? event.data : await matching(client, query, event.data);
      traces.toReversed().forEach(printTrace);
    } else if (event.name === "logs" && query === undefined) await printLogs(event.data.count);
    else if (event.name === "resync") output.status("More arrived than could be shown");
  }
  if (!ended.aborted) throw new StartError(`The collector at ${client.origin} ended`);
}

/** Those of the traces that match a query. */
async function matching(
  client: ApiClient,
  query: string,
  traces: readonly TraceSummary[],
): Promise<TraceSummary[]> {
  const params = new URLSearchParams({ query, limit: String(traces.length) });
  for (const { traceId } of traces) params.append("trace_id", traceId);
  return (await client.get(`/api/kit/traces?${params}`, TRACE_LIST)).traces;
}

/** The newest log records, in the order of their time. */
async function readLogs(
  client: ApiClient,
  limit: number,
  serviceName?: string,
): Promise<LogEntry[]> {
  const params = new URLSearchParams({
    limit: String(limit),
    ...serviceName && { service: serviceName },
  });
  const { logs } = await client.get(`/api/kit/logs?${params}`, LOG_LIST);
  return logs.reverse();
}
