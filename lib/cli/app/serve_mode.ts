import type { ModeName } from "../../../apps/mod.ts";
import { isVariable } from "../../telemetry/settings.ts";
import { readAddress } from "../flags/app_flags.ts";
import type { CommandContext } from "../command.ts";
import type { ParsedFlags } from "../flags/flags.ts";
import { printConfig, printConfiguration } from "../flags/print_config.ts";
import type { RunAppOptions } from "./run_app.ts";
import {
  applySettings,
  givenTelemetryFlags,
  readTelemetrySettings,
  unreadableFiles,
} from "../flags/telemetry_flags.ts";

/** What `serve` and `auto` have in common: from parsed flags to the running app of a mode. */
export async function serveMode(
  mode: ModeName,
  parsed: ParsedFlags,
  context: CommandContext,
): Promise<number> {
  const { output } = context;
  const address = readAddress(parsed);
  const strict = parsed.values.has("strict");

  if (mode === "base") {
    const idle = Object.keys(Deno.env.toObject()).filter(isVariable);
    if (idle.length > 0) {
      output.status(`Warning: ${idle.join(", ")}: no effect here; mode base has no telemetry`);
    }
    // Without effect, and still not valid.
    if (strict) readTelemetrySettings({}, { strict });
    return await runOrTell(mode, { ...address, plan: undefined }, parsed, context);
  }

  const flags = givenTelemetryFlags(parsed);
  const given = readTelemetrySettings(flags, { strict });
  const { findTelemetry } = await import("./telemetry_source.ts");
  const { plan, reading, warnings, notes } = await findTelemetry(mode, given, flags);
  applySettings(given, flags);
  for (const warning of warnings) output.status(`Warning: ${warning}`);
  if (parsed.values.has("print-config")) {
    const json = parsed.values.has("json");
    if (reading) printConfig(reading, output, { json });
    else printConfiguration(plan.configuration, output);
    return 0;
  }
  for (const note of notes) output.status(note);
  if (parsed.values.has("dry-run")) {
    const unreadable = reading ? unreadableFiles(reading, ["environment"]) : [];
    for (const problem of unreadable) output.status(`Warning: Cannot use ${problem}`);
  }
  return await runOrTell(mode, { ...address, plan }, parsed, context);
}

/** Runs the app; or tells what would run, if that is all that is asked for. */
async function runOrTell(
  mode: ModeName,
  options: RunAppOptions,
  { values }: ParsedFlags,
  context: CommandContext,
): Promise<number> {
  const { describeListening, runApp } = await import("./run_app.ts");
  if (!values.has("dry-run")) return await runApp(mode, options, context);
  const { status } = context.output;
  status(`Would listen on ${options.hostname}:${options.port}`);
  for (const line of describeListening(mode, options.plan)) status(line);
  status("Nothing was started: --dry-run");
  return 0;
}
