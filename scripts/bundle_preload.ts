/**
 * Builds dist/preload.js, dist/bun_preload.js and dist/node_preload.js: the code that `auto` preloads into
 * programs on Deno, Bun and Node, as one text each.
 */
const ROOT = new URL("../", import.meta.url);

/**
 * The text is part of a command-line argument or of a variable, whose length is limited to this on Linux, in
 * escaped and with its settings.
 */
const MOST_BYTES = 90_000;

/** The preload for Bun contains the SDK, and is compressed to a third. */
const MOST_BYTES_FOR_BUN = 3 * MOST_BYTES;

await bundle("lib/launcher/deno/preload/main.ts", "dist/preload.js");
await bundle("lib/launcher/bun/preload/main.ts", "dist/bun_preload.js", MOST_BYTES_FOR_BUN);
await bundle("lib/launcher/node/preload/main.ts", "dist/node_preload.js");

async function bundle(entry: string, output: string, mostBytes = MOST_BYTES): Promise<void> {
  const { success, code } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--minify", `--output=${output}`, entry],
    cwd: ROOT,
    // Packages with ES modules are bundled without unused code.
    env: { DENO_CONDITIONS: "module" },
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot build ${output}: deno bundle ended with code ${code}`);
  const { size } = await Deno.stat(new URL(output, ROOT));
  if (size > mostBytes) {
    throw new Error(`Cannot ship ${output}: it has ${size} bytes, more than ${mostBytes}`);
  }
}
