import { APP_FLAGS } from "./app_flags.ts";
import type { Command } from "./command.ts";
import { UsageError } from "./errors.ts";
import { parseFlags } from "./flags.ts";
import { flagEntries, section } from "./help.ts";
import { serveMode } from "./serve_mode.ts";
import { TELEMETRY_FLAGS, telemetryHelp } from "./telemetry_flags.ts";

/** `otel-kit auto`: the base app, instrumented by environment. */
export const auto: Command = {
  async run(args, context) {
    const parsed = parseFlags(args, [...APP_FLAGS, ...TELEMETRY_FLAGS]);
    if (parsed.values.has("help")) {
      context.output.data(help());
      return 0;
    }
    if (parsed.rest.length > 0) {
      throw new UsageError(`Cannot run "${parsed.rest[0]}": auto runs the base app`);
    }
    return await serveMode("auto", parsed, context);
  },
};

function help(): string {
  return [
    "Usage: otel-kit auto [flags]",
    section("Flags", flagEntries(APP_FLAGS)),
    telemetryHelp(),
  ].join("\n\n");
}
