import { findMode, MODE_NAMES, type ModeName, MODES } from "../../../apps/mod.ts";
import { flagName, isVariable } from "../../telemetry/settings.ts";
import { MODE_FLAGS, SERVE_OWN_FLAGS } from "../flags/mode_flags.ts";
import type { Command } from "../command.ts";
import { UsageError } from "../errors.ts";
import { type ParsedFlags, parseFlags, refuseArguments } from "../flags/flags.ts";
import { flagEntries, section } from "../flags/help.ts";
import { serveMode } from "../app/serve_mode.ts";
import { givenTelemetryFlags, telemetryHelp } from "../flags/telemetry_flags.ts";

/** `otel-kit serve`: one app, in one of its modes. */
export const serve: Command = {
  flags: MODE_FLAGS.serve,
  async run(args, context) {
    const parsed = parseFlags(args, serve.flags);
    if (parsed.values.has("help")) {
      context.output.data(help());
      return 0;
    }
    refuseArguments(parsed, "serve");
    const mode = readMode(parsed);
    if (mode === "base") refuseTelemetryFlags(parsed);
    return await serveMode(mode, parsed, context);
  },
};

function readMode({ values }: ParsedFlags): ModeName {
  const given = String(values.get("mode") ?? "base");
  const mode = findMode(given);
  if (mode) return mode;
  throw new UsageError(`Cannot use --mode "${given}": expected ${MODE_NAMES.join(", ")}`);
}

function refuseTelemetryFlags(parsed: ParsedFlags): void {
  const [variable] = Object.keys(givenTelemetryFlags(parsed));
  if (variable === undefined && !parsed.values.has("print-config")) return;
  const flag = variable === undefined
    ? "--print-config"
    : isVariable(variable)
    ? flagName(variable)
    : `--env ${variable}`;
  throw new UsageError(
    `Cannot use ${flag} with mode base: base has no telemetry. ` +
      "Choose --mode manual, middleware or auto",
  );
}

function help(): string {
  return [
    "Usage: otel-kit serve [--mode MODE] [flags]",
    section(
      "Modes",
      MODE_NAMES.map((name) => {
        const { aliases, summary } = MODES[name];
        return [[name, ...aliases].join(", "), summary];
      }),
    ),
    section("Flags", flagEntries(SERVE_OWN_FLAGS)),
    telemetryHelp(),
  ].join("\n\n");
}
