/** Reads how many files this process may open; undefined if that is unknown. */
export async function maxOpenFiles(): Promise<number | undefined> {
  if (Deno.build.os === "windows") return undefined;
  try {
    // A child process has the same limit. Deno shows /proc/self only to programs with all permissions.
    const { stdout } = await new Deno.Command("sh", { args: ["-c", "ulimit -n"], stdin: "null" })
      .output();
    const text = new TextDecoder().decode(stdout).trim();
    return /^\d+$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
}
