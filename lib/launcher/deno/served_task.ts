import type { ProjectFiles } from "./project_files.ts";

/** Characters that mean something to the shell of `deno task`. */
const SPECIAL = /[|&;<>()$`\\"'*?{}[\]#~!\n]/;

/**
 * The arguments of Deno to which a task comes down that does nothing but `deno serve`; undefined for all other
 * arguments. A task starts in the folder of its project, so that has to be the current one.
 *
 * @param args The arguments of Deno.
 */
export function serveOfTask(
  [subcommand, name = "", ...more]: readonly string[],
  { folder, tasks, dependentTasks }: ProjectFiles,
  cwd: string,
): string[] | undefined {
  const command = tasks[name]?.trim();
  if (subcommand !== "task" || command === undefined || folder !== cwd) return undefined;
  if (dependentTasks.includes(name) || SPECIAL.test(command)) return undefined;
  const [deno, ...args] = command.split(/\s+/);
  return deno === "deno" && args[0] === "serve" ? [...args, ...more] : undefined;
}
