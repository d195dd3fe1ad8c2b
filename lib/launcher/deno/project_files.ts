import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** The project files that affect a program's imports. */
export interface ProjectFiles {
  /** The folder of the nearest project file, or else the one where the search began. */
  folder: string;
  /** Whether there is a project file. */
  isFound: boolean;
  /** The import map, with absolute URLs. */
  imports: Record<string, string>;
  /** The dependencies of `package.json`, with their version requirements. */
  packages: Record<string, string>;
  /** The packages and URLs in the lock file. */
  lock: Partial<Record<"npm" | "jsr" | "remote", Record<string, unknown>>>;
  /** The commands of all tasks and scripts. */
  tasks: Record<string, string>;
  /** The tasks that first run other ones. */
  dependentTasks: string[];
}

interface DenoJson {
  imports?: Record<string, string>;
  importMap?: string;
  tasks?: Record<string, string | { command?: string; dependencies?: string[] }>;
}

interface PackageJson {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}

/** Reads the files of a project from a folder upward, as Deno does; the nearest one counts. */
export async function readProject(start: string): Promise<ProjectFiles> {
  const project: ProjectFiles = {
    folder: start,
    isFound: false,
    imports: {},
    packages: {},
    lock: {},
    tasks: {},
    dependentTasks: [],
  };
  for (let folder = resolve(start);; folder = dirname(folder)) {
    const deno = await readJson<DenoJson>(folder, "deno.json", "deno.jsonc");
    const npm = await readJson<PackageJson>(folder, "package.json");
    if (deno) await addDenoJson(project, deno, folder);
    if (npm) addPackageJson(project, npm);
    if (deno || npm) {
      if (!project.isFound) project.folder = folder;
      project.isFound = true;
      project.lock = { ...await readJson(folder, "deno.lock"), ...project.lock };
    }
    if (dirname(folder) === folder) return project;
  }
}

async function addDenoJson(project: ProjectFiles, json: DenoJson, folder: string): Promise<void> {
  const map = json.importMap === undefined
    ? json
    : await readJson<DenoJson>(folder, json.importMap) ?? {};
  const base = pathToFileURL(join(folder, json.importMap ?? "deno.json"));
  for (const [name, address] of Object.entries(map.imports ?? {})) {
    if (typeof address !== "string") continue;
    project.imports[name] ??= /^\.{0,2}\//.test(address) ? new URL(address, base).href : address;
  }
  for (const [name, task] of Object.entries(json.tasks ?? {})) {
    project.tasks[name] ??= typeof task === "string" ? task : task.command ?? "";
    if (typeof task === "object" && task.dependencies) project.dependentTasks.push(name);
  }
}

function addPackageJson(project: ProjectFiles, json: PackageJson): void {
  for (const [name, version] of Object.entries({ ...json.devDependencies, ...json.dependencies })) {
    if (/^[\^~<>=\dvx*]/.test(version)) project.packages[name] ??= version;
  }
  for (const [name, script] of Object.entries(json.scripts ?? {})) project.tasks[name] ??= script;
}

/** The words of a command, without quotes around them. */
export function wordsOf(command: string): string[] {
  return command.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ""));
}

/** The first of the files that exists; an unreadable file counts as missing. */
async function readJson<T>(folder: string, ...names: string[]): Promise<T | undefined> {
  for (const name of names) {
    try {
      return JSON.parse(withoutComments(await Deno.readTextFile(join(folder, name))));
    } catch {
      // Deno itself reports what is wrong with it.
    }
  }
  return undefined;
}

/** Removes comments and trailing commas, which `deno.json` may contain. */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\//g, (_, kept = "") => kept)
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, kept = "") => kept);
}
