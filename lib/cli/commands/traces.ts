import { readTraceListQuery } from "../../collector/api/kit_queries.ts";
import type { TraceDetail, TraceList } from "../../collector/model.ts";
import { ParameterError } from "../../collector/api/parameters.ts";
import { QueryError } from "../../query/expression.ts";
import { TRACE_ID_LENGTH, traceIdIn } from "../../query/trace_id.ts";
import { TRACE_DETAIL, TRACE_LIST } from "../collector/answer_shapes.ts";
import { queryUsageError } from "../collector/query_flag.ts";
import { clientOf, NotFoundError, UI_URL_FLAG } from "../collector/api_client.ts";
import type { ApiClient } from "../collector/api_client.ts";
import { RANGE_FLAGS, readRange } from "../collector/time_flags.ts";
import { waitForTraces } from "../collector/wait_for_traces.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import { readDuration } from "../flags/duration.ts";
import type { FlagTable, FlagValues } from "../flags/flags.ts";

const DEFAULT_LIMIT = "20";
const DEFAULT_TIMEOUT = "30s";

/** The flags that filter traces. For the collector, an empty parameter means none. */
const FILTER_FLAGS = {
  query: {
    placeholder: "QUERY",
    nonEmpty: true,
    help: "Only traces that match, such as 'service:shop duration>100ms'",
  },
  service: { placeholder: "NAME", nonEmpty: true, help: "Only traces of this service" },
  operation: { placeholder: "NAME", nonEmpty: true, help: "Only traces with a span of this name" },
  status: {
    placeholder: "error|ok",
    nonEmpty: true,
    choices: ["error", "ok"],
    help: "Only traces with an error, or only those without",
  },
  "min-duration": {
    placeholder: "10ms",
    nonEmpty: true,
    help: "Only traces with a span at least this long",
  },
  "max-duration": {
    placeholder: "2s",
    nonEmpty: true,
    help: "Only traces with a span at most this long",
  },
  attribute: {
    placeholder: "KEY=VALUE",
    nonEmpty: true,
    repeatable: true,
    help: "Only traces with a span that has this attribute",
  },
  text: {
    placeholder: "TEXT",
    nonEmpty: true,
    help: "Only traces that contain this text",
  },
  limit: {
    placeholder: "N",
    nonEmpty: true,
    help: `How many of the newest traces (default ${DEFAULT_LIMIT})`,
  },
} as const satisfies FlagTable;

type FilterName = keyof typeof FILTER_FLAGS;

const FILTER_NAMES = Object.keys(FILTER_FLAGS) as FilterName[];

const FLAGS = {
  ...FILTER_FLAGS,
  ...RANGE_FLAGS,
  "wait-for": {
    placeholder: "QUERY",
    nonEmpty: true,
    help: "Wait until a trace matches; exit with 1 if none does in time",
  },
  timeout: {
    placeholder: "TIME",
    nonEmpty: true,
    help: `How long to wait, such as 500ms, 30s, or 2m (default ${DEFAULT_TIMEOUT})`,
  },
  json: { help: "Print one line of JSON per trace; for one trace, its spans as OTLP JSON" },
  ...UI_URL_FLAG,
} as const satisfies FlagTable;

/** `otel-kit traces`: shows the content of a collector in the terminal. */
export const traces = defineCommand({
  name: "traces",
  flags: FLAGS,
  arguments: "mixed",
  help: () => ({
    usage: "[flags] [ID...|latest]",
    about: "Lists the traces in a running collector or demo, or shows some of them. " +
      "For an ID, its first seven digits or a traceparent header will do. " +
      '"latest" is the newest trace that the flags let through.',
  }),
  async run({ flags, rest: names }, context) {
    const client = clientOf(flags);
    if (flags["wait-for"] !== undefined) {
      if (names.length > 0) throw new UsageError("Cannot use --wait-for with the ID of a trace");
      return await wait(client, flags, context);
    }
    if (flags.timeout !== undefined) {
      throw new UsageError("Cannot use --timeout without --wait-for");
    }
    if (names.length === 0) await list(client, flags, context);
    // Invalid names are rejected before anything is shown.
    const wanted = names.map((name) => ({ name, query: queryFor(name, flags) }));
    const lines: string[] = [];
    try {
      for (const [index, { name, query }] of wanted.entries()) {
        const shown = await linesOf(client, await findId(client, name, query), flags);
        lines.push(...index > 0 && !flags.json ? [""] : [], ...shown);
      }
    } finally {
      await print(lines, flags, context);
    }
    return 0;
  },
});

type Flags = FlagValues<typeof FLAGS>;

