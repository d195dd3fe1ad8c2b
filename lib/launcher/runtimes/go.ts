import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";

/** Reports what a Go program needs: nothing can be turned on from outside. */
export function describeGo(program: Program): PreparedProgram {
  return {
    ...program,
    runtime: "go",
    did: `Running "${program.command}" with the settings in its environment: a Go program needs ` +
      "OpenTelemetry's SDK for Go in it. To add it: go get go.opentelemetry.io/otel/sdk",
    warnings: [],
  };
}
