import { basename } from "node:path";
import { findCommand } from "./find_command.ts";
import type { Program } from "./run_command.ts";
import type { PreparedProgram, Runtime } from "./prepared_program.ts";
import { switchOnDeno } from "./runtimes/deno.ts";
import { switchOnNode } from "./runtimes/node.ts";
import { switchOnPython } from "./runtimes/python.ts";
import { interpreterOf } from "./shebang.ts";

/** The names of interpreters. */
const RUNTIMES: readonly (readonly [name: RegExp, runtime: Runtime])[] = [
  [/^deno(\.exe)?$/i, "deno"],
  [/^node(js)?(\.exe)?$/i, "node"],
  [/^(python|pypy)[\d.]*[tw]?(\.exe)?$/i, "python"],
];

/** Finds out what runs a program, and switches on the telemetry that it has. */
export function prepareProgram(program: Program, cwd: string = Deno.cwd()): PreparedProgram {
  const { command, env } = program;
  const path = findCommand(command, env, cwd).path ?? command;
  const interpreter = interpreterOf(path);
  const runtime = runtimeOf(path) ?? runtimeOf(interpreter ?? "") ?? "other";
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === "true") {
    const did = `Running "${command}" with telemetry off: OTEL_SDK_DISABLED is true`;
    return { ...program, runtime, did, warnings: [] };
  }
  switch (runtime) {
    case "deno":
      return switchOnDeno(program, denoOf(path, interpreter, env, cwd));
    case "node":
      return switchOnNode(program, cwd);
    case "python":
      return switchOnPython(program, [path, ...interpreter ? [interpreter] : []]);
    case "other":
      return {
        ...program,
        runtime,
        did: `Running "${command}" with the settings in its environment`,
        warnings: [],
      };
  }
}

/** Deno itself, which may be what a script names as its interpreter. */
function denoOf(path: string, interpreter: string | undefined, env: Program["env"], cwd: string) {
  if (interpreter === undefined || runtimeOf(path) !== undefined) return path;
  return findCommand(interpreter, env, cwd).path ?? interpreter;
}

function runtimeOf(path: string): Runtime | undefined {
  return RUNTIMES.find(([name]) => name.test(basename(path)))?.[1];
}