/** Returns the exit code. */
async function wait(client: ApiClient, flags: Flags, context: CommandContext): Promise<number> {
  const query = flags["wait-for"]!;
  if (flags.query !== undefined) throw new UsageError("Cannot use --query and --wait-for at once");
  const given = flags.timeout ?? DEFAULT_TIMEOUT;
  const timeoutMillis = readDuration("timeout", given, { minMillis: 0 });
  const parameters = readFilters({ ...flags, query }, "wait-for");
  const found = await waitForTraces(client, parameters, { timeoutMillis, signal: context.stop });
  if (found.traces.length === 0) {
    context.output.status(`No trace matched ${query} within ${given}`);
    return 1;
  }
  await printList(found, flags, context);
  return 0;
}

async function list(client: ApiClient, flags: Flags, context: CommandContext): Promise<void> {
  const found = await client.get(`/api/kit/traces?${readFilters(flags)}`, TRACE_LIST);
  await printList(found, flags, context);
}

async function printList(found: TraceList, flags: Flags, context: CommandContext): Promise<void> {
  const { traces, matched, kept } = found;
  if (flags.json) {
    await print(traces.map((trace) => JSON.stringify(trace)), flags, context);
    return;
  }
  const { timeWidth, traceHeadings, traceLine } = await import("../terminal/trace_lines.ts");
  const nowMillis = Date.now();
  const width = timeWidth(traces, nowMillis);
  const lines = traces.map((trace) => traceLine(trace, nowMillis, width));
  await print(lines.length > 0 ? [traceHeadings(width), ...lines] : [], flags, context);
  context.output.status(`${traces.length} of ${matched} that match, ${kept} kept`);
}

/** Text for people goes through their pager. */
async function print(lines: string[], { json }: Flags, context: CommandContext): Promise<void> {
  if (json) lines.forEach(context.output.data);
  else await (await import("../screen/pager.ts")).printPaged(lines, context);
}

async function linesOf(client: ApiClient, id: string, { json }: Flags): Promise<string[]> {
  const detail = await find(client, id);
  if (json) return [JSON.stringify(detail.data)];
  const { waterfall } = await import("../terminal/waterfall.ts");
  return waterfall(detail, Date.now());
}

async function find(client: ApiClient, id: string): Promise<TraceDetail> {
  try {
    return await client.get(`/api/kit/traces/${id}`, TRACE_DETAIL);
  } catch (error) {
    throw error instanceof NotFoundError ? notKept(client, id, error) : error;
  }
}

/**
 * The query parameters for a trace with that name.
 *
 * @throws {UsageError} If it is not the name of a trace.
 */
function queryFor(name: string, flags: Flags): URLSearchParams {
  if (name === "latest") {
    const params = readFilters(flags);
    params.set("limit", "1");
    return params;
  }
  const id = traceIdIn(name);
  if (id !== undefined) return new URLSearchParams({ query: `trace:${id}*`, limit: "2" });
  throw new UsageError(
    `Cannot show trace "${name}": expected "latest", a traceparent header, ` +
      `or 7 to ${TRACE_ID_LENGTH} hex digits`,
  );
}

/** @throws {StartError} If the name matches no trace, or more than one. */
async function findId(client: ApiClient, name: string, query: URLSearchParams): Promise<string> {
  const { traces: [found, other] } = await client.get(`/api/kit/traces?${query}`, TRACE_LIST);
  if (!found) throw notKept(client, name);
  if (!other) return found.traceId;
  throw new StartError(
    `Cannot show trace "${name}": more than one trace has an id that begins like this, ` +
      `such as ${found.traceId} and ${other.traceId}. Use more of its digits`,
  );
}

function notKept({ origin }: ApiClient, name: string, cause?: Error): StartError {
  return new StartError(
    `Cannot show trace "${name}": ${origin} does not have it. ` +
      "To list what it has: otel-kit traces",
    { cause },
  );
}

/** @throws {UsageError} If the collector would reject a value. */
function readFilters(flags: Flags, queryFlag = "query"): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const given = flags[name] ?? [];
    for (const value of [given].flat()) params.append(parameterOf(name), value);
  }
  if (!params.has("limit")) params.set("limit", DEFAULT_LIMIT);
  const { since, until } = readRange(flags);
  if (since !== undefined) params.set("start_time_min", since);
  if (until !== undefined) params.set("start_time_max", until);
  try {
    readTraceListQuery(params);
  } catch (error) {
    if (error instanceof QueryError) throw queryUsageError(flags.query!, error, queryFlag);
    if (!(error instanceof ParameterError)) throw error;
    const { parameter, value, wanted } = error;
    const name = FILTER_NAMES.find((name) => parameterOf(name) === parameter);
    throw new UsageError(`Cannot use --${name} "${value}": expected ${wanted}`);
  }
  return params;
}

/** The collector's parameter for a flag. */
function parameterOf(name: FilterName): string {
  return name === "text" ? "q" : name.replace("-", "_");
}
