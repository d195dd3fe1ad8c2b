import { join } from "node:path";
import { readPortHolder } from "../../doctor/port_holder.ts";
import { isListening, isOnThisMachine, portOf } from "../../workshop/conditions/port.ts";
import type { AppEnvironment } from "../../workshop/ladder/rung.ts";
import { UsageError } from "../errors.ts";
import { parseFlags } from "../flags/flags.ts";
import { MODE_FLAGS } from "../flags/mode_flags.ts";
import { givenTelemetryFlags } from "../flags/telemetry_flags.ts";

/** The variables of the learner's app, including those from its flags. */
export async function readAppEnvironment(appUrl: string): Promise<AppEnvironment> {
  const { value: start, unknown } = isOnThisMachine(appUrl)
    ? await readPortHolder(portOf(appUrl))
    : { unknown: "it runs on another machine" };
  if (start) return { args: start.args, variables: { ...start.env, ...flagsOf(start.args) } };
  return { variables: Deno.env.toObject(), unknown };
}

/**
 * A text that changes whenever the app was restarted or started otherwise, or its file was saved. The same
 * text means that nothing is new to find out about it.
 */
export async function readAppFingerprint(
  appUrl: string,
  file: { folder: string; name: string } | undefined,
): Promise<string> {
  const isOpen = await isListening(appUrl);
  const { value } = isOpen && isOnThisMachine(appUrl) ? await readPortHolder(portOf(appUrl)) : {};
  const saved = file && await Deno.stat(join(file.folder, file.name)).catch(() => undefined);
  return JSON.stringify([isOpen, value ?? "unknown", saved?.mtime ?? "none"]);
}

/** The flags of `serve` and `auto`, as variables. */
function flagsOf(args: readonly string[]): Record<string, string> {
  const command = Object.entries(MODE_FLAGS).find(([name]) => args.includes(name));
  if (!command) return {};
  const [name, flags] = command;
  try {
    return givenTelemetryFlags(parseFlags(args.slice(args.indexOf(name) + 1), flags).flags);
  } catch (error) {
    // Another program with the same command name.
    if (!(error instanceof UsageError)) throw error;
    return {};
  }
}
