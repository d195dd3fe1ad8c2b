import { readLogQuery } from "../../collector/api/kit_queries.ts";
import { ParameterError } from "../../collector/api/parameters.ts";
import type { LogEntry } from "../../collector/model.ts";
import { LOG_LIST } from "../collector/answer_shapes.ts";
import { type ApiClient, clientOf, UI_URL_FLAG } from "../collector/api_client.ts";
import { RANGE_FLAGS, readRange } from "../collector/time_flags.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import type { FlagTable, FlagValues } from "../flags/flags.ts";
import { anySignal } from "../../time.ts";
import { logLine } from "../terminal/trace_lines.ts";

const DEFAULT_LIMIT = 20;

/** The collector returns no more at once. */
const MAX_LIMIT = 1000;

const FLAGS = {
  text: {
    placeholder: "TEXT",
    nonEmpty: true,
    help: "Only records with this text in the body, the event name, or an attribute, in any case",
  },
  service: { placeholder: "NAME", nonEmpty: true, help: "Only records of this service" },
  severity: {
    placeholder: "trace|debug|info|warn|error|fatal",
    nonEmpty: true,
    choices: ["trace", "debug", "info", "warn", "error", "fatal"],
    help: "Only records of this severity or a higher one",
  },
  trace: { placeholder: "ID", nonEmpty: true, help: "Only records of this trace" },
  ...RANGE_FLAGS,
  limit: {
    placeholder: "N",
    nonEmpty: true,
    help: `How many of the newest records (default ${DEFAULT_LIMIT}, at most ${MAX_LIMIT})`,
  },
  follow: { aliases: ["f"], help: "Go on with records as they arrive, until Ctrl-C" },
  json: { help: "Print one line of JSON per record" },
  ...UI_URL_FLAG,
} as const satisfies FlagTable;

type Flags = FlagValues<typeof FLAGS>;

/** `otel-kit logs`: the log records in a collector. */
export const logs = defineCommand({
  name: "logs",
  flags: FLAGS,
  help: () => ({
    usage: "[flags]",
    about:
      "Shows the newest log records in a running collector or demo, in the order of their arrival.",
  }),
  async run({ flags }, context) {
    const client = clientOf(flags);
    const parameters = readFilters(flags);
    const unread = new AbortController();
    const print = printer(flags, context, unread);
    // Opened first, so that nothing is missed in between.
    const stop = anySignal(context.stop, unread.signal);
    const events = flags.follow ? await client.openEvents(stop) : undefined;
    print(await read(client, parameters));
    if (!events) return 0;
    context.output.status(`Waiting for log records at ${client.origin}; press Ctrl-C to stop`);
    parameters.set("limit", String(MAX_LIMIT));
    for await (const event of events) {
      if (event.name === "logs") print(await read(client, parameters));
    }
    if (!stop.aborted) throw new StartError(`The collector at ${client.origin} ended`);
    return 0;
  },
});

/** Prints each record once; stops following once the reader is gone. */
function printer(
  { json }: Flags,
  { output }: CommandContext,
  unread: AbortController,
): (records: readonly LogEntry[]) => void {
  let last = 0;
  return (records) => {
    for (const log of records.filter(({ sequence }) => sequence > last)) {
      last = log.sequence;
      const isRead = output.data(json ? JSON.stringify(log) : logLine(log, Date.now()));
      if (!isRead) return unread.abort();
    }
  };
}

/** The newest records, the oldest of them first. */
async function read(client: ApiClient, parameters: URLSearchParams): Promise<LogEntry[]> {
  const { logs } = await client.get(`/api/kit/logs?${parameters}`, LOG_LIST);
  return logs.sort((a, b) => a.sequence - b.sequence);
}

/** The collector's parameter for each flag. */
const PARAMETERS = {
  text: "q",
  service: "service",
  severity: "severity",
  trace: "trace_id",
  limit: "limit",
} as const;

const FILTERS = Object.keys(PARAMETERS) as (keyof typeof PARAMETERS)[];

/** @throws {UsageError} If the collector would reject a value. */
function readFilters(flags: Flags): URLSearchParams {
  const { since, until } = readRange(flags);
  const parameters = new URLSearchParams({
    limit: String(DEFAULT_LIMIT),
    ...since !== undefined && { time_min: since },
    ...until !== undefined && { time_max: until },
  });
  for (const name of FILTERS) {
    const value = flags[name];
    if (value !== undefined) parameters.set(PARAMETERS[name], value);
  }
  try {
    readLogQuery(parameters);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    const name = FILTERS.find((name) => PARAMETERS[name] === error.parameter);
    throw new UsageError(`Cannot use --${name} "${error.value}": expected ${error.wanted}`);
  }
  return parameters;
}
