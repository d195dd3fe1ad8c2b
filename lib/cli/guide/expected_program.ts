import type { Step } from "../../workshop/course/step.ts";
import type { ExpectedProgram } from "../../workshop/ladder/rung.ts";
import type { Session } from "./session.ts";

/** The command that runs the learner's files. */
export const DENO = Deno.build.standalone ? "deno" : Deno.execPath();

/** The learner's file for each built-in app. */
const FILES = {
  base: "base.ts",
  manual: "manual.ts",
  middleware: "middleware.ts",
  auto: "base.ts",
};

/** The program that a step's solution starts, as a property; empty if it starts none. */
export function expectedProgram(
  { solution }: Step,
  { folder }: Pick<Session, "folder">,
): { program?: ExpectedProgram } {
  const start = solution.flatMap((action) => "start" in action ? action.start : []).at(-1);
  if (!start) return {};
  const isAuto = "mode" in start ? start.mode === "auto" : start.auto;
  const mode = "mode" in start ? start.mode : undefined;
  const name = start.file ?? (mode && FILES[mode]);
  const configFile = start.flags[start.flags.indexOf("--config-file") + 1];
  const hasConfigFile = start.flags.includes("--config-file");
  return {
    program: {
      isAuto,
      isBuiltIn: isAuto && start.file === undefined,
      deno: DENO,
      ...mode !== undefined && { mode },
      ...folder !== undefined && name !== undefined && { file: { folder, name } },
      ...folder !== undefined && hasConfigFile && configFile !== undefined &&
        { configFile: { folder, name: configFile } },
    },
  };
}
