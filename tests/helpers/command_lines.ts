import configuration from "../../deno.json" with { type: "json" };
import template from "../../lib/workshop/template/deno.json" with { type: "json" };
import { parseFlags, parseMixed } from "../../lib/cli/flags/flags.ts";
import { COMMANDS } from "../../lib/cli/run.ts";

/** The tasks of the project and of a learner's folder. */
const TASKS = new Set([configuration, template].flatMap(({ tasks }) => Object.keys(tasks)));

/** What is wrong with a command line of the kit or a task; undefined if nothing is. */
export async function findFlagProblem(line: string): Promise<string | undefined> {
  const words = shellWords(line.replace(/(^|\s)#.*$/, ""));
  const task = words.findIndex((word, i) => word === "task" && words[i - 1] === "deno");
  if (task > 0) {
    const name = words[task + 1] ?? "";
    return TASKS.has(name) ? undefined : `there is no task ${name}`;
  }
  const program = words.findIndex((word) => /(^|\/)otel-kit$/.test(word));
  if (program < 0 || words.length === program + 1) return undefined;
  const [name = "", ...args] = words.slice(program + 1);
  if (["--help", "--version"].includes(name)) return undefined;
  if (!Object.hasOwn(COMMANDS, name)) return `there is no command ${name}`;
  const command = await COMMANDS[name]!.load();
  const end = args.findIndex((arg) => /^([|>&;)]|2>|&&)/.test(arg));
  const own = end < 0 ? args : args.slice(0, end);
  try {
    if (command.takesProgram) parseFlags(own, command.flags);
    else parseMixed(own, command.flags);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The words of a simple command line, split as a shell does. */
function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2")
  );
}
