import { findInstallation, type Installation } from "./installation.ts";

/** How the running program was installed. */
export async function readInstallation(): Promise<Installation> {
  const isCompiled = Deno.build.standalone;
  const path = await Deno.realPath(Deno.execPath());
  const receipt = isCompiled ? await readReceipt(path) : undefined;
  return findInstallation({ isCompiled, path, env: Deno.env.toObject(), receipt });
}

/** How a copy was installed, in words that can follow "Installed". */
export function describeInstallation(installation: Installation): string {
  if (installation.by === "sources") return "from sources";
  return installation.by === "unknown" ? "by hand" : `by ${installation.by}`;
}

async function readReceipt(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path.replace(/[^/\\]*$/, "install.json"));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}
