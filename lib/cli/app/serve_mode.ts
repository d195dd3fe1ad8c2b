import type { ModeName } from "../../../apps/mod.ts";
import { hostAndPort } from "../../host.ts";
import { isVariable } from "../../telemetry/settings.ts";
import { type APP_FLAGS, readAddress } from "../flags/app_flags.ts";
import type { CommandContext } from "../command.ts";
import type { FlagValues } from "../flags/flags.ts";
import { printConfig, printConfiguration } from "../flags/print_config.ts";
import type { RunAppOptions } from "./run_app.ts";
import {
  applySettings,
  givenTelemetryFlags,
  readTelemetrySettings,
  type TELEMETRY_FLAGS,
  unreadableFiles,
} from "../flags/telemetry_flags.ts";

/** The flags that `serve` and `auto` share. */
type AppFlags = FlagValues<typeof APP_FLAGS & typeof TELEMETRY_FLAGS>;

/** The shared part of `serve` and `auto`: from parsed flags to the running app of a mode. */
export async function serveMode(
  mode: ModeName,
  flags: AppFlags,
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const address = readAddress(flags);
  const { strict } = flags;

  if (mode === "base") {
    const idle = Object.keys(Deno.env.toObject()).filter(isVariable);
    if (idle.length > 0) {
      output.status(`Warning: ${idle.join(", ")}: no effect here; mode base has no telemetry`);
    }
    // They have no effect, but are still invalid.
    if (strict) readTelemetrySettings({}, { strict });
    return await runOrTell(mode, { ...address, plan: undefined }, flags, context);
  }

  const variables = givenTelemetryFlags(flags);
  const given = readTelemetrySettings(variables, { strict });
  const { findTelemetry } = await import("./telemetry_source.ts");
  const { plan, reading, warnings, notes } = await findTelemetry(mode, given, variables);
  applySettings(given, variables);
  for (const warning of warnings) output.status(`Warning: ${warning}`);
  if (flags["print-config"]) {
    if (reading) printConfig(reading, output, { json: flags.json });
    else printConfiguration(plan.configuration, output);
    return 0;
  }
  for (const note of notes) output.status(note);
  if (flags["dry-run"]) {
    const { unusableTlsFiles } = await import("./unusable_tls_files.ts");
    for (const line of unusableTlsFiles(mode, plan.configuration)) {
      output.status(`Warning: ${line}`);
    }
    const unreadable = reading ? unreadableFiles(reading, ["environment"]) : [];
    for (const problem of unreadable) output.status(`Warning: Cannot use ${problem}`);
  }
  return await runOrTell(mode, { ...address, plan }, flags, context);
}

/** Runs the app, or only prints what would run, if requested. */
async function runOrTell(
  mode: ModeName,
  options: RunAppOptions,
  flags: AppFlags,
  context: CommandContext,
): Promise<number> {
  const { describeListening, runApp } = await import("./run_app.ts");
  if (!flags["dry-run"]) return await runApp(mode, options, context);
  const { status } = context.output;
  status(`Would listen on ${hostAndPort(options)}`);
  for (const line of describeListening(mode, options.plan)) status(line);
  status("Nothing was started: --dry-run");
  return 0;
}
