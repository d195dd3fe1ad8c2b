import { basename, dirname, extname, join } from "node:path";
import { findCommand } from "../find_command.ts";
import { findUpwards, textOf } from "../files.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";
import { LAUNCHER, pythonVariables, sigtermWarnings } from "./python.ts";

/** A tool that runs commands in a project's environment, and its command to add a package. */
const MANAGERS: Record<string, string> = {
  uv: "uv add",
  poetry: "poetry add",
  pdm: "pdm add",
  pipenv: "pipenv install",
  hatch: "hatch run pip install",
  rye: "rye add",
};

/** Flags of `uv run` whose value is the next word. */
const WITH_VALUE =
  /^(-p|-C|-f|-i|-w|--(with(-editable|-requirements)?|extra|no-extra|group|no-group|only-group|env-file|python|package|project|directory|index|default-index|index-url|extra-index-url|find-links|config-file|cache-dir|color|module|refresh-package|upgrade-package))$/;

const PACKAGES = "opentelemetry-distro opentelemetry-exporter-otlp";

/** Whether the command runs another one in a project's environment. */
export function isPythonManager({ command, args }: Program): boolean {
  return managerOf(command) in MANAGERS && args.includes("run");
}

/** Inserts Python's launcher between a project manager and its command, if it is installed. */
export function switchOnPythonManager(program: Program, cwd: string): PreparedProgram {
  const { command, args } = program;
  const { env, warnings } = pythonVariables(program.env);
  const common = { ...program, env, runtime: "python" as const };
  const at = programAt(args);
  const word = args[at];
  const manager = managerOf(command);
  if (word === undefined || word === LAUNCHER) {
    return { ...common, warnings, did: `Running "${command}"` };
  }
  if (!isInstalled(env, cwd)) {
    return {
      ...common,
      warnings,
      did: `Running "${command}" with the settings in its environment alone: ${LAUNCHER} is not ` +
        `installed in its project. To instrument it: ${MANAGERS[manager]} ${PACKAGES}`,
    };
  }
  const isScript = manager === "uv" && extname(word) === ".py";
  return {
    ...common,
    args: [...args.slice(0, at), LAUNCHER, ...isScript ? ["python"] : [], ...args.slice(at)],
    did: `Running "${command}" with ${LAUNCHER}`,
    warnings: [...warnings, ...sigtermWarnings(program, args.slice(at))],
  };
}

function managerOf(command: string): string {
  return basename(command, ".exe");
}

/** The position of the program in the arguments: after `run` and its flags, or `--`. */
function programAt(args: readonly string[]): number {
  for (let i = args.indexOf("run") + 1; i < args.length; i++) {
    const word = args[i]!;
    if (word === "--") return i + 1;
    if (!word.startsWith("-")) return i;
    if (WITH_VALUE.test(word)) i++;
  }
  return args.length;
}

/** Whether the launcher is in the active or the project's environment, or requested on the command line. */
function isInstalled(env: Program["env"], cwd: string): boolean {
  const folders = [env.VIRTUAL_ENV, findUpwards(cwd, ".venv")].filter((folder) => folder);
  const isThere = folders.some((folder) =>
    ["bin", "Scripts"].some((name) =>
      findCommand(join(folder!, name, LAUNCHER), env).path !== undefined
    )
  );
  const project = findUpwards(cwd, "pyproject.toml");
  const asks = [project, project && join(dirname(project), "Pipfile")]
    .some((path) => path !== undefined && textOf(path).includes("opentelemetry-distro"));
  return isThere || asks;
}
