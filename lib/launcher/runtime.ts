import { basename } from "node:path";
import { findCommand } from "./find_command.ts";
import type { Program } from "./run_command.ts";
import type { PreparedProgram, ProgramPlace, Runtime } from "./prepared_program.ts";
import { switchOnBun } from "./runtimes/bun.ts";
import { describeCompiled } from "./runtimes/compiled.ts";
import { switchOnDeno } from "./runtimes/deno.ts";
import { switchOnDotnet } from "./runtimes/dotnet.ts";
import { describeGo } from "./runtimes/go.ts";
import { switchOnJava } from "./runtimes/java.ts";
import { switchOnNode } from "./runtimes/node.ts";
import { switchOnPhp } from "./runtimes/php.ts";
import { switchOnPython } from "./runtimes/python.ts";
import { isPythonManager, switchOnPythonManager } from "./runtimes/python_managers.ts";
import { switchOnRuby } from "./runtimes/ruby.ts";
import { interpreterOf } from "./shebang.ts";

/** The names of interpreters. */
const RUNTIMES: readonly (readonly [name: RegExp, runtime: Runtime])[] = [
  [/^deno(\.exe)?$/i, "deno"],
  [/^node(js)?(\.exe)?$/i, "node"],
  [/^bunx?(\.exe)?$/i, "bun"],
  [/^(python|pypy)[\d.]*[tw]?(\.exe)?$/i, "python"],
  [/^javaw?(\.exe)?$/i, "java"],
  [/^dotnet(\.exe)?$/i, "dotnet"],
  [/^php(-cgi|-fpm)?[\d.]*(\.exe)?$/i, "php"],
  [/^j?ruby[\d.]*(\.exe)?$/i, "ruby"],
  [/^go(\.exe)?$/i, "go"],
];

/** Detects the runtime of a program, and turns on its telemetry. */
export function prepareProgram(program: Program, cwd: string = Deno.cwd()): PreparedProgram {
  const { command, env } = program;
  const path = findCommand(command, env, cwd).path ?? command;
  const interpreter = interpreterOf(path);
  const runtime = isPythonManager(program)
    ? "python"
    : runtimeOf(path) ?? runtimeOf(interpreter ?? "") ?? "other";
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === "true") {
    const did = `Running "${command}" with telemetry off: OTEL_SDK_DISABLED is true`;
    return { ...program, runtime, did, warnings: [] };
  }
  return switchOn(program, runtime, { cwd, path, interpreter });
}

function switchOn(program: Program, runtime: Runtime, place: ProgramPlace): PreparedProgram {
  const { cwd, path, interpreter } = place;
  switch (runtime) {
    case "deno":
      return switchOnDeno(program, denoOf(place, program.env));
    case "node":
      return switchOnNode(program, cwd);
    case "python":
      return isPythonManager(program)
        ? switchOnPythonManager(program, cwd)
        : switchOnPython(program, [path, ...interpreter ? [interpreter] : []]);
    case "java":
      return switchOnJava(program, cwd);
    case "dotnet":
      return switchOnDotnet(program);
    case "php":
      return switchOnPhp(program, cwd);
    case "ruby":
      return switchOnRuby(program, cwd);
    case "go":
      return describeGo(program);
    case "bun":
      return switchOnBun(program);
    case "other":
      return describeCompiled(program, path);
  }
}

/** Deno itself, which may be the interpreter of a script. */
function denoOf({ path, interpreter, cwd }: ProgramPlace, env: Program["env"]): string {
  if (interpreter === undefined || runtimeOf(path) !== undefined) return path;
  return findCommand(interpreter, env, cwd).path ?? interpreter;
}

function runtimeOf(path: string): Runtime | undefined {
  return RUNTIMES.find(([name]) => name.test(basename(path)))?.[1];
}
