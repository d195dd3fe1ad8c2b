import { fileURLToPath, pathToFileURL } from "node:url";
import { buildNpmPackage, packNpmPackage } from "../../scripts/build_npm.ts";
import { withFolder } from "./folder.ts";
import { areGranted, type Condition } from "./needs.ts";
import { onPath } from "./on_path.ts";

const NODE_FOLDER = new URL("../testdata/node/", import.meta.url);
const PACKAGES = new URL("node_modules/", NODE_FOLDER);

/** A project with the package installed from its archive, next to the packages of the Node tests. */
export interface NpmProject {
  /** Ends with a slash. */
  folder: string;
  /** Where the package is installed; ends with a slash. */
  packageFolder: string;
  /** The size of the archive. */
  archiveBytes: number;
}

/** The path of a file in tests/testdata/node. */
export function inNodeFolder(path: string): string {
  return fileURLToPath(new URL(path, NODE_FOLDER));
}

/** Requires Node, npm, and these files of its packages to be installed. */
export function needsNodePackages(...paths: string[]): Condition {
  if (!areGranted(["env", "read"])) return { missing: undefined };
  for (const name of ["node", "npm"]) {
    if (onPath(name) === name) return { missing: `no ${name} on PATH` };
  }
  const isThere = (path: string) => {
    try {
      return Deno.statSync(new URL(path, PACKAGES)) !== undefined;
    } catch {
      return false;
    }
  };
  return { missing: paths.every(isThere) ? undefined : "run `npm ci` in tests/testdata/node" };
}

/** Builds, packs, and installs the package while the function works with it. */
export async function withNpmProject<T>(use: (project: NpmProject) => Promise<T>): Promise<T> {
  return await withFolder(async (path) => {
    const root = pathToFileURL(`${path}/`);
    const built = new URL("built/", root);
    await buildNpmPackage(built);
    const archive = await packNpmPackage(built);

    const project = new URL("project/", root);
    const packages = new URL("node_modules/", project);
    const scope = new URL("@otel-kit/", packages);
    await Deno.mkdir(scope, { recursive: true });
    for await (const { name } of Deno.readDir(PACKAGES)) {
      await Deno.symlink(new URL(name, PACKAGES), new URL(name, packages));
    }
    await unpack(archive, fileURLToPath(scope));
    const packageFolder = new URL("instrumentation/", scope);
    await Deno.rename(new URL("package", scope), packageFolder);
    await Deno.writeTextFile(new URL("package.json", project), `{ "type": "module" }\n`);
    const { size } = await Deno.stat(archive);
    return await use({
      folder: fileURLToPath(project),
      packageFolder: fileURLToPath(packageFolder),
      archiveBytes: size,
    });
  });
}

async function unpack(archive: string, folder: string): Promise<void> {
  const { success } = await new Deno.Command("tar", {
    args: ["-xzf", archive, "-C", folder],
  }).output();
  if (!success) throw new Error(`Cannot unpack ${archive}`);
}
