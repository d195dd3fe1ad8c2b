import { basename, dirname, isAbsolute, join } from "node:path";
import { isProbablySeconds } from "../../telemetry/read_settings.ts";
import { findCommand } from "../find_command.ts";
import type { Program } from "../run_command.ts";
import type { PreparedProgram } from "../prepared_program.ts";

/** The command that preloads the instrumentation. */
export const LAUNCHER = "opentelemetry-instrument";

/**
 * Servers that exit normally at SIGTERM, or before another one comes; the name may have a path. uvicorn
 * doesn't: after closing its connections, it lets the signal end it.
 */
const ENDS_BY_ITSELF = /(^|[\\/])(gunicorn|pytest)(\.exe)?$/;

/** The variables whose unit is seconds in Python's exporters. */
const TIMEOUT = /^OTEL_EXPORTER_OTLP_((TRACES|METRICS|LOGS)_)?TIMEOUT$/;

/** The folder of a version manager's commands, such as pyenv's. */
const SHIMS = "shims";

/**
 * Runs the program with Python's launcher, if it is installed: beside one of the paths, or else on
 * PATH. The paths are those of the command and of its interpreter, and so belong to the same
 * virtual environment. A version manager has its own launcher, because another Python can't load
 * what belongs to this one.
 */
export function switchOnPython(program: Program, paths: readonly string[]): PreparedProgram {
  const { command, args } = program;
  const { env, warnings } = pythonVariables(program.env);
  const common = { ...program, env, warnings, runtime: "python" as const };
  if (basename(command, ".exe") === LAUNCHER) return { ...common, did: `Running "${command}"` };
  const folders = paths.filter(isAbsolute).map((path) => dirname(path));
  const isManaged = folders.some((folder) => basename(folder) === SHIMS);
  const launcher = [
    ...folders.map((folder) => join(folder, LAUNCHER)),
    ...isManaged ? [] : [LAUNCHER],
  ]
    .map((name) => findCommand(name, env).path)
    .find((path) => path !== undefined);
  if (launcher === undefined) {
    return {
      ...common,
      did: `Running "${command}" with the settings in its environment alone: ${LAUNCHER} is not ` +
        "installed. To instrument it: pip install opentelemetry-distro opentelemetry-exporter-otlp",
    };
  }
  return {
    ...common,
    command: launcher,
    args: [command, ...args],
    did: `Running "${command}" with ${LAUNCHER}`,
    warnings: [...warnings, ...sigtermWarnings(program, [command, ...args])],
  };
}

/**
 * Telemetry that is lost at SIGTERM: Python ends at once if nothing handles it, and its SDK has no setting for
 * that. SIGINT ends it normally.
 *
 * @param words The program and its arguments.
 */
export function sigtermWarnings({ sigtermAs }: Program, words: readonly string[]): string[] {
  const module = words[words.indexOf("-m") + 1] ?? "";
  const isSafe = sigtermAs === "SIGINT" ||
    [words[0] ?? "", words.includes("-m") ? module : ""].some((name) => ENDS_BY_ITSELF.test(name));
  return isSafe ? [] : [
    "Python loses queued telemetry when SIGTERM ends it. To flush it: --sigterm-as-sigint",
  ];
}

/** Python's default protocol and its unit of timeouts differ from the specification. */
export function pythonVariables(
  given: Record<string, string>,
): { env: Record<string, string>; warnings: string[] } {
  const env = { ...given };
  env.OTEL_EXPORTER_OTLP_PROTOCOL ||= "http/protobuf";
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (!TIMEOUT.test(name) || !/^\d+$/.test(value)) continue;
    // A command line that was written for Python.
    if (isProbablySeconds(Number(value))) {
      warnings.push(`${name} "${value}": read as seconds, as in Python`);
      continue;
    }
    env[name] = String(Number(value) / 1000);
    warnings.push(`${name} "${value}": Python reads seconds, so it gets "${env[name]}"`);
  }
  return { env, warnings };
}
