import { type ProgramOptions, type RunningProgram, spawn } from "../../tests/helpers/program.ts";

/** Starts a program that listens; the stack stops it. */
export async function startServer(
  args: string[],
  options: ProgramOptions,
  stack: AsyncDisposableStack,
): Promise<RunningProgram> {
  const program = spawn(args, options);
  stack.defer(async () => void await program.stop());
  await program.waitFor("stderr", "Ctrl-C\n");
  const [, url] = /Listening on (http:\S+)\//.exec(program.stderr) ?? [];
  if (url === undefined) throw new Error("The program does not say where it listens");
  return Object.assign(program, { url });
}
