/**
 * Builds the executable: bundles the program, which makes it small and fast to start, then compiles the bundle.
 * Source maps keep its stack traces readable; it doesn't contain paths of the build machine.
 *
 * compile.ts [PATH]: the path of the executable, by default ./otel-kit.
 */
import { bundleProgram } from "./program/bundle_program.ts";
import { compileExecutable } from "./program/compile_executable.ts";

await bundleProgram();
await compileExecutable(
  Deno.args[0] ?? (Deno.build.os === "windows" ? "otel-kit.exe" : "otel-kit"),
);
