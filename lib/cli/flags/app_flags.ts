import { PORT } from "../../telemetry/value_types.ts";
import { UsageError } from "../errors.ts";
import type { Flag, ParsedFlags } from "./flags.ts";

/** On which address: one that only this machine reaches. */
export const DEFAULT_HOST = "127.0.0.1";
/** Where an app listens unless told otherwise. */
export const DEFAULT_PORT = 5000;

/** The flags of every command that serves an app. */
export const APP_FLAGS: readonly Flag[] = [
  {
    name: "host",
    placeholder: "ADDRESS",
    nonEmpty: true,
    help: `Address to listen on (default ${DEFAULT_HOST})`,
  },
  {
    name: "port",
    placeholder: "N",
    aliases: ["p"],
    help: `Port to listen on; 0 is any free one (default ${DEFAULT_PORT})`,
  },
  { name: "help", aliases: ["h"], reference: true, help: "Print this help" },
];

/**
 * The address to listen on.
 *
 * @throws {UsageError} If the port is none.
 */
export function readAddress({ values }: ParsedFlags): { hostname: string; port: number } {
  const given = values.get("port");
  const port = given === undefined ? DEFAULT_PORT : PORT.parse(String(given));
  if (port === undefined) {
    throw new UsageError(`Cannot use --port "${given}": expected ${PORT.expected}`);
  }
  return { hostname: String(values.get("host") ?? DEFAULT_HOST), port };
}
