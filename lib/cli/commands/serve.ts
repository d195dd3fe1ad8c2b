import { findMode, MODE_NAMES, type ModeName, MODES } from "../../../apps/mod.ts";
import { flagName, isVariable } from "../../telemetry/settings.ts";
import { MODE_FLAGS, SERVE_OWN_FLAGS, USUAL_FLAGS } from "../flags/mode_flags.ts";
import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { FlagValues } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";
import { serveMode } from "../app/serve_mode.ts";
import {
  givenTelemetryFlags,
  type TELEMETRY_FLAGS,
  telemetryHelp,
} from "../flags/telemetry_flags.ts";

/** `otel-kit serve`: one app, in one of its modes. */
export const serve = defineCommand({
  name: "serve",
  flags: MODE_FLAGS.serve,
  usualFlags: USUAL_FLAGS.serve,
  help,
  async run({ flags }, context) {
    const mode = readMode(flags.mode ?? "base");
    if (mode === "base") refuseTelemetryFlags(flags);
    return await serveMode(mode, flags, context);
  },
});

function readMode(given: string): ModeName {
  const mode = findMode(given);
  if (mode) return mode;
  throw new UsageError(`Cannot use --mode "${given}": expected ${MODE_NAMES.join(", ")}`);
}

function refuseTelemetryFlags(flags: FlagValues<typeof TELEMETRY_FLAGS>): void {
  const [variable] = Object.keys(givenTelemetryFlags(flags));
  if (variable === undefined && !flags["print-config"]) return;
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

function help(): Help {
  return {
    usage: "[--mode MODE] [flags]",
    words: section(
      "Modes",
      MODE_NAMES.map((name) => {
        const { aliases, summary } = MODES[name];
        return [[name, ...aliases].join(", "), summary];
      }),
    ),
    flags: { Flags: SERVE_OWN_FLAGS },
    more: [telemetryHelp()],
  };
}
