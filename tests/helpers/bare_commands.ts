import { COMMAND_NAMES } from "../../lib/workshop/course/command_names.ts";

const BARE = new RegExp(`(?<![\\w./\\\\-])otel-kit\\s+(?:${COMMAND_NAMES.join("|")})\\b`, "g");

/** The commands of a text that work only if PATH leads to the program. */
export function bareCommands(text: string): string[] {
  return [...text.matchAll(BARE)].map(([match]) => match);
}
