import {
  ApiClient,
  clientOf,
  NotFoundError,
  UI_URL_FLAG,
  UnreachableError,
} from "../collector/api_client.ts";
import { readCollectorFlags } from "../flags/collector_flags.ts";
import type { Command, CommandContext } from "../command.ts";
import { UsageError } from "../errors.ts";
import { type Flag, type ParsedFlags, parseMixed } from "../flags/flags.ts";
import { flagEntries, section, wrap } from "../flags/help.ts";

const DEFAULT_PATH = "/error";

const SHUTDOWN_TIMEOUT_MS = 2000;

const FLAGS: readonly Flag[] = [
  { name: "json", help: "Print JSON: a line for each mode" },
  UI_URL_FLAG,
  { name: "help", aliases: ["h"], help: "Print this help" },
];

/** `otel-kit compare`: one request, four modes, side by side. */
export const compare: Command = {
  flags: FLAGS,
  async run(args, context) {
    const { output } = context;
    const parsed = parseMixed(args, FLAGS);
    if (parsed.values.has("help")) {
      output.data(help());
      return 0;
    }
    const [path = DEFAULT_PATH, ...others] = parsed.rest;
    if (others.length > 0 || !/^\/(?!\/)\S*$/.test(path)) {
      throw new UsageError(
        `Cannot send a request for "${others[0] ?? path}": expected one path like /error`,
      );
    }
    const { comparison, comparisonReport } = await loadReport();
    await using demo = await findDemo(parsed, context);
    const results = await comparison(demo.client, path, context.stop);
    if (parsed.values.has("json")) {
      for (const result of results) output.data(JSON.stringify(result));
    } else {
      for (const line of comparisonReport(path, results)) output.data(line);
    }
    return 0;
  },
};

async function loadReport() {
  const [{ comparison }, { comparisonReport }] = await Promise.all([
    import("../collector/comparison.ts"),
    import("../terminal/comparison_report.ts"),
  ]);
  return { comparison, comparisonReport };
}

interface FoundDemo extends AsyncDisposable {
  client: ApiClient;
}

/** The demo that runs, or one that is started for this. */
async function findDemo(parsed: ParsedFlags, { output }: CommandContext): Promise<FoundDemo> {
  const client = clientOf(parsed);
  try {
    await client.get("/api/kit/compare");
    return { client, [Symbol.asyncDispose]: () => Promise.resolve() };
  } catch (error) {
    const isAbsent = error instanceof UnreachableError || error instanceof NotFoundError;
    if (!isAbsent || parsed.values.has("ui-url")) throw error;
  }
  output.status(`No demo runs at ${client.origin}: starting one for this request`);
  const { startDemo } = await import("../demo/start_demo.ts");
  const demo = await startDemo({
    settings: readCollectorFlags({ values: new Map(), lists: new Map(), rest: [] }, {
      httpPort: 0,
      grpcPort: 0,
      uiPort: 0,
    }),
    firstAppPort: 0,
    report: output.status,
    hasPage: false,
  });
  return {
    client: new ApiClient(demo.collector.uiUrl),
    async [Symbol.asyncDispose]() {
      await demo.shutdown(SHUTDOWN_TIMEOUT_MS);
    },
  };
}

function help(): string {
  return [
    "Usage: otel-kit compare [flags] [PATH]",
    wrap(
      "Sends a request for PATH to the app in all four modes and shows, side by side, what the " +
        `client saw and what telemetry tells (default ${DEFAULT_PATH}). It asks the demo that runs, ` +
        "or starts one for the time that this takes.",
    ),
    section("Flags", flagEntries(FLAGS)),
  ].join("\n\n");
}
