import { DEFAULT_PORTS } from "../../collector/default_ports.ts";
import { COLLECTOR_FLAGS, readCollectorFlags } from "../flags/collector_flags.ts";
import type { Command } from "../command.ts";
import { aborted } from "../../time.ts";
import { type Flag, parseFlags, refuseArguments } from "../flags/flags.ts";
import { flagEntries, section, wrap } from "../flags/help.ts";

const FLAGS: readonly Flag[] = [
  ...COLLECTOR_FLAGS,
  { name: "help", aliases: ["h"], help: "Print this help" },
];

/** For what is in flight and what is to be forwarded, together. */
const SHUTDOWN_TIMEOUT_MS = 5000;

/** `otel-kit collector`: receives, keeps and shows the telemetry of any program. */
export const collector: Command = {
  flags: FLAGS,
  async run(args, { output, stop }) {
    const parsed = parseFlags(args, FLAGS);
    if (parsed.values.has("help")) {
      output.data(help());
      return 0;
    }
    refuseArguments(parsed, "collector");
    const settings = readCollectorFlags(parsed, DEFAULT_PORTS);
    const { endCollector, startCollector } = await import("../collector/start_collector.ts");
    const { describeCollector } = await import("../collector/describe_collector.ts");
    const running = await startCollector(settings, { report: output.status });
    for (const line of describeCollector(running, settings)) output.status(line);

    await aborted(stop);
    output.status("Stopping");
    const ending = running.shutdown(SHUTDOWN_TIMEOUT_MS / 2);
    await endCollector(ending, SHUTDOWN_TIMEOUT_MS, output.status);
    return 0;
  },
};

function help(): string {
  return [
    "Usage: otel-kit collector [flags]",
    wrap(
      "Receives OTLP from any program, keeps it within its limits, and shows it live on a page. " +
        "`otel-kit traces` and `otel-kit tail` show it in the terminal.",
    ),
    section("Flags", flagEntries(FLAGS)),
    section("Environment", [
      ["OTEL_KIT_DEBUG=1", "Report faults of the collector itself with their stack traces"],
    ]),
    section("Try it", [
      ["otel-kit collector", "in one terminal, and in another"],
      ["otel-kit auto", "which sends here by default"],
    ]),
  ].join("\n\n");
}
