import { z } from "zod";
import type { LogEntry, LogList } from "../../collector/model.ts";
import { pathWith } from "../ask.ts";
import { MOMENT_FORMAT, readMoment } from "../../query/moment.ts";
import { defineTool } from "../tool.ts";
import { logLine } from "./log_line.ts";

/** The API returns no more at once. */
const PAGE = 1_000;

/** How many pages are read for a time range. */
const MAX_PAGES = 20;

/** Finds log records. */
export const searchLogs = defineTool({
  name: "search_logs",
  title: "Find log records",
  description:
    "Finds log records by text, service, severity, trace and time, the newest first. Each line has " +
    "time, severity, service, body, attributes, and the trace it belongs to.",
  input: {
    text: z.string().max(1_000).optional()
      .describe("Text in the body, the event name or an attribute, in any case"),
    service: z.string().optional(),
    severity: z.enum(["trace", "debug", "info", "warn", "error", "fatal"]).optional()
      .describe("The lowest severity"),
    trace_id: z.string().regex(/^[\da-fA-F]{32}$/).optional(),
    since: z.string().optional().describe(`At or after ${MOMENT_FORMAT}`),
    until: z.string().optional().describe("Before this time"),
    limit: z.int().min(1).max(200).default(20),
  },
  async run({ text, since, until, limit, ...filters }, { ask, now }) {
    const from = since === undefined ? undefined : BigInt(readMoment(since, now()));
    const to = until === undefined ? undefined : BigInt(readMoment(until, now()));
    const isTimed = from !== undefined || to !== undefined;
    const found: LogEntry[] = [];
    let before: number | undefined;
    for (let page = 0; page < MAX_PAGES && found.length < limit; page++) {
      const size = isTimed ? PAGE : limit;
      const parameters = { q: text, ...filters, limit: size, before };
      const { logs } = await ask<LogList>(pathWith("/api/kit/logs", parameters));
      found.push(...logs.filter((log) => isWithin(log, from, to)));
      before = logs.at(-1)?.sequence;
      if (logs.length < size) break;
    }
    const lines = found.slice(0, limit).map(logLine);
    return [{
      lines: lines.length > 0 ? lines : ["No log record matches"],
      rest: "a narrower search",
    }];
  },
});

function isWithin({ timeUnixNano }: LogEntry, from?: bigint, to?: bigint): boolean {
  const time = BigInt(timeUnixNano);
  return (from === undefined || time >= from) && (to === undefined || time < to);
}
