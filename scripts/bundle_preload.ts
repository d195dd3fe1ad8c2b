/** Builds dist/preload.js: what `auto` loads in front of programs on Deno, as one text. */
const ROOT = new URL("../", import.meta.url);

/**
 * The text is a part of a command line or of a variable, of which neither may be longer on Linux, in
 * base64 and with its settings.
 */
const MOST_BYTES = 90_000;

const { success, code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "bundle",
    "--quiet",
    "--minify",
    "--output=dist/preload.js",
    "lib/launcher/deno/preload/main.ts",
  ],
  cwd: ROOT,
  // What packages have as ES modules is bundled without what is not used.
  env: { DENO_CONDITIONS: "module" },
  stdout: "inherit",
  stderr: "inherit",
}).output();
if (!success) throw new Error(`Cannot build the preload: deno bundle ended with code ${code}`);

const { size } = await Deno.stat(new URL("dist/preload.js", ROOT));
if (size > MOST_BYTES) {
  throw new Error(`Cannot ship the preload: it has ${size} bytes, more than ${MOST_BYTES}`);
}
