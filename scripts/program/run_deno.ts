const ROOT = new URL("../../", import.meta.url);

/** Runs the Deno that runs this, in the project's folder; throws if it fails. */
export async function runDeno(args: readonly string[]): Promise<void> {
  const { success, code } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot build: deno ${args[0]} ended with code ${code}`);
}
