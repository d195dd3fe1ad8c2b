import { ATTR_SERVICE_INSTANCE_ID } from "@opentelemetry/semantic-conventions/incubating";
import { PAIRS } from "../../telemetry/value_types.ts";
import type { Program } from "../run_command.ts";
import type { PreparedProgram } from "../prepared_program.ts";

/** Switches on the telemetry that Deno has built in, unless OTEL_DENO says already what to do. */
export function switchOnDeno(program: Program): PreparedProgram {
  const { command, env } = program;
  const common = { ...program, runtime: "deno" as const, warnings: [] };
  if (env.OTEL_DENO) {
    return { ...common, did: `Running "${command}" with OTEL_DENO=${env.OTEL_DENO}, as given` };
  }
  return {
    ...common,
    env: { ...withInstance(env), OTEL_DENO: "true" },
    did: `Running "${command}" with Deno's own telemetry: OTEL_DENO=true`,
  };
}

/**
 * The variables with a `service.instance.id`, which Deno does not give itself. Without one, a
 * backend such as Prometheus takes the metrics of a program that was started anew for those of the
 * one before.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/service/
 */
function withInstance(env: Record<string, string>): Record<string, string> {
  const given = env.OTEL_RESOURCE_ATTRIBUTES ?? "";
  if (Object.hasOwn(PAIRS.parse(given) ?? {}, ATTR_SERVICE_INSTANCE_ID)) return env;
  const id = `${ATTR_SERVICE_INSTANCE_ID}=${crypto.randomUUID()}`;
  return { ...env, OTEL_RESOURCE_ATTRIBUTES: given.trim() ? `${given},${id}` : id };
}
