import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";

/** Says what a program on Bun needs: Bun has no telemetry that could be switched on. */
export function describeBun(program: Program): PreparedProgram {
  return {
    ...program,
    runtime: "bun",
    did:
      `Running "${program.command}" with the settings in its environment: Bun has no telemetry ` +
      "of its own, and a program needs OpenTelemetry's SDK in it",
    warnings: [],
  };
}
