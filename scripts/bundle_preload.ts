/**
 * Builds dist/preload.js and dist/node_preload.js: what `auto` loads in front of programs on Deno and
 * Node, as one text each.
 */
const ROOT = new URL("../", import.meta.url);

/**
 * The text is a part of a command line or of a variable, of which neither may be longer on Linux, in
 * base64 and with its settings.
 */
const MOST_BYTES = 90_000;

await bundle("lib/launcher/deno/preload/main.ts", "dist/preload.js");
await bundle("lib/launcher/node/preload/main.ts", "dist/node_preload.js");

async function bundle(entry: string, output: string): Promise<void> {
  const { success, code } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--minify", `--output=${output}`, entry],
    cwd: ROOT,
    // What packages have as ES modules is bundled without what is not used.
    env: { DENO_CONDITIONS: "module" },
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot build ${output}: deno bundle ended with code ${code}`);
  const { size } = await Deno.stat(new URL(output, ROOT));
  if (size > MOST_BYTES) {
    throw new Error(`Cannot ship ${output}: it has ${size} bytes, more than ${MOST_BYTES}`);
  }
}
