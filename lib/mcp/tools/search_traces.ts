import { z } from "zod";
import type { TraceList, TraceSummary } from "../../collector/model.ts";
import { type Ask, pathWith } from "../ask.ts";
import { MOMENT_FORMAT, readMoment } from "../../query/moment.ts";
import { defineTool } from "../tool.ts";
import { traceLine } from "./trace_line.ts";

/** Sorting needs them all; the API returns no more at once. */
const MAX_SORTED = 1_000;

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
    const asked = sort === "newest" ? limit : MAX_SORTED;
    const { traces, matched, kept } = await findTraces(ask, {
      ...range,
      query: query || undefined,
      limit: asked,
    });
    // Counting stops once as many are found as were asked for.
    const least = query !== "" && matched === asked ? "At least " : "";
    const found = sort === "newest" ? traces : slowestFirst(traces).slice(0, limit);
    return [
      { lines: [`${least}${matched} of ${kept} stored traces match${orderNote(sort, matched)}`] },
      { lines: found.map(traceLine), rest: "a narrower query" },
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

function slowestFirst(traces: readonly TraceSummary[]): TraceSummary[] {
  return [...traces].sort((a, b) => b.durationNanos - a.durationNanos);
}

function orderNote(sort: "newest" | "slowest", matched: number): string {
  if (sort === "newest") return ", newest first";
  return matched >= MAX_SORTED ? `, slowest of the newest ${MAX_SORTED} first` : ", slowest first";
}
