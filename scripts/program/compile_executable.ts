import { runDeno } from "./run_deno.ts";

/**
 * The permissions of the program, listed individually, without foreign functions. Files and addresses are not
 * restricted, because the user chooses them: read is for certificates and configuration files, write for
 * `--db`, for the learner's folder and progress, and for files that are saved on request.
 */
const PERMISSIONS = ["net", "env", "read", "write", "run", "sys"].map((name) => `--allow-${name}`);

/** Compiles what is in `dist/` to an executable, by default for this machine. */
export async function compileExecutable(output: string, target?: string): Promise<void> {
  await runDeno([
    "compile",
    "--quiet",
    "--no-config",
    "--no-check",
    // The cache would be a file in the temporary folder, and the program writes no files unless asked to.
    "--no-code-cache",
    // More frequent garbage collection: each worker of a collector under load needs half the memory.
    "--v8-flags=--max-semi-space-size=4,--heap-growing-percent=30",
    ...PERMISSIONS,
    "--include=dist",
    `--output=${output}`,
    ...target === undefined ? [] : [`--target=${target}`],
    "dist/main.js",
  ]);
}
