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
  // A launched program sends to the launcher's relay; where that sends to is the launcher's business.
  const launcher = start?.parent && isLauncher(start.parent.args) ? start.parent : undefined;
  const { args, env } = launcher ?? start ?? { args: [], env: {} };
  if (start) return { args, variables: { ...env, ...flagsOf(args) } };
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

/** Whether a command line is that of `otel-kit auto -- COMMAND`. */
function isLauncher(args: readonly string[]): boolean {
  const at = args.indexOf("auto");
  return at >= 0 && args.indexOf("--", at) > at;
}

/** The flags of `serve` and `auto`, as variables. */
function flagsOf(args: readonly string[]): Record<string, string> {
  const command = Object.entries(MODE_FLAGS).find(([name]) => args.includes(name));
  if (!command) return {};
  const [name, flags] = command;
  const own = args.slice(args.indexOf(name) + 1);
  const end = own.indexOf("--");
  try {
    return givenTelemetryFlags(parseFlags(end < 0 ? own : own.slice(0, end), flags).flags);
  } catch (error) {
    // Another program with the same command name.
    if (!(error instanceof UsageError)) throw error;
    return {};
  }
}
