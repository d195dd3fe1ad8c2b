import {
  ApiClient,
  clientOf,
  NotFoundError,
  UI_URL_FLAG,
  UnreachableError,
} from "../collector/api_client.ts";
import { COMPARE_VIEW } from "../collector/answer_shapes.ts";
import { readCollectorFlags } from "../flags/collector_flags.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues } from "../flags/flags.ts";
import type { Help } from "../flags/help.ts";

const DEFAULT_PATH = "/error";

const SHUTDOWN_TIMEOUT_MS = 2000;

const FLAGS = {
  json: { help: "Print one line of JSON per mode" },
  ...UI_URL_FLAG,
} as const satisfies FlagTable;

/** `otel-kit compare`: one request, four modes, side by side. */
export const compare = defineCommand({
  name: "compare",
  flags: FLAGS,
  arguments: "mixed",
  help,
  async run({ flags, rest: [path = DEFAULT_PATH, ...others] }, context) {
    const { output } = context;
    if (others.length > 0 || !/^\/(?!\/)\S*$/.test(path)) {
      throw new UsageError(
        `Cannot send a request for "${others[0] ?? path}": expected one path like /error`,
      );
    }
    const { comparison, comparisonReport, terminalColumns } = await loadReport();
    await using demo = await findDemo(flags, context);
    const results = await comparison(demo.client, path, context.stop);
    if (flags.json) {
      for (const result of results) output.data(JSON.stringify(result));
    } else {
      for (const line of comparisonReport(path, results, terminalColumns())) output.data(line);
    }
    return 0;
  },
});

async function loadReport() {
  const [{ comparison }, { comparisonReport }, { terminalColumns }] = await Promise.all([
    import("../collector/comparison.ts"),
    import("../terminal/comparison_report.ts"),
    import("../screen/can_draw.ts"),
  ]);
  return { comparison, comparisonReport, terminalColumns };
}

interface FoundDemo extends AsyncDisposable {
  client: ApiClient;
}

/** The running demo, or one that is started for this. */
async function findDemo(
  flags: FlagValues<typeof FLAGS>,
  { output }: CommandContext,
): Promise<FoundDemo> {
  const client = clientOf(flags);
  try {
    await client.get("/api/kit/compare", COMPARE_VIEW);
    return { client, [Symbol.asyncDispose]: () => Promise.resolve() };
  } catch (error) {
    const isAbsent = error instanceof UnreachableError || error instanceof NotFoundError;
    if (!isAbsent || flags["ui-url"] !== undefined) throw error;
  }
  output.status(`No demo is running at ${client.origin}: starting one for this request`);
  const { startDemo } = await import("../demo/start_demo.ts");
  const demo = await startDemo({
    settings: readCollectorFlags({}, {
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

function help(): Help {
  return {
    usage: "[flags] [PATH]",
    about: `Sends a request for PATH (default ${DEFAULT_PATH}) to the app in all four modes and ` +
      "shows side by side what the client saw and what telemetry shows. Uses the demo that is " +
      "running, or starts one for this request.",
  };
}
