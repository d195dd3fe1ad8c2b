import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";

/** Preloads an SDK into a program on Bun, which has none: see `bun/plan.ts`. */
export function switchOnBun(program: Program): PreparedProgram {
  return {
    ...program,
    runtime: "bun",
    isOnBun: true,
    did: `Running "${program.command}" with the kit's own SDK preloaded, for traces`,
    warnings: [],
  };
}
