import type { Program } from "./run_command.ts";

/** A runtime that is known here; "other" is a program of any other kind. */
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

/** Where a program is. */
export interface ProgramPlace {
  /** The folder that it is started in. */
  cwd: string;
  /** The file of the command. */
  path: string;
  /** What a script names as its interpreter, by name or path. */
  interpreter: string | undefined;
}

/** A program with its telemetry switched on, as far as that can be done from outside. */
export interface PreparedProgram extends Program {
  runtime: Runtime;
  /** The file of Deno that runs it, where its telemetry is on. */
  deno?: string;
  /** The `file:` URL of what instruments it on Node, where that is installed. */
  nodeRegister?: string;
  /** Whether it runs on Bun, with the kit's SDK in front of it. */
  isOnBun?: boolean;
  /** What `--install` would fetch. */
  lacks?: Installable;
  /** One line: what is run, and what was switched on, or what it takes. */
  did: string;
  /** What is not as the user may think. */
  warnings: string[];
}
