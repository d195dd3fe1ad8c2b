import { fileURLToPath } from "node:url";
import { areGranted, type Condition } from "../helpers/needs.ts";
import type { Launch } from "../helpers/program.ts";
import { isFile } from "../../lib/launcher/files.ts";
import { findCommand } from "../../lib/launcher/find_command.ts";

const ROOT = new URL("../../", import.meta.url);
const PROGRAMS = new URL("tests/testdata/programs/", ROOT);
const NODE_FOLDER = new URL("tests/testdata/node/", ROOT);
const NODE_PACKAGE = "node_modules/@opentelemetry/auto-instrumentations-node";

/** The path of a program in `tests/testdata/programs`. */
export function programPath(name: string): string {
  return fileURLToPath(new URL(name, PROGRAMS));
}

/** Runs its arguments under the launcher. */
export function launcher(): Launch {
  const permissions = ["env", "read", "run"].map((name) => `--allow-${name}`);
  return { command: Deno.execPath(), args: ["run", ...permissions, programPath("launch.ts")] };
}

/** Like {@linkcode launcher}, but from the folder where the package for Node is installed. */
export function launcherInNodeFolder(): Launch {
  const { command, args } = launcher();
  return inShell('cd "$1"; shift; exec "$@"', nodeFolder(), command, ...args);
}

/** A shell that runs the script with the words as its arguments. */
export function inShell(script: string, ...words: string[]): Launch {
  return { command: "sh", args: ["-c", script, "sh", ...words] };
}

/** The same launch, but as the leader of its own process group. */
export function inGroup({ command, args }: Launch): Launch {
  return { command: "perl", args: ["-e", "setpgrp; exec @ARGV", command, ...args] };
}

/** Sends only traces, and doesn't detect the cloud environment. */
export function tracesTo(url: string): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    OTEL_NODE_RESOURCE_DETECTORS: "env",
    OTEL_DENO_METRICS: "false",
    OTEL_DENO_CONSOLE: "ignore",
  };
}

/** The folder with the packages of the Node tests. */
export function nodeFolder(): string {
  return fileURLToPath(NODE_FOLDER);
}

/** Requires Node, the package that instruments Node programs, and these packages to be installed. */
export function needsNode(...packages: string[]): Condition {
  if (!areGranted(["env", "read"])) return { missing: undefined };
  if (!isOnPath("node")) return { missing: "no node on PATH" };
  const paths = [NODE_PACKAGE, ...packages.map((name) => `node_modules/${name}`)];
  const areInstalled = paths.every((path) =>
    isFile(fileURLToPath(new URL(`${path}/package.json`, NODE_FOLDER)))
  );
  return { missing: areInstalled ? undefined : "run `npm ci` in tests/testdata/node" };
}

/** Requires Bun and Hono to be among the packages for Node. */
export function needsBun(): Condition {
  if (!areGranted(["env", "read"])) return { missing: undefined };
  const areInstalled = ["bun", "hono"].every((name) =>
    isFile(fileURLToPath(new URL(`node_modules/${name}/package.json`, NODE_FOLDER)))
  );
  return { missing: areInstalled ? undefined : "run `npm ci` in tests/testdata/node" };
}

/** OpenTelemetry's Java agent, where Maven puts it. */
export const JAVA_AGENT = fileURLToPath(
  new URL("tests/testdata/java/lib/opentelemetry-javaagent-2.25.0.jar", ROOT),
);

/** Requires Java and the agent. */
export function needsJavaAgent(): Condition {
  if (!areGranted(["env", "read"])) return { missing: undefined };
  if (!isOnPath("java")) return { missing: "no java on PATH" };
  const command = "run `mvn --file tests/testdata/java/pom.xml dependency:copy-dependencies`";
  return { missing: isFile(JAVA_AGENT) ? undefined : command };
}

/** Requires Python's launcher, the packages of the tests' script, and these modules to be installed. */
export function needsPython(...more: string[]): Condition {
  if (!areGranted(["env", "read", "run"])) return { missing: undefined };
  if (!isOnPath("opentelemetry-instrument")) {
    return { missing: "no opentelemetry-instrument on PATH" };
  }
  const modules = [
    "flask",
    "opentelemetry.instrumentation.flask",
    "opentelemetry.exporter.otlp",
    ...more,
  ];
  const { success } = new Deno.Command("python3", {
    args: ["-c", `import ${modules.join(", ")}`],
    stdout: "null",
    stderr: "null",
  }).outputSync();
  return {
    missing: success ? undefined : "run `pip install -r tests/testdata/python/requirements.txt`",
  };
}

function isOnPath(command: string): boolean {
  return findCommand(command, { PATH: Deno.env.get("PATH") ?? "" }).path !== undefined;
}
