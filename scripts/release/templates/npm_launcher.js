#!/usr/bin/env node
// Runs the executable from the package for this system, which npm installed as an optional dependency.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import process from "node:process";

const PACKAGE = `@otel-kit/${process.platform}-${process.arch}`;
const FILE = process.platform === "win32" ? "otel-kit.exe" : "otel-kit";
/** How shells report a command that can't be run. */
const EXIT_NOT_RUNNABLE = 126;
/** The program decides what these do; the launcher only passes them on. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

const program = findProgram();
if (program !== undefined) run(program);

function findProgram() {
  try {
    return createRequire(import.meta.url).resolve(`${PACKAGE}/${FILE}`);
  } catch {
    fail(
      `Cannot find ${PACKAGE}: either otel-kit has no release for this system, or packages were ` +
        "installed without optional dependencies (--omit=optional, --no-optional)",
    );
    return undefined;
  }
}

function run(program) {
  const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // At a terminal, Ctrl-C has reached the whole process group.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", ({ message }) => fail(`Cannot run ${program}: ${message}`));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function fail(message) {
  process.stderr.write(`otel-kit: ${message}\n`);
  process.exitCode = EXIT_NOT_RUNNABLE;
}
