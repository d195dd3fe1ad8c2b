import type { ModeName } from "../../apps/mod.ts";
import type { SettingsReading } from "../telemetry/settings.ts";
import { readAddress } from "./app_flags.ts";
import type { CommandContext } from "./command.ts";
import type { ParsedFlags } from "./flags.ts";
import { printConfig } from "./print_config.ts";
import { applySettings, givenTelemetryFlags } from "./telemetry_flags.ts";

/** What `serve` and `auto` have in common: from parsed flags to the running app of a mode. */
export async function serveMode(
  mode: ModeName,
  parsed: ParsedFlags,
  context: CommandContext,
): Promise<number> {
  const address = readAddress(parsed);
  const { modeDefaults, otlpNotes, runApp } = await import("./run_app.ts");

  let reading: SettingsReading | undefined;
  if (mode !== "base") {
    reading = modeDefaults(mode, applySettings(givenTelemetryFlags(parsed)));
    for (const warning of reading.warnings) context.output.status(`Warning: ${warning}`);
    if (parsed.values.has("print-config")) {
      printConfig(reading, context.output);
      return 0;
    }
    for (const note of otlpNotes(reading)) context.output.status(note);
  }
  return await runApp(mode, { ...address, reading }, context);
}
