import { dirname, join, resolve } from "node:path";
import { isFile, namesIn } from "../files.ts";
import { javaAgentPath } from "../install/packages.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";

const AGENT = /^opentelemetry-javaagent.*\.jar$/;

/** The variable with the agent's path, like the flag `--java-agent`. */
export const JAVA_AGENT_PATH = "OTEL_JAVA_AGENT_PATH";

/**
 * Loads OpenTelemetry's agent into the virtual machine with JAVA_TOOL_OPTIONS, keeping its current content. The
 * agent comes from OTEL_JAVA_AGENT_PATH, else from a file of its name beside the program's jar or in the
 * current folder, else from `--install`.
 *
 * @see https://opentelemetry.io/docs/zero-code/java/agent/
 */
export function switchOnJava(program: Program, cwd: string): PreparedProgram {
  const { command, env } = program;
  const common = { ...program, runtime: "java" as const, warnings: [] };
  if (hasAgent(program)) return { ...common, did: `Running "${command}" with the agent as given` };
  const named = env[JAVA_AGENT_PATH];
  if (named && !isFile(resolve(cwd, named))) {
    const did = `Running "${command}" with the settings in its environment alone`;
    return { ...common, did, warnings: [`${JAVA_AGENT_PATH} "${named}": there is no such file`] };
  }
  const agent = named ? resolve(cwd, named) : agentBeside(program, cwd) ?? installedAgent(env);
  if (agent === undefined) {
    return {
      ...common,
      lacks: "java",
      did: `Running "${command}" with the settings in its environment alone: there is no ` +
        "opentelemetry-javaagent.jar beside it or here. To instrument it, name one: --java-agent FILE, or " +
        "--install",
    };
  }
  const options = [env.JAVA_TOOL_OPTIONS, `-javaagent:${quoted(agent)}`].filter(Boolean).join(" ");
  return {
    ...common,
    env: { ...env, JAVA_TOOL_OPTIONS: options },
    did: `Running "${command}" with ${agent}`,
  };
}

/** Whether the agent is already loaded: loading two of them fails. */
function hasAgent({ args, env }: Program): boolean {
  const { JAVA_TOOL_OPTIONS = "", JDK_JAVA_OPTIONS = "" } = env;
  return [JAVA_TOOL_OPTIONS, JDK_JAVA_OPTIONS, ...args]
    .some((text) => /-javaagent:\S*opentelemetry/.test(text));
}

function agentBeside({ args }: Program, cwd: string): string | undefined {
  const jar = args[args.indexOf("-jar") + 1];
  const folders = args.includes("-jar") && jar
    ? [dirname(resolve(cwd, jar)), resolve(cwd)]
    : [resolve(cwd)];
  return folders.flatMap((folder) => {
    return namesIn(folder).filter((name) => AGENT.test(name)).map((name) => join(folder, name));
  })[0];
}

function installedAgent(env: Program["env"]): string | undefined {
  const path = javaAgentPath(env);
  return path && isFile(path) ? path : undefined;
}

/** Options are separated by blanks, unless quoted. */
function quoted(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}
