import { pathToFileURL } from "node:url";
import { filesOf } from "./files.ts";
import { packageFolder } from "./package_folder.ts";
import { runDeno } from "./run_deno.ts";

/** An npm package in the bundle. */
export interface BundledPackage {
  name: string;
  version: string;
  /** The SPDX expression in its `package.json`. */
  license: string;
}

/** What is bundled apart from the program: `scripts/bundle_page.ts` and `scripts/bundle_preload.ts`. */
const OTHER_BUNDLES = [
  ["--platform=browser", "lib/page/main.tsx"],
  // Built with the condition `module`, they contain other files of the same packages.
  ["lib/launcher/deno/preload/main.ts"],
  ["lib/launcher/bun/preload/main.ts"],
  ["lib/launcher/node/preload/main.ts"],
];

/** The line that the bundler writes before each file of a package. */
const PACKAGE_FILE =
  /^\s*\/\/ \S*\/registry\.npmjs\.org\/((?:@[^/\s]+\/)?[^/\s]+)\/(\d[^/\s]*)\/\S+$/gm;

/**
 * The packages whose code is in the bundles, sorted by name. If its output is not minified, the bundler names
 * every file of which it kept something; source maps do so only if packages ship intact maps.
 *
 * @param entries The entry points of the program.
 */
export async function bundledPackages(entries: readonly string[]): Promise<BundledPackage[]> {
  const found = new Map<string, BundledPackage>();
  for (const args of [["--code-splitting", ...entries], ...OTHER_BUNDLES]) {
    for (const text of await bundle(args)) {
      for (const [, name = "", version = ""] of text.matchAll(PACKAGE_FILE)) {
        const key = `${name}@${version}`;
        if (!found.has(key)) {
          found.set(key, { name, version, license: await licenseOf(name, version) });
        }
      }
    }
  }
  return [...found.keys()].toSorted().map((key) => found.get(key)!);
}

/** The texts of a bundle that is not minified. */
async function bundle(args: readonly string[]): Promise<string[]> {
  const path = await Deno.makeTempDir();
  try {
    await runDeno(["bundle", "--quiet", `--outdir=${path}`, ...args]);
    const folder = pathToFileURL(`${path}/`);
    const files = await filesOf(folder);
    return await Promise.all(files.map((file) => Deno.readTextFile(new URL(file, folder))));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

async function licenseOf(name: string, version: string): Promise<string> {
  const file = new URL("package.json", await packageFolder(name, version));
  const { license }: { license?: unknown } = JSON.parse(await Deno.readTextFile(file));
  if (typeof license !== "string") {
    throw new Error(`Cannot ship ${name} ${version}: its package.json names no license`);
  }
  return license;
}
