import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);

/** What was built. */
export interface Build {
  version: string;
  /** The commit; undefined in a folder without Git. */
  commit: string | undefined;
  /** The time of the commit, in ISO 8601. */
  date: string;
}

/** The oldest time that a zip archive can contain; for a folder without Git. */
const EPOCH_SECONDS = Date.UTC(1980, 0, 1) / 1000;

/**
 * What is being built. `SOURCE_DATE_EPOCH` sets the time, in seconds since 1970
 * (https://reproducible-builds.org/specs/source-date-epoch/).
 */
export async function readBuild(): Promise<Build> {
  const head = (await git(["log", "-1", "--format=%H %ct"]))?.split(" ");
  const seconds = Number(Deno.env.get("SOURCE_DATE_EPOCH") || head?.[1] || EPOCH_SECONDS);
  const changes = head && await git(["status", "--porcelain", "--untracked-files=no"]);
  return {
    version: config.version,
    commit: head?.[0] && `${head[0]}${changes ? ", changed" : ""}`,
    date: new Date(seconds * 1000).toISOString(),
  };
}

/** The output of a Git command; undefined if there is no Git or no repository. */
async function git(args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args,
      cwd: ROOT,
      // A copy of the sources within another repository has no commit.
      env: { GIT_CEILING_DIRECTORIES: fileURLToPath(new URL("../", ROOT)) },
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}
