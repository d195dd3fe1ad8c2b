import { z } from "zod";
import type { LogList } from "../../collector/model.ts";
import { pathWith } from "../ask.ts";
import { MOMENT_FORMAT, readMoment } from "../../query/moment.ts";
import { defineTool } from "../tool.ts";
import { logLine } from "./log_line.ts";

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
  async run({ text, since, until, ...filters }, { ask, now }) {
    const { logs } = await ask<LogList>(pathWith("/api/kit/logs", {
      q: text,
      time_min: since === undefined ? undefined : readMoment(since, now()),
      time_max: until === undefined ? undefined : readMoment(until, now()),
      ...filters,
    }));
    const lines = logs.map(logLine);
    return [{
      lines: lines.length > 0 ? lines : ["No log record matches"],
      rest: "a narrower search",
    }];
  },
});
