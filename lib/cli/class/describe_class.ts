import type { ClassServer } from "../../class/class_server.ts";
import { shellPath } from "../../shell_words.ts";
import { reachable } from "../collector/describe_collector.ts";
import { shownToken } from "../collector/token.ts";

type Addressed = Pick<ClassServer, "url" | "token" | "joinToken">;

/** Where the teacher and the learners go. */
export function describeClass(running: Addressed): string[] {
  return [
    `The class listens on ${reachable(running.url)}/`,
    `  your page   ${reachable(running.url)}/?token=${shownToken(running.token)}`,
    `  learners    ${joinCommand(running)}`,
    "  stop        Ctrl-C",
  ];
}

/** The command for learners. Its token can only report. */
export function joinCommand({ url, joinToken }: Addressed): string {
  return `otel-kit guide --class ${shellPath(`${reachable(url)}/?token=${joinToken}`)} --name NAME`;
}
