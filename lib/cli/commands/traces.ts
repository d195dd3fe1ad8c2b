import { readTraceListQuery } from "../../collector/api/kit_queries.ts";
import type { TraceDetail, TraceList } from "../../collector/model.ts";
import { ParameterError } from "../../collector/api/parameters.ts";
import { clientOf, NotFoundError, UI_URL_FLAG } from "../collector/api_client.ts";
import type { ApiClient } from "../collector/api_client.ts";
import type { Command } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import { type Flag, type ParsedFlags, parseMixed } from "../flags/flags.ts";
import { flagEntries, section } from "../flags/help.ts";
import type { Output } from "../output.ts";

const DEFAULT_LIMIT = "20";

/** The flags that choose traces, by the parameter that the collector takes. */
const FILTERS: Record<string, Flag> = {
  service: { name: "service", placeholder: "NAME", help: "Only traces of this service" },
  operation: { name: "operation", placeholder: "NAME", help: "Only with a span of this name" },
  status: {
    name: "status",
    placeholder: "error|ok",
    choices: ["error", "ok"],
    help: "Only with, or without, an error",
  },
  min_duration: { name: "min-duration", placeholder: "10ms", help: "Only spans of at least that" },
  max_duration: { name: "max-duration", placeholder: "2s", help: "Only spans of at most that" },
  attribute: {
    name: "attribute",
    placeholder: "KEY=VALUE",
    repeatable: true,
    help: "Only with a span that has this attribute",
  },
  q: { name: "text", placeholder: "TEXT", help: "Only where this stands somewhere in a span" },
  limit: {
    name: "limit",
    placeholder: "N",
    help: `How many, the newest ones (default ${DEFAULT_LIMIT})`,
  },
};

const FLAGS: readonly Flag[] = [
  // The collector takes an empty parameter for none.
  ...Object.values(FILTERS).map((flag) => ({ ...flag, nonEmpty: true })),
  { name: "json", help: "Print JSON: a line for each trace; for one trace its spans as OTLP JSON" },
  UI_URL_FLAG,
  { name: "help", aliases: ["h"], help: "Print this help" },
];

/** `otel-kit traces`: what a collector keeps, in the terminal. */
export const traces: Command = {
  flags: FLAGS,
  async run(args, { output }) {
    const parsed = parseMixed(args, FLAGS);
    if (parsed.values.has("help")) {
      output.data(help());
      return 0;
    }
    const [id, ...others] = parsed.rest;
    if (others.length > 0) throw new UsageError(`Cannot use "${others[0]}": expected one id`);
    const client = clientOf(parsed);
    if (id === undefined) await list(client, parsed, output);
    else await show(client, id, parsed, output);
    return 0;
  },
};

async function list(client: ApiClient, parsed: ParsedFlags, output: Output): Promise<void> {
  const found = await client.get<TraceList>(`/api/kit/traces?${readFilters(parsed)}`);
  if (parsed.values.has("json")) {
    for (const trace of found.traces) output.data(JSON.stringify(trace));
    return;
  }
  const { traceLine } = await import("../terminal/trace_lines.ts");
  for (const trace of found.traces) output.data(traceLine(trace));
  output.status(`${found.traces.length} of ${found.matched} that match, ${found.kept} kept`);
}

async function show(
  client: ApiClient,
  id: string,
  { values }: ParsedFlags,
  output: Output,
): Promise<void> {
  const detail = await find(client, id);
  if (values.has("json")) {
    output.data(JSON.stringify(detail.data));
    return;
  }
  const { waterfall } = await import("../terminal/waterfall.ts");
  for (const line of waterfall(detail)) output.data(line);
}

async function find(client: ApiClient, id: string): Promise<TraceDetail> {
  if (!/^[0-9a-f]{1,32}$/i.test(id)) {
    throw new UsageError(`Cannot show trace "${id}": expected up to 32 hexadecimal digits`);
  }
  try {
    return await client.get(`/api/kit/traces/${id}`);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new StartError(
      `Cannot show trace "${id}": ${client.origin} does not keep it. ` +
        `See what it keeps with "otel-kit traces"`,
      { cause: error },
    );
  }
}

/** @throws {UsageError} If the collector would not take a value. */
function readFilters({ values, lists }: ParsedFlags): URLSearchParams {
  const params = new URLSearchParams({ limit: DEFAULT_LIMIT });
  for (const [parameter, { name }] of Object.entries(FILTERS)) {
    const value = values.get(name);
    if (value !== undefined) params.set(parameter, String(value));
  }
  params.delete("attribute");
  for (const pair of lists.get("attribute") ?? []) params.append("attribute", pair);
  try {
    readTraceListQuery(params);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    const { parameter, value, wanted } = error;
    throw new UsageError(`Cannot use --${FILTERS[parameter]?.name} "${value}": expected ${wanted}`);
  }
  return params;
}

function help(): string {
  return [
    "Usage: otel-kit traces [flags] [ID]",
    "Lists the traces that a running collector or demo keeps, or shows one.",
    section("Flags", flagEntries(FLAGS)),
  ].join("\n\n");
}
