import { readPortHolder } from "../../doctor/port_holder.ts";
import { UsageError } from "../errors.ts";
import { parseFlags } from "../flags/flags.ts";
import { MODE_FLAGS } from "../flags/mode_flags.ts";
import { givenTelemetryFlags } from "../flags/telemetry_flags.ts";

const HTTP_PORT = 80;

/**
 * The variables that the learner's app was started with, its flags among them; where that cannot be
 * seen, those of this terminal, which may be alike.
 */
export async function readAppEnvironment(appUrl: string): Promise<Record<string, string>> {
  const holder = await readPortHolder(Number(new URL(appUrl).port || HTTP_PORT));
  if (!holder) return Deno.env.toObject();
  return { ...holder.env, ...flagsOf(holder.args) };
}

/** The flags of `serve` and `auto`, as variables. */
function flagsOf(args: readonly string[]): Record<string, string> {
  const command = Object.entries(MODE_FLAGS).find(([name]) => args.includes(name));
  if (!command) return {};
  const [name, flags] = command;
  try {
    return givenTelemetryFlags(parseFlags(args.slice(args.indexOf(name) + 1), flags));
  } catch (error) {
    // Another program that is called with the same word.
    if (!(error instanceof UsageError)) throw error;
    return {};
  }
}
