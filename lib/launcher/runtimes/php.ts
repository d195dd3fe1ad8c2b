import { findUpwards } from "../files.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";

/** Lets PHP's SDK start itself, if Composer has installed it. */
export function switchOnPhp(program: Program, cwd: string): PreparedProgram {
  const { command, env } = program;
  const common = { ...program, runtime: "php" as const, warnings: [] };
  const given = env.OTEL_PHP_AUTOLOAD_ENABLED;
  if (given) {
    const did = `Running "${command}" with OTEL_PHP_AUTOLOAD_ENABLED=${given}, as given`;
    return { ...common, did };
  }
  if (!findUpwards(cwd, "vendor/open-telemetry/sdk")) {
    return {
      ...common,
      did:
        `Running "${command}" with the settings in its environment alone: open-telemetry/sdk is ` +
        "not installed. To instrument it: pecl install opentelemetry; composer require " +
        "open-telemetry/sdk open-telemetry/exporter-otlp, and a package for its framework",
    };
  }
  return {
    ...common,
    env: { ...env, OTEL_PHP_AUTOLOAD_ENABLED: "true" },
    did: `Running "${command}" with OTEL_PHP_AUTOLOAD_ENABLED=true: PHP needs its extension ` +
      "opentelemetry loaded, too",
  };
}
