import { DEFAULT_PORTS } from "../../default_ports.ts";
import { COLLECTOR_FLAGS, readCollectorFlags } from "../flags/collector_flags.ts";
import { defineCommand } from "../command.ts";
import { aborted } from "../../time.ts";
import type { FlagTable } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";
import type { Output } from "../output.ts";

const FIRST_APP_PORT = 5000;

const FLAGS = {
  "no-open": { help: "Do not open the page in the browser" },
  ...COLLECTOR_FLAGS,
} as const satisfies FlagTable;

/** The total time for requests in flight and for the final flush. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** `otel-kit demo`: collector, page and the app in all four modes, in one process. */
export const demo = defineCommand({
  name: "demo",
  flags: FLAGS,
  help,
  async run({ flags }, context) {
    const { output, stop } = context;
    const settings = readCollectorFlags(flags, DEFAULT_PORTS);
    const { startDemo } = await import("../demo/start_demo.ts");
    const { describeDemo, replacedPorts } = await import("../demo/describe_demo.ts");
    const { pageUrl, shownPageUrl } = await import("../collector/describe_collector.ts");
    const { reportEscaped } = await import("../collector/report_escaped.ts");
    using _ = reportEscaped(context);
    const running = await startDemo({
      settings,
      firstAppPort: FIRST_APP_PORT,
      report: output.status,
      onListening(collector) {
        const shown = shownPageUrl(collector);
        output.status(`Listening on ${shown}`);
        if (!flags["no-open"]) void open(pageUrl(collector), shown, output);
      },
    });
    for (const line of replacedPorts(running, settings, FIRST_APP_PORT)) output.status(line);
    for (const line of describeDemo(running)) output.status(line);
    // So that the page is not empty when it opens.
    await running.compare.run("/");

    await aborted(stop);
    output.status("Stopping");
    const { endCollector } = await import("../collector/start_collector.ts");
    const ending = running.shutdown(SHUTDOWN_TIMEOUT_MS - 500);
    await endCollector(ending, SHUTDOWN_TIMEOUT_MS, output.status);
    return 0;
  },
});

async function open(url: string, shown: string, { status }: Output): Promise<void> {
  const { openBrowser } = await import("../../open_browser.ts");
  if (!await openBrowser(url)) status(`Cannot start a browser here: open ${shown}`);
}

function help(): Help {
  return {
    usage: "[flags]",
    about: "Runs the app in all four modes, a collector that they send to, and the page that " +
      "compares what each one reports. If a port is taken, a free one is used.",
    more: [
      section("Try it, while it runs", [
        ["otel-kit compare /error", "the same comparison in the terminal"],
        ["otel-kit tail", "traces and logs as they arrive"],
      ]),
    ],
  };
}
