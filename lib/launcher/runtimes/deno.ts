import type { Program } from "../run_command.ts";
import type { PreparedProgram } from "../runtime.ts";

/** Switches on the telemetry that Deno has built in, unless OTEL_DENO says already what to do. */
export function switchOnDeno(program: Program): PreparedProgram {
  const given = program.env.OTEL_DENO;
  return {
    ...program,
    runtime: "deno",
    env: { ...program.env, OTEL_DENO: given || "true" },
    did: `Running "${program.command}" with ${
      given ? `OTEL_DENO=${given}, as given` : "Deno's own telemetry: OTEL_DENO=true"
    }`,
    warnings: [],
  };
}
