import { getHints } from "./hints.ts";
import { getSpan } from "./get_span.ts";
import { getTrace } from "./get_trace.ts";
import { listServices } from "./list_services.ts";
import { listMetrics, queryMetrics } from "./metrics.ts";
import { searchLogs } from "./search_logs.ts";
import { searchTraces } from "./search_traces.ts";
import { getStatus, listRefused } from "./status.ts";
import { waitForTrace } from "./wait_for_trace.ts";

/** All tools, in the order in which an assistant usually needs them. */
export const TOOLS = [
  getStatus,
  listServices,
  searchTraces,
  getTrace,
  getSpan,
  searchLogs,
  listMetrics,
  queryMetrics,
  getHints,
  listRefused,
  waitForTrace,
] as const;
