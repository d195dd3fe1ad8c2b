import { VERSION } from "../../version.ts";
import { AUTO_OWN_FLAGS, MODE_FLAGS } from "../flags/mode_flags.ts";
import type { Command } from "../command.ts";
import { parseFlags } from "../flags/flags.ts";
import { flagEntries, section } from "../flags/help.ts";
import { serveMode } from "../app/serve_mode.ts";
import { telemetryHelp } from "../flags/telemetry_flags.ts";

/** `otel-kit auto`: the base app or any program, instrumented by environment. */
export const auto: Command = {
  flags: MODE_FLAGS.auto,
  takesProgram: true,
  async run(args, context) {
    const parsed = parseFlags(args, auto.flags);
    if (parsed.values.has("help")) {
      context.output.data(help());
      return 0;
    }
    if (parsed.values.has("version")) {
      context.output.data(`otel-kit auto ${VERSION}`);
      return 0;
    }
    if (parsed.rest.length > 0) {
      const { launch } = await import("../app/launch.ts");
      return await launch(parsed, context);
    }
    return await serveMode("auto", parsed, context);
  },
};

function help(): string {
  return [
    "Usage: otel-kit auto [flags] [[--] COMMAND ARGS...]",
    "Without a command it serves the base app. A command is run with the settings in\n" +
    "its environment, and with the telemetry of Deno, Node or Python switched on.",
    section("Flags", flagEntries(AUTO_OWN_FLAGS)),
    telemetryHelp(),
  ].join("\n\n");
}
