import { join } from "node:path";
import { isFile } from "../files.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";

const NATIVE = "OpenTelemetry.AutoInstrumentation.Native";

/** The id of the profiler in .NET. */
const PROFILER_ID = "{918728DD-259F-4A6A-AC2B-B85E1B658318}";

/** The paths of the profiler in its home folder, by system; each folder is for one architecture. */
const PROFILERS: Partial<Record<string, readonly string[]>> = {
  linux: ["linux-ARCH/", "linux-musl-ARCH/"].map((folder) => `${folder}${NATIVE}.so`),
  darwin: [`osx-ARCH/${NATIVE}.dylib`],
  windows: [`win-ARCH/${NATIVE}.dll`],
};

/**
 * Turns on OpenTelemetry's .NET automatic instrumentation if it is unpacked: in OTEL_DOTNET_AUTO_HOME, or else
 * in its installer's default folder. Variables that are already set are kept.
 *
 * @see https://opentelemetry.io/docs/zero-code/dotnet/custom/
 */
export function switchOnDotnet(program: Program): PreparedProgram {
  const { command, env } = program;
  const common = { ...program, runtime: "dotnet" as const, warnings: [] };
  if (env.CORECLR_ENABLE_PROFILING) {
    const did = `Running "${command}" with CORECLR_ENABLE_PROFILING=` +
      `${env.CORECLR_ENABLE_PROFILING}, as given`;
    return { ...common, did };
  }
  const home = env.OTEL_DOTNET_AUTO_HOME ||
    join(env.HOME ?? env.USERPROFILE ?? "", ".otel-dotnet-auto");
  const hook = join(home, "net", "OpenTelemetry.AutoInstrumentation.StartupHook.dll");
  const profiler = profilerIn(home);
  if (!isFile(hook) || profiler === undefined) {
    return {
      ...common,
      did: `Running "${command}" with the settings in its environment alone: OpenTelemetry's ` +
        `automatic instrumentation of .NET is not in ${home}. To instrument it, unpack that there, ` +
        "or name its folder in OTEL_DOTNET_AUTO_HOME",
    };
  }
  const separator = Deno.build.os === "windows" ? ";" : ":";
  const append = (given: string | undefined, path: string) =>
    [given, path].filter(Boolean).join(separator);
  return {
    ...common,
    env: {
      ...env,
      OTEL_DOTNET_AUTO_HOME: home,
      CORECLR_ENABLE_PROFILING: "1",
      CORECLR_PROFILER: PROFILER_ID,
      CORECLR_PROFILER_PATH: profiler,
      DOTNET_STARTUP_HOOKS: append(env.DOTNET_STARTUP_HOOKS, hook),
      DOTNET_ADDITIONAL_DEPS: append(env.DOTNET_ADDITIONAL_DEPS, join(home, "AdditionalDeps")),
      DOTNET_SHARED_STORE: append(env.DOTNET_SHARED_STORE, join(home, "store")),
    },
    did: `Running "${command}" with OpenTelemetry's automatic instrumentation of .NET in ${home}`,
  };
}

function profilerIn(home: string): string | undefined {
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  return PROFILERS[Deno.build.os]
    ?.map((path) => join(home, path.replace("ARCH", arch)))
    .find(isFile);
}
