import { dirname, join } from "node:path";
import { findCommand } from "../find_command.ts";
import type { Installable } from "../prepared_program.ts";
import { asExecuted } from "../shebang.ts";
import { JAVA_AGENT, javaAgentPath, NODE_PACKAGE, nodeFolder } from "./packages.ts";

type Env = Record<string, string>;

/** An installation failed; has the reason, and what to do instead. */
export class InstallError extends Error {}

const NO_CACHE = `there is no folder for caches: ${
  Deno.build.os === "windows" ? "LOCALAPPDATA" : "HOME"
} is not set`;

/**
 * Installs the instrumentation for a runtime into the user's cache, with that runtime's package manager and its
 * settings, in a version that is known to work.
 *
 * @throws {InstallError} If that fails.
 */
export async function install(
  what: Installable,
  env: Env,
  report: (line: string) => void,
): Promise<void> {
  switch (what) {
    case "node":
      return await installForNode(env, report);
    case "java":
      return await installForJava(env, report);
    default:
      return what satisfies never;
  }
}

async function installForNode(env: Env, report: (line: string) => void): Promise<void> {
  const folder = nodeFolder(env);
  const { name, version, peer } = NODE_PACKAGE;
  if (!folder) throw new InstallError(`Cannot install ${name}: ${NO_CACHE}`);
  report(`Installing ${name} ${version} into ${folder}`);
  await Deno.mkdir(folder, { recursive: true });
  // Without install scripts: none of these packages needs any.
  const flags = ["--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"];
  await run("npm", ["install", ...flags, `${name}@${version}`, peer], env);
}

async function installForJava(env: Env, report: (line: string) => void): Promise<void> {
  const path = javaAgentPath(env);
  const { group, name, version, sha256 } = JAVA_AGENT;
  if (!path) throw new InstallError(`Cannot install ${name}: ${NO_CACHE}`);
  report(`Installing ${name} ${version} into ${dirname(path)}`);
  await Deno.mkdir(dirname(path), { recursive: true });
  // It gets its final name only after the check.
  const folder = await Deno.makeTempDir({ dir: dirname(path) });
  try {
    const artifact = `-Dartifact=${group}:${name}:${version}`;
    const output = `-DoutputDirectory=${folder}`;
    await run("mvn", ["--quiet", "--batch-mode", "dependency:copy", artifact, output], env);
    const fetched = join(folder, `${name}-${version}.jar`);
    const digest = await crypto.subtle.digest("SHA-256", await readFetched(fetched));
    if (new Uint8Array(digest).toHex() !== sha256) {
      throw new InstallError(
        `Cannot install ${name} ${version}: its checksum does not match the published one`,
      );
    }
    await Deno.rename(fetched, path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function readFetched(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InstallError("Cannot install the agent: mvn reported success, but there is no file");
  }
}

/** Runs a package manager; its output is shown only if it fails. */
async function run(command: string, args: string[], env: Env): Promise<void> {
  const { path } = findCommand(command, env);
  if (path === undefined) {
    throw new InstallError(`Cannot install anything: there is no ${command} on PATH`);
  }
  const executed = asExecuted(path, args);
  const { success, code, stdout, stderr } = await new Deno.Command(executed.command, {
    args: executed.args,
    env,
    clearEnv: true,
    stdin: "null",
  }).output();
  if (success) return;
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("").trim();
  throw new InstallError(
    `Cannot install: ${command} ended with code ${code}, and said:\n${
      said.split("\n").slice(-8).join("\n")
    }`,
  );
}
