import { DEFAULT_PORTS } from "../../default_ports.ts";
import { COLLECTOR_FLAGS, readCollectorFlags } from "../flags/collector_flags.ts";
import { defineCommand } from "../command.ts";
import { aborted } from "../../time.ts";
import type { FlagTable } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";

/** The total time for requests in flight and for the forwarding queue. */
const SHUTDOWN_TIMEOUT_MS = 5000;

const FLAGS = {
  ...COLLECTOR_FLAGS,
  check: {
    help: "Start nothing: exit with 0 if a collector runs on --ui-port, otherwise with 1",
  },
} as const satisfies FlagTable;

/** `otel-kit collector`: receives, stores and shows the telemetry of any program. */
export const collector = defineCommand({
  name: "collector",
  flags: FLAGS,
  help,
  async run({ flags }, context) {
    const { output, stop } = context;
    const settings = readCollectorFlags(flags, DEFAULT_PORTS);
    if (flags.check) {
      const { checkCollector } = await import("../collector/check_collector.ts");
      output.data(await checkCollector(settings));
      return 0;
    }
    const { endCollector, startCollector } = await import("../collector/start_collector.ts");
    const { describeCollector } = await import("../collector/describe_collector.ts");
    const { reportEscaped } = await import("../collector/report_escaped.ts");
    using _ = reportEscaped(context);
    const running = await startCollector(settings, { report: output.status });
    for (const line of describeCollector(running, settings)) output.status(line);

    await aborted(stop);
    output.status("Stopping");
    const ending = running.shutdown(SHUTDOWN_TIMEOUT_MS / 2);
    await endCollector(ending, SHUTDOWN_TIMEOUT_MS, output.status);
    return 0;
  },
});

function help(): Help {
  return {
    usage: "[flags]",
    about: "Receives OTLP from any program, stores it within its limits, and shows it live on " +
      "a page. `otel-kit traces` and `otel-kit tail` show it in the terminal.",
    more: [
      section("Environment", [
        ["OTEL_KIT_DEBUG=1", "Report errors of the collector itself with stack traces"],
        ["OTEL_KIT_TOKEN", "The token for other machines (default: a new one)"],
      ]),
      section("Try it", [
        ["otel-kit collector", "in one terminal, and in another"],
        ["otel-kit auto", "which sends here by default"],
      ]),
    ],
  };
}
