import type { Program } from "./run_command.ts";

/** A runtime that has telemetry of its own, which can be switched on from outside. */
export type Runtime = "deno" | "node" | "python" | "other";

/** A program with its telemetry switched on. */
export interface PreparedProgram extends Program {
  runtime: Runtime;
  /** The file of Deno that runs it, where its telemetry is on. */
  deno?: string;
  /** One line: what is run, and what was switched on. */
  did: string;
  /** What is not as the user may think. */
  warnings: string[];
}
