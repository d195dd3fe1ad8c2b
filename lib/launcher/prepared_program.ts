import type { Program } from "./run_command.ts";

/** A known runtime; "other" is any other program. */
export type Runtime =
  | "deno"
  | "node"
  | "bun"
  | "python"
  | "java"
  | "dotnet"
  | "php"
  | "ruby"
  | "go"
  | "other";

/** The runtimes whose instrumentation can be installed. */
export type Installable = "node" | "java";

/** The location of a program. */
export interface ProgramPlace {
  /** The folder in which it is started. */
  cwd: string;
  /** The file of the command. */
  path: string;
  /** The interpreter that a script names, by name or path. */
  interpreter: string | undefined;
}

/** A program with its telemetry turned on, as far as possible from outside. */
export interface PreparedProgram extends Program {
  runtime: Runtime;
  /** The Deno executable that runs it, if its telemetry is on. */
  deno?: string;
  /** The `file:` URL of the instrumentation for Node, if it is installed. */
  nodeRegister?: string;
  /** Whether it runs on Bun, with the kit's SDK preloaded. */
  isOnBun?: boolean;
  /** What `--install` would install. */
  lacks?: Installable;
  /** One line: what is run, and what was turned on, or what is missing. */
  did: string;
  /** Warnings for the user. */
  warnings: string[];
}
