import { basename, dirname, extname, join } from "node:path";
import { findCommand } from "../find_command.ts";
import { findUpwards, textOf } from "../files.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";
import { LAUNCHER, pythonVariables, sigtermWarnings } from "./python.ts";

/** What runs a command in a project's own environment, and how it adds a package to that. */
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

/** Whether the program is one that runs another in the environment of a project, told to do so. */
export function isPythonManager({ command, args }: Program): boolean {
  return managerOf(command) in MANAGERS && args.includes("run");
}

/** Puts Python's launcher between a manager of projects and what that runs, where it is installed. */
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

/** Where the program stands in the arguments: behind `run` and its flags, or `--`. */
function programAt(args: readonly string[]): number {
  for (let i = args.indexOf("run") + 1; i < args.length; i++) {
    const word = args[i]!;
    if (word === "--") return i + 1;
    if (!word.startsWith("-")) return i;
    if (WITH_VALUE.test(word)) i++;
  }
  return args.length;
}

/** Whether the launcher is in the environment that is active or the project's, or what that asks for. */
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
