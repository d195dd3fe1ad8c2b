import { z } from "zod";
import type { TraceList } from "../../collector/model.ts";
import { type Ask, pathWith } from "../ask.ts";
import { MOMENT_FORMAT, readMoment } from "../../query/moment.ts";
import { defineTool } from "../tool.ts";
import { traceLine } from "./trace_line.ts";

/** The argument of all tools that find traces. */
export const QUERY = z.string().max(1_000).describe(
  "Conditions on one span of the trace: service:shop status:error duration>100ms " +
    'http.route=/orders/:id name:"GET *" kind:client "free text". Any attribute is a field. ' +
    "Combine with and, or, not, parentheses. Empty finds all",
);

/** Finds traces. */
export const searchTraces = defineTool({
  name: "search_traces",
  title: "Find traces",
  description:
    "Finds traces by a query and a time range. Returns one line for each: id, start, duration, root " +
    "span, errors, services. Use get_trace with an id for details.",
  input: {
    query: QUERY.default(""),
    since: z.string().optional().describe(`Only spans that started at or after ${MOMENT_FORMAT}`),
    until: z.string().optional().describe("Only spans that started before this time"),
    sort: z.enum(["newest", "slowest"]).default("newest"),
    limit: z.int().min(1).max(100).default(10),
  },
  async run({ query, since, until, sort, limit }, { ask, now }) {
    const range = {
      start_time_min: since === undefined ? undefined : readMoment(since, now()),
      start_time_max: until === undefined ? undefined : readMoment(until, now()),
    };
    const { traces, matched, kept } = await findTraces(ask, {
      ...range,
      query: query || undefined,
      sort: sort === "newest" ? undefined : "-duration",
      limit,
    });
    // Counting stops once as many are found as were asked for.
    const least = query !== "" && matched === limit ? "At least " : "";
    return [
      { lines: [`${least}${matched} of ${kept} stored traces match; ${sort} first`] },
      { lines: traces.map(traceLine), rest: "a narrower query" },
    ];
  },
});

/** Asks for traces, the newest first. */
export function findTraces(
  ask: Ask,
  parameters: Record<string, string | number | undefined>,
): Promise<TraceList> {
  return ask<TraceList>(pathWith("/api/kit/traces", parameters));
}
