import type { Program } from "../run_command.ts";
import type { PreparedProgram } from "../prepared_program.ts";

/**
 * Turns on Deno's built-in telemetry, unless OTEL_DENO is already set.
 *
 * @param deno The file that is run, directly or as the interpreter of a script.
 */
export function switchOnDeno(program: Program, deno: string): PreparedProgram {
  const { command, env } = program;
  const common = { ...program, runtime: "deno" as const, warnings: [] };
  if (env.OTEL_DENO) {
    return {
      ...common,
      ...isOn(env) && { deno },
      did: `Running "${command}" with OTEL_DENO=${env.OTEL_DENO}, as given`,
    };
  }
  return {
    ...common,
    deno,
    env: { ...env, OTEL_DENO: "true" },
    did: `Running "${command}" with Deno's own telemetry: OTEL_DENO=true`,
  };
}

/** Whether Deno records anything with these variables. */
function isOn(env: Record<string, string>): boolean {
  const { OTEL_DENO, OTEL_DENO_TRACING, OTEL_DENO_METRICS, OTEL_DENO_CONSOLE = "" } = env;
  return [OTEL_DENO, OTEL_DENO_TRACING, OTEL_DENO_METRICS].some((value) =>
    value?.toLowerCase() === "true"
  ) || ["capture", "replace"].includes(OTEL_DENO_CONSOLE);
}
