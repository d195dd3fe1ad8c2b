import { z } from "zod";
import { sleep } from "../../time.ts";
import { defineTool } from "../tool.ts";
import { findTraces, QUERY } from "./search_traces.ts";
import { traceLine } from "./trace_line.ts";

/** How many of the newest traces are compared with those before. */
const COMPARED = 100;

const POLL_MS = 250;

/** Waits for the effect of what the assistant or its user does. */
export const waitForTrace = defineTool({
  name: "wait_for_trace",
  title: "Wait for the next trace",
  description:
    "Waits until a new trace matches the query, and returns it. Call it before or right after you " +
    "send a request to the program, to see what that request did.",
  input: {
    query: QUERY.default(""),
    timeout_seconds: z.int().min(1).max(120).default(30),
  },
  async run({ query, timeout_seconds }, { ask, now, signal }) {
    const parameters = { query: query || undefined, limit: COMPARED };
    const known = new Set((await findTraces(ask, parameters)).traces.map(({ traceId }) => traceId));
    const end = now() + timeout_seconds * 1000;
    while (now() < end && !signal.aborted) {
      await sleep(POLL_MS, signal);
      const { traces } = await findTraces(ask, parameters);
      const fresh = traces.filter(({ traceId }) => !known.has(traceId));
      if (fresh.length > 0) return [{ lines: fresh.map(traceLine) }];
    }
    return [{
      lines: [`No new trace matched within ${timeout_seconds} s. get_status says what arrived.`],
    }];
  },
});
