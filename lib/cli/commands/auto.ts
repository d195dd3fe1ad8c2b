import { VERSION } from "../../version.ts";
import { AUTO_OWN_FLAGS, MODE_FLAGS, USUAL_FLAGS } from "../flags/mode_flags.ts";
import { defineCommand } from "../command.ts";
import type { Help } from "../flags/help.ts";
import { serveMode } from "../app/serve_mode.ts";
import { telemetryHelp } from "../flags/telemetry_flags.ts";

/** `otel-kit auto`: the base app or any program, instrumented through its environment. */
export const auto = defineCommand({
  name: "auto",
  flags: MODE_FLAGS.auto,
  usualFlags: USUAL_FLAGS.auto,
  arguments: "last",
  takesProgram: true,
  help,
  async run(parsed, context) {
    if (parsed.flags.version) {
      context.output.data(`otel-kit auto ${VERSION}`);
      return 0;
    }
    if (parsed.rest.length > 0) {
      const { launch } = await import("../app/launch.ts");
      return await launch(parsed, context);
    }
    return await serveMode("auto", parsed.flags, context);
  },
});

function help(): Help {
  return {
    usage: "[flags] [[--] COMMAND ARGS...]",
    about:
      "Runs COMMAND with telemetry switched on: its OTEL_* variables are set, and programs on " +
      "Deno, Node, Bun, Python, Java, .NET, PHP, and Ruby are instrumented. Without COMMAND, it " +
      "serves the base app. COMMAND gets the signals that otel-kit gets; only if otel-kit is killed " +
      "(kill -9) does COMMAND go on alone.",
    flags: { Flags: AUTO_OWN_FLAGS },
    more: [telemetryHelp()],
  };
}
