import { PORT } from "../../telemetry/value_types.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues } from "./flags.ts";

/** The default host, which only this machine can reach. */
export const DEFAULT_HOST = "127.0.0.1";
/** The default port of an app. */
export const DEFAULT_PORT = 5000;

/** The flags of every command that serves an app. */
export const APP_FLAGS = {
  host: {
    placeholder: "ADDRESS",
    nonEmpty: true,
    help: `Address to listen on (default ${DEFAULT_HOST})`,
  },
  port: {
    placeholder: "N",
    aliases: ["p"],
    help: `Port to listen on; 0 means any free port (default ${DEFAULT_PORT})`,
  },
} as const satisfies FlagTable;

/**
 * The address to listen on.
 *
 * @throws {UsageError} If the port is invalid.
 */
export function readAddress(
  { host: hostname = DEFAULT_HOST, port: given }: FlagValues<typeof APP_FLAGS>,
): { hostname: string; port: number } {
  const port = given === undefined ? DEFAULT_PORT : PORT.parse(given);
  if (port !== undefined) return { hostname, port };
  throw new UsageError(`Cannot use --port "${given}": expected ${PORT.expected}`);
}
