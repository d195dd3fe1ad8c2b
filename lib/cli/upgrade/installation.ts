/** How this copy of the program was installed. */
export type Installation =
  /** By `install.sh`, which leaves a receipt beside the executable. */
  | { by: "install.sh"; folder: string; prefix: string }
  | { by: "install.ps1" }
  /** By a tool that has a command for updates. */
  | { by: string; command: string }
  /** From the project's sources. */
  | { by: "sources" }
  | { by: "unknown" };

/** What is known of the running program. */
export interface RunningProgram {
  isCompiled: boolean;
  /** The path of the executable, without symbolic links. */
  path: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The text of `install.json` beside the executable, if there is one. */
  receipt: string | undefined;
}

/** Folders that a tool installs into, and its command for updates. */
const TOOLS: readonly [folder: RegExp, by: string, command: string][] = [
  [/\/Cellar\/otel-kit\//, "Homebrew", "brew upgrade otel-kit"],
  [/\/scoop\/apps\/otel-kit\//i, "Scoop", "scoop update otel-kit"],
  [/\/WinGet\/Packages\/otel-kit\./i, "winget", "winget upgrade otel-kit.otel-kit"],
  [/\/mise\/installs\//, "mise", "mise upgrade otel-kit"],
  [/^\/nix\/store\//, "Nix", "nix profile upgrade otel-kit"],
  [/\/_npx\//, "npx", "npx otel-kit@latest"],
  [/\/\.bun\/install\//, "Bun", "bun add --global otel-kit@latest"],
  [/\/pnpm\/.*\/node_modules\//, "pnpm", "pnpm add --global otel-kit@latest"],
  [/\/lib\/node_modules\/|\/npm\/node_modules\//, "npm", "npm install --global otel-kit@latest"],
  [
    /\/node_modules\//,
    "a package of a project",
    "npm install otel-kit@latest, or what your package manager calls it, in that project",
  ],
];

/** Finds out how the program was installed, by its path and by what the installer left. */
export function findInstallation({ isCompiled, path, env, receipt }: RunningProgram): Installation {
  if (!isCompiled) return { by: "sources" };
  if (env["OTEL_KIT_INSTALLED_BY"] === "container") {
    return { by: "a container image", command: "docker pull ghcr.io/otel-kit/otel-kit:latest" };
  }
  const slashes = path.replaceAll("\\", "/");
  const folder = slashes.slice(0, slashes.lastIndexOf("/"));
  const installed = receipt === undefined ? undefined : readReceipt(receipt);
  if (installed?.installedBy === "install.sh") {
    return { by: "install.sh", folder, prefix: installed.prefix };
  }
  if (installed?.installedBy === "install.ps1") return { by: "install.ps1" };
  const [, by, command] = TOOLS.find(([pattern]) => pattern.test(slashes)) ?? [];
  return by && command ? { by, command } : { by: "unknown" };
}

function readReceipt(text: string): { installedBy: string; prefix: string } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    const { installedBy, prefix } = value as Record<string, unknown>;
    return typeof installedBy === "string" && typeof prefix === "string"
      ? { installedBy, prefix }
      : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
